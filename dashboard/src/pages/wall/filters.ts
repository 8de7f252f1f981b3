import type { Alert, Level, Workload } from '../../api/types'
import { isLevel } from '../../law/levels'
import { sum, totalOf } from '../../live/counters'
import type { Office } from '../../live/office'

export interface Filters {
  department: string | null
  category: string | null
  level: Level | null
}

export function readFilters(search: URLSearchParams): Filters {
  const level = search.get('level')
  return { department: search.get('department'), category: search.get('category'), level: isLevel(level) ? level : null }
}

export function matches(alert: Alert, f: Filters): boolean {
  return (
    (f.department === null || alert.department === f.department) &&
    (f.category === null || alert.category === f.category) &&
    (f.level === null || alert.level === f.level)
  )
}

export interface Counts {
  levels: Partial<Record<Level, number>>
  total: number
  openCases: number
  /** False where the server has no counter for the filter and not every open alert is held here. */
  exact: boolean
}

function casesOf(workload: Workload | undefined): number {
  return workload ? workload.prosecutors.reduce((a, p) => a + p.openCases, workload.unassigned) : 0
}

/** The numbers of the wall. The level filter narrows the list only, so that the lights keep telling of the rest. */
export function countsOf(office: Office, f: Filters): Counts {
  const counters = sum(office.counters)
  const openCases = f.department === null ? counters.openCases : casesOf(office.workload.get(f.department))
  if (f.category === null) {
    const levels = f.department === null ? counters.levels : (counters.departments[f.department] ?? {})
    return { levels, total: totalOf(levels), openCases, exact: true }
  }
  const levels: Partial<Record<Level, number>> = {}
  for (const alert of office.alerts.values())
    if (matches(alert, { ...f, level: null })) levels[alert.level] = (levels[alert.level] ?? 0) + 1
  return {
    levels,
    total: totalOf(levels),
    openCases,
    exact: office.alerts.size >= totalOf(counters.levels),
  }
}

/** A drill-down address with the wall's own filters carried along. */
export function alertsPath(f: Filters, more: Record<string, string> = {}): string {
  const search = new URLSearchParams({ open: 'true' })
  if (f.department !== null) search.set('department', f.department)
  if (f.category !== null) search.set('category', f.category)
  if (f.level !== null) search.set('level', f.level)
  for (const [key, value] of Object.entries(more)) search.set(key, value)
  return `/alerts?${search.toString()}`
}

export function casesPath(f: Filters): string {
  return f.department === null ? '/cases?open=true' : `/cases?open=true&department=${encodeURIComponent(f.department)}`
}

/** The cases accepted or closed since a day. */
export function flowPath(f: Filters, since: 'acceptedFrom' | 'closedFrom', day: string | undefined): string {
  const search = new URLSearchParams(day === undefined ? {} : { [since]: day })
  if (f.department !== null) search.set('department', f.department)
  return `/cases?${search.toString()}`
}
