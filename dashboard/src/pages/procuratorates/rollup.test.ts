import { describe, expect, it } from 'vitest'
import type { Units, Workload } from '../../api/types'
import { counters } from '../../live/testdata'
import { below, subtree } from '../../app/subtree'
import { departmentLines, instant, listOf, nextDays, officeLines, totals } from './rollup'

const unit = (code: string, parent: string | null) => ({ code, name: `院${code}`, level: 'county', parent })
const units: Units = {
  procuratorates: [unit('4228', null), unit('422827', '4228'), unit('422826', '4228'), unit('5', null)],
  departments: [{ id: 'd2', name: '二部', procuratorate: '422827' }, { id: 'd1', name: '一部', procuratorate: '422826' }],
  prosecutors: [],
}
const person = (id: string, load: number, onDuty = true) => ({ id, name: id, capacity: 1, load, openCases: 1, alerts: 0, onDuty })
const workload: Workload[] = [
  { department: 'd1', prosecutors: [person('p1', 2), person('p2', 4), person('p3', 90, false)], fairness: { cv: 0.5, gini: 0, maxOverMean: 0 }, unassigned: 2 },
  { department: 'd2', prosecutors: [], fairness: null, unassigned: 1 },
]
const held = new Map([['422826', counters('422826', 3, 'd1')], ['422827', counters('422827', 4, 'd2')]])

describe('a board', () => {
  it('shows an office and those below it, in the order of codes whatever their numbers', () => {
    expect(subtree(units, '4228').map((u) => [u.code, u.depth])).toEqual([['4228', 0], ['422826', 1], ['422827', 1]])
    expect(subtree(units, '422827').map((u) => u.code)).toEqual(['422827'])
    expect(subtree(units, 'none')).toEqual([])
    expect([...(below(units, '4228') ?? [])]).toEqual(['4228', '422826', '422827'])
    expect(below(units, null)?.size).toBe(0)
    expect(below(null, '4228')).toBeNull()
  })
  it('ends where offices are above each other in a ring', () => {
    expect(subtree({ ...units, procuratorates: [unit('a', 'b'), unit('b', 'a')] }, 'a').map((u) => u.code)).toEqual(['a', 'b'])
  })
  it('counts what each office has; the total is their sum', () => {
    const lines = officeLines(units, '4228', held, workload)
    expect(lines.map((l) => [l.id, l.levels.W1 ?? 0, l.openCases, l.unassigned])).toEqual([['4228', 0, 0, 0], ['422826', 3, 30, 2], ['422827', 4, 40, 1]])
    expect(totals(lines)).toEqual({ levels: { W1: 7 }, openCases: 70, unassigned: 3 })
  })
  it('the mean load is of those on duty', () => {
    const lines = departmentLines(units, ['422826', '422827'], held, new Map(workload.map((w) => [w.department, w])))
    expect(lines).toMatchObject([{ id: 'd1', people: 3, onDuty: 2, load: 3, cv: 0.5, levels: { W1: 3 } }, { id: 'd2', people: 0, load: null, cv: null }])
  })
})

it('a number leads to the list with the same filters', () => {
  expect(listOf('alerts', { procuratorate: '422826', level: 'L2' })).toBe('/alerts?open=true&procuratorate=422826&level=L2')
  expect(listOf('cases', { procuratorate: null, assigned: 'false' })).toBe('/cases?open=true&assigned=false')
})

it('the next seven days are legal days, the first of them what is left of today', () => {
  const now = Date.parse('2026-02-09T23:30:00+08:00')
  const days = nextDays(now)
  expect(days.map((d) => d.date)).toEqual(['2026-02-09', '2026-02-10', '2026-02-11', '2026-02-12', '2026-02-13', '2026-02-14', '2026-02-15'])
  expect(days[0]).toMatchObject({ from: now, until: Date.parse('2026-02-10T00:00:00+08:00') })
  expect(days.slice(1).map((d) => d.until - d.from)).toEqual(Array(6).fill(86_400_000))
  expect(instant(now)).toBe('2026-02-09T23:30:00+08:00')
})
