import { describe, expect, it } from 'vitest'
import { alert } from '../../live/testdata'
import { grouped, readGrouping } from './groups'
import { nextScene, scenesOf } from './scenes'
import { freshRed } from './sound'
import { treeOf } from './tree'
import { midnights, pins, within } from './upcoming'
import type { Upcoming } from './upcoming'

const now = Date.parse('2026-03-02T09:00:00+08:00')
const due = (id: string, dueAt: string): Upcoming => ({
  case: id, name: null, limit: 'T-B05', dueOn: dueAt, dueAt, light: 'W1', custody: false, procuratorate: null, department: null, prosecutor: null,
})

describe('groups', () => {
  const alerts = [alert('a', { case: 'x', level: 'W1' }), alert('b', { case: 'y', level: 'W2', rule: 'R' }), alert('c', { case: 'x', level: 'L2', rule: 'R' })]
  it('stand where their newest alert stands, and the gravest speaks for them', () => {
    expect(grouped(alerts, 'case').map((g) => [g.key, g.head.id, g.levels])).toEqual([
      ['x', 'c', [['L2', 1], ['W1', 1]]],
      ['y', 'b', [['W2', 1]]],
    ])
    expect(grouped(alerts, 'rule').map((g) => g.alerts.length)).toEqual([1, 2])
  })
  it('hide no alert', () => {
    for (const by of ['none', 'case', 'rule'] as const) expect(grouped(alerts, by).flatMap((g) => g.alerts)).toHaveLength(3)
  })
  it('are of cases unless the address says otherwise', () => {
    expect(readGrouping(new URLSearchParams('group=rule'))).toBe('rule')
    expect(readGrouping(new URLSearchParams('group=colour'))).toBe('case')
  })
})

describe('the deadlines ahead', () => {
  const items = [due('a', '2026-03-02T18:00:00+08:00'), due('b', '2026-03-05T00:00:00+08:00'), due('c', '2026-03-05T00:00:00+08:00'), due('past', '2026-03-02T09:00:00+08:00')]
  it('are counted within a day, three days and the week; what has expired is not ahead', () => {
    expect([24, 72, 168].map((h) => within(items, now, h).map((i) => i.case))).toEqual([['a'], ['a', 'b', 'c'], ['a', 'b', 'c']])
  })
  it('stand on each other where they expire at one instant', () => {
    expect(pins(items, now).map((p) => p.items.map((i) => i.case))).toEqual([['a'], ['b', 'c']])
    expect(pins(items, now)[1]?.at).toBeCloseTo(63 / 168)
  })
  it('lie between the midnights of Shanghai', () => {
    expect(midnights(now)[0]).toEqual({ at: 15 / 168, date: '03-03' })
    expect(midnights(now)).toHaveLength(7)
  })
})

describe('the scenes', () => {
  it('go round, and leave out the offices where there is one', () => {
    expect(scenesOf(1)).toEqual(['alerts', 'deadlines', 'workload'])
    expect(nextScene(scenesOf(3), 'units')).toBe('alerts')
  })
})

describe('the sound', () => {
  it('is for what turned red since the last look, and for nothing at the first', () => {
    const first = freshRed([alert('a', { level: 'L3' })], null)
    expect(first.fresh).toBe(false)
    expect(freshRed([alert('a', { level: 'L3' }), alert('b', { level: 'W2' })], first.ids).fresh).toBe(false)
    expect(freshRed([alert('a', { level: 'L3' }), alert('b', { level: 'W3' })], first.ids).fresh).toBe(true)
  })
})

describe('the tree of offices', () => {
  it('puts each below its parent, and whose parent is not known on top', () => {
    const unit = (code: string, parent: string | null) => ({ code, name: code, level: 'county', parent })
    expect(treeOf({ procuratorates: [unit('12', '1'), unit('1', null), unit('11', '1'), unit('9', 'gone')], departments: [], prosecutors: [] }).map((u) => [u.code, u.depth])).toEqual([
      ['1', 0], ['11', 1], ['12', 1], ['9', 0],
    ])
  })
})
