import { describe, expect, it } from 'vitest'
import type { Deadline, Suspect } from '../../api/types'
import { custodyChart, days, ticks } from './custody'

const at = (text: string) => Date.parse(text)
const asOf = '2026-03-20T00:00:00+08:00'
const limit = (dueOn: string, more: Partial<Deadline> = {}): Deadline => ({
  id: 'T-B05', instance: 'round-1', subject: 'case', name: { zh: '', en: '' }, basis: '', startedOn: '2026-02-09', dueOn, computedOn: dueOn, clock: 'custody',
  extendedBy: [], status: 'running', endedOn: null, provisional: false, ...more,
})
const suspect = (measures: Suspect['measures']): Suspect => ({ suspect: '1', ...(measures ? { measures } : {}) })
const chart = (suspects: Suspect[], deadlines: Deadline[] = []) => custodyChart({ suspects, deadlines, asOf })

describe('custody bars', () => {
  it('end where the next measure begins, and the last goes on to the present', () => {
    const bars = chart([suspect([{ kind: 'detention', from: '2026-01-10' }, { kind: 'arrest', from: '2026-01-20' }, { kind: 'bail', from: '2026-03-01' }])])?.rows[0]?.bars
    expect(bars?.map((b) => [b.kind, b.held, b.open])).toEqual([['detention', true, false], ['arrest', true, false], ['bail', false, true]])
    expect(bars?.[0]?.to).toBe(bars?.[1]?.from)
    expect(bars?.[2]?.to).toBe(at(asOf))
  })
  it('a release ends a measure and is none', () => {
    const bars = chart([suspect([{ kind: 'arrest', from: '2026-01-20' }, { kind: 'release', from: '2026-02-01T10:00:00+08:00' }])])?.rows[0]?.bars
    expect(bars).toHaveLength(1)
    expect(bars?.[0]).toMatchObject({ open: false, to: at('2026-02-01T10:00:00+08:00') })
  })
  it('what has an end of its own ends there, at 24:00 of the day', () => {
    const bars = chart([suspect([{ kind: 'bail', from: '2026-01-20', until: '2026-03-01' }])])?.rows[0]?.bars
    expect(bars?.[0]).toMatchObject({ open: false, to: at('2026-03-02T00:00:00+08:00') })
  })
  it('a measure that begins later than what is shown does not end the present one', () => {
    expect(chart([suspect([{ kind: 'arrest', from: '2026-01-20' }, { kind: 'bail', from: '2026-04-01' }])])?.rows[0]?.bars[0]).toMatchObject({ open: true, to: at(asOf) })
  })
})

describe('custody limits', () => {
  it('stand with whom they bind; those of the whole case first', () => {
    const rows = chart([suspect([{ kind: 'arrest', from: '2026-01-20' }])], [limit('2026-04-01', { subject: '1' }), limit('2026-04-09')])?.rows
    expect(rows?.map((r) => [r.suspect?.suspect ?? 'case', r.limits.length])).toEqual([['case', 1], ['1', 1]])
  })
  it('only those of the custody clock', () => expect(chart([], [limit('2026-04-01', { clock: 'calendar' })])).toBeNull())
  it('a missed one is red from the instant it was missed', () => {
    const bar = chart([], [limit('2026-03-09', { status: 'missed' })])?.rows[0]?.limits[0]
    expect(bar?.missed).toEqual([at('2026-03-10T00:00:00+08:00'), at(asOf)])
  })
  it('one that was met in time is not', () => expect(chart([], [limit('2026-03-09', { status: 'met', endedOn: '2026-03-01' })])?.rows[0]?.limits[0]?.missed).toBeNull())
  it('an extension is told apart from the limit as it was', () => {
    const proof = { trigger: null, article: { zh: '', en: '' }, calendar: '', steps: [{ kind: 'extension', from: '2026-03-09', to: '2026-03-24', days: 15, text: { zh: '', en: '' } }] }
    const bar = chart([], [limit('2026-03-24', { extendedBy: ['15d'], proof })])?.rows[0]?.limits[0]
    expect(bar).toMatchObject({ base: at('2026-03-10T00:00:00+08:00'), due: at('2026-03-25T00:00:00+08:00') })
  })
  it('everything lies on the axis', () => {
    const all = chart([suspect([{ kind: 'arrest', from: '2026-01-20' }])], [limit('2026-06-01')])
    expect(all?.from).toBeLessThan(at('2026-01-20T00:00:00+08:00'))
    expect(all?.to).toBeGreaterThan(at('2026-06-02T00:00:00+08:00'))
  })
})

it('the axis has marks on legal midnights, never too many', () => {
  const from = at('2026-01-10T00:00:00+08:00')
  for (const span of [3, 10, 30, 60, 200, 390, 1000, 5000]) {
    const marks = ticks(from, from + span * 86_400_000)
    expect(marks.length).toBeGreaterThan(0)
    expect(marks.length).toBeLessThan(16)
    for (const { at: mark } of marks) expect((mark + 8 * 3_600_000) % 86_400_000).toBe(0)
  }
  expect(ticks(from, from + 120 * 86_400_000).map((m) => m.label)).toEqual(['2026-02', '2026-03', '2026-04', '2026-05'])
})

it('days are whole and never negative', () => {
  expect(days(0, 3 * 86_400_000)).toBe(3)
  expect(days(5, 0)).toBe(0)
})
