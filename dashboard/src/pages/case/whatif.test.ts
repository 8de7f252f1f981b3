import { describe, expect, it } from 'vitest'
import type { Alert, CaseBody, Deadline, Proof, Suspect } from '../../api/types'
import { alert } from '../../live/testdata'
import { sum } from './proof'
import { consequences, eventsOf, suppositions, together } from './whatif'

const limit = (id: string, dueOn: string, more: Partial<Deadline> = {}): Deadline => ({
  id, instance: 'round-1', subject: 'case', name: { zh: id, en: id }, basis: '', startedOn: '2026-02-09', dueOn, computedOn: dueOn, clock: 'custody',
  extendedBy: [], status: 'running', endedOn: null, provisional: false, ...more,
})
const suspect = (n: string, custody: boolean): Suspect => ({ suspect: n, custody })
const body = (more: Partial<CaseBody> = {}): CaseBody => ({
  id: 'c', caseType: 'PRO', name: null, stage: 'UNDER_REVIEW', procuratorate: '1', department: null, prosecutor: null, acceptedOn: '2026-02-09', weight: 1,
  custody: true, open: true, version: 1, asOf: '2026-02-20T09:00:00+08:00', suspects: [suspect('1', true), suspect('2', false)], deadlines: [limit('T-B05', '2026-03-09')],
  alerts: [], documents: [], history: [], ...more,
})
const event = (type: string, data: Record<string, unknown> = {}) => ({ source: '/x', id: type, type, time: '2026-02-09T09:00:00+08:00', recordedAt: null, summary: null, data })

describe('what may be supposed', () => {
  it('of a case under review in custody: all three', () => expect(suppositions(body())).toEqual(['custodyEnded', 'returned', 'extended']))
  it('not a third return', () => expect(suppositions(body({ history: [event('supplement.returned'), event('supplement.returned')] }))).not.toContain('returned'))
  it('counting returns before a change of jurisdiction', () => expect(suppositions(body({ history: [event('case.accepted', { returnsSoFar: 2 })] }))).not.toContain('returned'))
  it('not a second extension in a round', () => expect(suppositions(body({ deadlines: [limit('T-B05', '2026-03-24', { extendedBy: ['15d'] })] }))).not.toContain('extended'))
  it('no return in an arrest review', () => expect(suppositions(body({ caseType: 'ARR', stage: 'ASSIGN', deadlines: [] }))).toEqual(['custodyEnded']))
  it('no end of custody for those at large', () => expect(suppositions(body({ suspects: [suspect('1', false)] }))).not.toContain('custodyEnded'))
  it('nothing of a closed case', () => expect(suppositions(body({ open: false }))).toEqual([]))
})

describe('the events of a supposition', () => {
  const choice = { suspects: ['1'], measure: 'bail' as const, reason: 'r' }
  it('one measure for each suspect', () => {
    expect(eventsOf({ ...choice, what: 'custodyEnded', suspects: ['1', '3'] }, body(), '2026-02-20T09:00:00+08:00')).toMatchObject([
      { id: 'what-if-1', type: 'measure.taken', subject: 'c', time: '2026-02-20T09:00:00+08:00', data: { suspect: '1', kind: 'bail' } },
      { id: 'what-if-2', data: { suspect: '3' } },
    ])
  })
  it('a case of the supervisory commission goes back to it', () => {
    const sent = body({ history: [event('case.accepted', { sentBy: { kind: 'supervision' } })] })
    expect(eventsOf({ ...choice, what: 'returned' }, sent, 't')).toMatchObject([{ data: { to: 'supervision' } }])
    expect(eventsOf({ ...choice, what: 'returned' }, body(), 't')).toMatchObject([{ data: { to: 'police' } }])
  })
  it('an extension is approved on the day', () => {
    expect(eventsOf({ ...choice, what: 'extended' }, body(), '2026-02-20T09:00:00+08:00')).toMatchObject([{ type: 'review.extended', data: { approvedOn: '2026-02-20', reason: 'r' } }])
  })
})

describe('the consequences', () => {
  const now = { deadlines: [limit('T-B05', '2026-03-09'), limit('T-B01', '2026-02-12', { status: 'met' })], alerts: [alert('a', { rule: 'QX-008', level: 'W1' })] }
  it('a due date that moves says by how many days', () => {
    const then = consequences(now, { ...now, deadlines: [limit('T-B05', '2026-03-24'), now.deadlines[1] as Deadline] })
    expect(then.deadlines).toMatchObject([{ kind: 'moved', days: 15 }])
    expect(then.unchanged).toEqual([])
  })
  it('a limit that stops, one that starts, one that is gone', () => {
    const then = { deadlines: [limit('T-B05', '2026-03-09', { status: 'met' }), limit('T-B09', '2026-03-20')], alerts: [] }
    expect(consequences(now, then).deadlines.map((c) => c.kind)).toEqual(['ended', 'begun'])
    expect(consequences(now, { deadlines: [], alerts: [] }).deadlines.map((c) => c.kind)).toEqual(['gone'])
  })
  it('alerts clear, appear and change level', () => {
    expect(consequences(now, { ...now, alerts: [] }).clears.map((c) => c.alert.rule)).toEqual(['QX-008'])
    expect(consequences(now, { ...now, alerts: [...now.alerts, alert('b', { rule: 'QX-018' })] }).appears.map((c) => c.alert.rule)).toEqual(['QX-018'])
    expect(consequences(now, { ...now, alerts: [alert('z', { rule: 'QX-008', level: 'W3' })] }).changes).toMatchObject([{ from: 'W1', alert: { level: 'W3' } }])
  })
  it('what somebody called a false alarm does not appear again', () => {
    const dismissed: Alert = alert('a', { rule: 'QX-008', status: 'dismissed' })
    const result = consequences({ ...now, alerts: [dismissed] }, { ...now, alerts: [{ ...dismissed, status: 'open' }] })
    expect([result.clears, result.appears, result.changes]).toEqual([[], [], []])
  })
  it('a cleared finding is not open', () => expect(consequences(now, { ...now, alerts: [alert('a', { rule: 'QX-008', clearedAt: '2026-02-20T09:00:00+08:00' })] }).clears).toHaveLength(1))
})

describe('what is the same for several suspects', () => {
  const begun = (subject: string, dueOn: string) => ({ kind: 'begun' as const, after: limit('T-A35', dueOn, { subject, instance: '1' }) })
  it('is told once, with all of them', () => {
    const told = together([begun('1', '2026-03-10'), begun('2', '2026-03-10'), begun('3', '2026-03-11'), begun('case', '2026-03-10')])
    expect(told.map((g) => g.subjects)).toEqual([['1', '2'], ['3'], ['case']])
  })
})

describe('the sum of a proof', () => {
  const step = (kind: string, from: string, to: string, days: number): Proof['steps'][number] => ({ kind, from, to, days, text: { zh: '', en: '' } })
  const steps = [step('start', '2026-02-09', '2026-02-09', 0), step('length', '2026-02-09', '2026-03-09', 28), step('extension', '2026-03-09', '2026-03-24', 15), step('result', '2026-03-24', '2026-03-24', 0)]
  it('is what leads from the start to the due date', () => expect(sum(limit('T-B05', '2026-03-24'), { steps })).toEqual({ days: [28, 15], total: 43, agrees: true }))
  it('does not agree with another due date', () => expect(sum(limit('T-B05', '2026-03-25'), { steps }).agrees).toBe(false))
  it('does not agree with a gap between two steps', () => {
    expect(sum(limit('T-B05', '2026-03-24'), { steps: steps.map((s) => (s.kind === 'extension' ? { ...s, from: '2026-03-08' } : s)) }).agrees).toBe(false)
  })
})
