import type { Counters, Level, Units, Workload } from '../../api/types'
import { subtree } from '../../app/subtree'
import type { CountersByOffice } from '../../live/counters'

/** The filter that gives what a board counts: one office, or one with those below it. */
export type Within = { procuratorate: string } | { under: string }

export interface Line {
  id: string
  name: string
  depth: number
  levels: Partial<Record<Level, number>>
  openCases: number
  unassigned: number
}

/** Cases that wait for a prosecutor, by procuratorate. */
function waiting(workload: Iterable<Workload>, units: Units): Map<string, number> {
  const officeOf = new Map(units.departments.map((d) => [d.id, d.procuratorate]))
  const found = new Map<string, number>()
  for (const w of workload) {
    const office = officeOf.get(w.department) ?? w.procuratorate
    if (office !== undefined) found.set(office, (found.get(office) ?? 0) + w.unassigned)
  }
  return found
}

export function officeLines(units: Units, code: string, counters: CountersByOffice, workload: Iterable<Workload>): Line[] {
  const unassigned = waiting(workload, units)
  return subtree(units, code).map((u) => {
    const own: Counters | undefined = counters.get(u.code)
    return { id: u.code, name: u.name, depth: u.depth, levels: own?.levels ?? {}, openCases: own?.openCases ?? 0, unassigned: unassigned.get(u.code) ?? 0 }
  })
}

export interface DepartmentLine extends Omit<Line, 'depth' | 'openCases'> {
  office: string
  people: number
  onDuty: number
  /** Mean of open weight ÷ capacity over those on duty; null where nobody is. */
  load: number | null
  cv: number | null
}

/** The departments of some procuratorates, by id: where to look, not who is best. */
export function departmentLines(units: Units, offices: readonly string[], counters: CountersByOffice, workload: ReadonlyMap<string, Workload>): DepartmentLine[] {
  return units.departments
    .filter((d) => offices.includes(d.procuratorate))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((d) => {
      const w = workload.get(d.id)
      const on = w?.prosecutors.filter((p) => p.onDuty) ?? []
      return {
        id: d.id,
        name: d.name,
        office: d.procuratorate,
        levels: counters.get(d.procuratorate)?.departments[d.id] ?? {},
        unassigned: w?.unassigned ?? 0,
        people: w?.prosecutors.length ?? 0,
        onDuty: on.length,
        load: on.length === 0 ? null : on.reduce((sum, p) => sum + p.load, 0) / on.length,
        cv: w?.fairness?.cv ?? null,
      }
    })
}

export function totals(lines: readonly Line[]): Omit<Line, 'id' | 'name' | 'depth'> {
  const levels: Partial<Record<Level, number>> = {}
  for (const line of lines) for (const [level, n] of Object.entries(line.levels) as [Level, number][]) levels[level] = (levels[level] ?? 0) + n
  return { levels, openCases: lines.reduce((n, l) => n + l.openCases, 0), unassigned: lines.reduce((n, l) => n + l.unassigned, 0) }
}

/** The list behind a number: the same filter on the server gives as many rows. */
export function listOf(page: 'alerts' | 'cases', filters: Record<string, string | null>): string {
  const search = new URLSearchParams({ open: 'true' })
  for (const [name, value] of Object.entries(filters)) if (value !== null) search.set(name, value)
  return `/${page}?${search.toString()}`
}

/** The cases that came, or went, since a day; whether they are open does not matter. */
export function flowList(filter: 'acceptedFrom' | 'closedFrom', date: string, within: Within): string {
  return `/cases?${new URLSearchParams({ [filter]: date, ...within }).toString()}`
}

const DAY = 86_400_000
const OFFSET = 8 * 3_600_000

/** The next seven legal days, each from its midnight to the next; the first is what is left of today. */
export function nextDays(now: number): { date: string; from: number; until: number }[] {
  const midnight = Math.floor((now + OFFSET) / DAY) * DAY - OFFSET
  return Array.from({ length: 7 }, (_, i) => {
    const from = midnight + i * DAY
    // A limit of days expires at the midnight that ends its last day: that instant still belongs to the day.
    return { date: new Date(from + OFFSET).toISOString().slice(0, 10), from: Math.max(from, now), until: from + DAY }
  })
}

/** An instant as filters take it, in legal time. */
export function instant(at: number): string {
  return `${new Date(at + OFFSET).toISOString().slice(0, 19)}+08:00`
}
