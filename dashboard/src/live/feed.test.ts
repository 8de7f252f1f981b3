import { describe, expect, it } from 'vitest'
import { HELD, newestFirst, openAlerts, withAlert } from './alerts'
import { openCounters, sum, withCounters } from './counters'
import { FRESH, isStale } from './freshness'
import { officeFold } from './office'
import { accept } from './sequence'
import { alert, counters, item, snapshot } from './testdata'

const at = (...sequences: number[]) => sequences.map((n) => item('alert', alert(`a${n}`), n))
const numbers = (last: number | null, ...sequences: number[]) => {
  const { fresh, gap } = accept(last, at(...sequences))
  return { fresh: fresh.map((i) => i.sequence), gap }
}

describe('a sequence', () => {
  it('takes what follows the last item seen', () => {
    expect(numbers(4, 5, 6)).toEqual({ fresh: [5, 6], gap: false })
  })
  it('drops what was seen before', () => {
    expect(numbers(5, 4, 5, 6)).toEqual({ fresh: [6], gap: false })
    expect(numbers(5, 6, 6, 7)).toEqual({ fresh: [6, 7], gap: false })
  })
  it('puts a batch in order', () => {
    expect(numbers(4, 6, 5)).toEqual({ fresh: [5, 6], gap: false })
  })
  it('stops at a gap and says so', () => {
    expect(numbers(4, 5, 7, 8)).toEqual({ fresh: [5], gap: true })
    expect(numbers(4, 6)).toEqual({ fresh: [], gap: true })
  })
  it('applies nothing before its snapshot', () => {
    expect(numbers(null, 1, 2)).toEqual({ fresh: [], gap: false })
  })
})

describe('the open alerts', () => {
  const held = openAlerts([alert('a'), alert('b', { clearedAt: '2026-03-02T00:00:00+08:00' })])

  it('leave out what a snapshot lists as cleared', () => {
    expect([...held.keys()]).toEqual(['a'])
  })
  it('replace an alert by its id', () => {
    const next = withAlert(held, alert('a', { level: 'W3' }))
    expect(next.size).toBe(1)
    expect(next.get('a')?.level).toBe('W3')
  })
  it.each([
    { clearedAt: '2026-03-02T00:00:00+08:00' },
    { retractedAt: '2026-03-02T00:00:00+08:00' },
    { status: 'closed' as const },
    { status: 'dismissed' as const },
  ])('lose an alert with %o', (over) => {
    expect(withAlert(held, alert('a', over)).size).toBe(0)
  })
  it('take back an alert that is open again', () => {
    const without = withAlert(held, alert('a', { clearedAt: '2026-03-02T00:00:00+08:00' }))
    expect(withAlert(without, alert('a')).size).toBe(1)
  })
  it('do not change the map they came from', () => {
    withAlert(held, alert('c'))
    expect(held.size).toBe(1)
  })
  it('keep the newest when there are too many to hold', () => {
    const day = (n: number) => new Date(Date.UTC(2020, 0, 1) + n * 3600_000).toISOString()
    let many = openAlerts(Array.from({ length: HELD + 200 }, (_, n) => alert(`a${n}`, { raisedAt: day(n) })))
    many = withAlert(many, alert('last', { raisedAt: day(HELD + 300) }))
    expect(many.size).toBe(HELD)
    expect(many.has('last')).toBe(true)
    expect(many.has('a0')).toBe(false)
  })
})

it('an alert becomes news again when its level rises', () => {
  const old = alert('old', { steps: [{ level: 'W3', at: '2026-03-09T00:00:00+08:00' }] })
  const young = alert('young', { raisedAt: '2026-03-05T00:00:00+08:00' })
  expect(newestFirst([young, old]).map((a) => a.id)).toEqual(['old', 'young'])
})

it('an alert found late is news when it is found', () => {
  const late = alert('late', { raisedAt: '2026-01-01T00:00:00+08:00', detectedAt: '2026-03-09T00:00:00+08:00' })
  expect(newestFirst([alert('a'), late]).map((a) => a.id)).toEqual(['late', 'a'])
})

describe('counters', () => {
  it('are replaced whole in a scope of one procuratorate', () => {
    const held = withCounters(openCounters(counters(undefined, 3)), counters('422826', 5), 'procuratorate:422826')
    expect(sum(held).levels).toEqual({ W1: 5 })
  })
  it('are kept by procuratorate and summed in the scope of all', () => {
    const held = openCounters([counters('1', 3, 'd1'), counters('2', 4, 'd2')])
    const next = sum(withCounters(held, counters('1', 1, 'd1'), 'all'))
    expect(next).toEqual({
      levels: { W1: 5 },
      categories: { 期限: 5 },
      departments: { d1: { W1: 1 }, d2: { W1: 4 } },
      openCases: 50,
    })
  })
  it('of a total without parts age instead of being mixed with a part', () => {
    const office = officeFold.open(snapshot({ counters: counters(undefined, 9) }))
    const next = officeFold.apply(office, item('counters', counters('1', 2), 2, 'all'))
    expect(sum(next.counters).levels).toEqual({ W1: 9 })
    expect(next.countersAged).toBe(true)
  })
})

describe('the office', () => {
  it('replaces the workload of one department', () => {
    const load = (department: string, unassigned: number) => ({ department, prosecutors: [], fairness: null, unassigned })
    const office = officeFold.open(snapshot({ workload: [load('d1', 0), load('d2', 0)] }))
    const next = officeFold.apply(office, item('workload', load('d1', 3)))
    expect([...next.workload.values()].map((w) => w.unassigned)).toEqual([3, 0])
  })
  it('puts the latest assignment first', () => {
    const draw = (name: string) => ({
      case: name, department: 'd1', prosecutor: 'p1', mode: 'random', date: null, number: 1, at: '2026-03-01T09:00:00+08:00',
    })
    const office = officeFold.open(snapshot({ assignments: [draw('one')] }))
    expect(officeFold.apply(office, item('assignment', draw('two'))).assignments.map((a) => a.case)).toEqual(['two', 'one'])
  })
})

describe('a screen', () => {
  it('is not stale while an idle connection answers', () => {
    expect(isStale({ ...FRESH, connected: true, proofAt: 10_000 }, 14_900)).toBe(false)
  })
  it('is stale after five silent seconds', () => {
    expect(isStale({ ...FRESH, proofAt: 10_000 }, 15_001)).toBe(true)
  })
  it('that never heard anything is stale five seconds after it began to listen', () => {
    expect(isStale({ ...FRESH, startedAt: 1000 }, 5000)).toBe(false)
    expect(isStale({ ...FRESH, startedAt: 1000 }, 6001)).toBe(true)
  })
})
