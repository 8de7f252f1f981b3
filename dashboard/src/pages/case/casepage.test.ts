import { describe, expect, it } from 'vitest'
import { alert } from '../../live/testdata'
import { byRule } from './grouping'
import { asOfAt, instants, placeOf, stepped } from './instants'
import { lookers } from './lookers'

const day = (n: string) => `2026-02-${n}T09:00:00+08:00`

describe('the steps of a rewind', () => {
  const all = instants([{ time: day('12') }, { time: day('09') }, { time: '2026-02-12T01:00:00Z' }, { time: day('15') }])
  it('one for each instant, in order', () => expect(all.map((t) => Date.parse(t))).toEqual(['09', '12', '15'].map((d) => Date.parse(day(d)))))
  it('the present is the place behind the last', () => {
    expect(placeOf(all, null)).toBe(3)
    expect(asOfAt(all, 3)).toBeNull()
    expect(asOfAt(all, 9)).toBeNull()
  })
  it('an instant stands at the event before it, one before all at the first', () => {
    expect(placeOf(all, day('12'))).toBe(1)
    expect(placeOf(all, day('13'))).toBe(1)
    expect(placeOf(all, day('01'))).toBe(0)
    expect(placeOf(all, day('28'))).toBe(2)
  })
  it('each place leads back to itself', () => all.forEach((_, i) => expect(placeOf(all, asOfAt(all, i))).toBe(i)))
  it('a case without events has only the present', () => {
    expect(placeOf([], null)).toBe(0)
    expect(asOfAt([], 0)).toBeNull()
  })
  it('keys step, and stop at the ends', () => {
    expect(stepped(1, 'ArrowLeft', 3)).toBe(0)
    expect(stepped(0, 'ArrowLeft', 3)).toBe(0)
    expect(stepped(3, 'ArrowRight', 3)).toBe(3)
    expect(stepped(1, 'End', 3)).toBe(3)
    expect(stepped(3, 'Home', 3)).toBe(0)
    expect(stepped(3, 'PageUp', 30)).toBe(0)
    expect(stepped(1, 'a', 3)).toBeNull()
  })
})

describe('findings by rule', () => {
  it('the rule with the gravest first, within it the gravest and then the nearest', () => {
    const groups = byRule([
      alert('a', { rule: 'SQ-001', level: 'W1' }), alert('b', { rule: 'QX-008', level: 'W1', dueOn: '2026-03-11' }), alert('c', { rule: 'QX-008', level: 'L2' }),
      alert('d', { rule: 'QX-008', level: 'W1', dueOn: '2026-03-02' }), alert('e', { rule: 'K-001', level: 'L2', dueOn: null }),
    ])
    expect(groups.map((g) => [g.rule, g.alerts.map((a) => a.id)])).toEqual([['K-001', ['e']], ['QX-008', ['c', 'd', 'b']], ['SQ-001', ['a']]])
  })
})

describe('who looked', () => {
  const look = (user: string, at: string, action = 'case.read') => ({ user, at, action })
  it('is counted by visit, who looked last on top', () => {
    const found = lookers([
      look('m', '2026-03-01T10:00:02Z', 'assignment.read'), look('m', '2026-03-01T10:00:01Z', 'case.watched'), look('h', '2026-03-01T09:00:00Z'), look('m', '2026-02-01T10:00:00Z', 'case.watched'),
    ])
    expect(found).toEqual([
      { user: 'm', times: 2, last: '2026-03-01T10:00:02Z', actions: ['assignment.read', 'case.watched'] },
      { user: 'h', times: 1, last: '2026-03-01T09:00:00Z', actions: ['case.read'] },
    ])
  })
})
