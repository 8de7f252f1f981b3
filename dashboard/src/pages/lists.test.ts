import { describe, expect, it } from 'vitest'
import type { CaseRow } from '../api/types'
import { idIn, casePath } from '../app/paths'
import { home, listScope, wallScope } from '../app/scope'
import { alert, item } from '../live/testdata'
import { merge } from '../live/useList'
import { belongs as alertBelongs } from './alerts/filter'
import type { AlertFilters } from './alerts/filter'
import { belongs as caseBelongs } from './cases/filter'
import type { CaseFilters } from './cases/filter'
import { byNextDue, deskFold } from './desk/desk'

const row = (id: string, more: Partial<CaseRow> = {}): CaseRow => ({
  id, name: null, caseType: 'PRO', stage: 'UNDER_REVIEW', procuratorate: '422826', department: 'd1', prosecutor: 'p1',
  acceptedOn: '2026-03-01', weight: 1, custody: false, open: true, version: 1, nextLimit: 'T-B05', nextDueOn: '2026-04-01',
  nextDueAt: '2026-04-02T00:00:00+08:00', light: 'W1', updatedAt: '2026-03-01T09:00:00+08:00', ...more,
})

it.each(['咸检起诉受[2026]42282600109号', 'a/b', 'a%2Fb', '100%', 'x?y#z'])('the id %s survives the address', (id) => {
  expect(idIn(new URL(casePath(id), 'http://x').pathname)).toBe(id)
})

describe('a live list', () => {
  const rows = [{ id: 'a', n: 1 }, { id: 'b', n: 1 }]
  it('replaces a row where it stands', () => expect(merge(rows, { id: 'b', n: 2 }, true)).toEqual([{ id: 'a', n: 1 }, { id: 'b', n: 2 }]))
  it('puts a new row first', () => expect(merge(rows, { id: 'c', n: 1 }, true).map((r) => r.id)).toEqual(['c', 'a', 'b']))
  it('lets go of a row that no longer belongs', () => expect(merge(rows, { id: 'a', n: 2 }, false).map((r) => r.id)).toEqual(['b']))
  it('ignores a row that never belonged', () => expect(merge(rows, { id: 'z', n: 2 }, false)).toEqual(rows))
})

describe('the filters of a list hold for what arrives over the feed', () => {
  const cases: CaseFilters = { open: null, assigned: null, level: null, department: null, prosecutor: null, procuratorate: null, under: null, acceptedFrom: null, closedFrom: null, dueAfter: null, dueBefore: null }
  const alerts: AlertFilters = { open: null, status: null, level: null, category: null, department: null, prosecutor: null, procuratorate: null, under: null, rule: null, case: null, dueBefore: null }
  it('open cases', () => {
    expect(caseBelongs(row('a'), { ...cases, open: 'true' })).toBe(true)
    expect(caseBelongs(row('a', { open: false }), { ...cases, open: 'true' })).toBe(false)
    expect(caseBelongs(row('a', { open: false }), { ...cases, open: 'false' })).toBe(true)
  })
  it('cases due before a day', () => {
    expect(caseBelongs(row('a'), { ...cases, dueBefore: '2026-04-02' })).toBe(true)
    expect(caseBelongs(row('a'), { ...cases, dueBefore: '2026-04-01' })).toBe(false)
    expect(caseBelongs(row('a', { nextDueOn: null }), { ...cases, dueBefore: '2026-04-02' })).toBe(false)
  })
  it('cases and alerts of an office and those below it', () => {
    const office = row('a').procuratorate
    expect(caseBelongs(row('a'), { ...cases, under: '42' }, new Set(['42', office ?? '']))).toBe(true)
    expect(caseBelongs(row('a'), { ...cases, under: '42' }, new Set(['42']))).toBe(false)
    expect(alertBelongs(alert('a'), { ...alerts, under: '42' }, new Set(['42', alert('a').procuratorate ?? '']))).toBe(true)
    expect(alertBelongs(alert('a'), { ...alerts, under: '42' }, new Set(['42']))).toBe(false)
  })
  it('open alerts, and never a retracted one', () => {
    const cleared = alert('a', { clearedAt: '2026-03-02T00:00:00+08:00' })
    expect(alertBelongs(cleared, { ...alerts, open: 'true' })).toBe(false)
    expect(alertBelongs(cleared, { ...alerts, open: 'false' })).toBe(true)
    expect(alertBelongs(alert('a', { retractedAt: '2026-03-02T00:00:00+08:00' }), alerts)).toBe(false)
  })
  it('alerts by level and rule', () => {
    expect(alertBelongs(alert('a'), { ...alerts, level: 'W1', rule: 'QX-008' })).toBe(true)
    expect(alertBelongs(alert('a'), { ...alerts, level: 'W2' })).toBe(false)
  })
})

describe('the desk', () => {
  const scope = 'prosecutor:p1'
  const desk = deskFold.open({ cases: [row('a'), row('b', { open: false })], alerts: [alert('x')] })
  it('shows open cases only', () => expect([...desk.cases.keys()]).toEqual(['a']))
  it('lets go of a case that went to somebody else', () => {
    expect(deskFold.apply(desk, item('case', row('a', { prosecutor: 'p2' }), 2, scope)).cases.size).toBe(0)
  })
  it('counts a new alert and a risen level as news, a repetition and a clearing not', () => {
    const next = (a: ReturnType<typeof alert>) => deskFold.apply(desk, item('alert', a, 2, scope)).arrived.length
    expect(next(alert('y'))).toBe(1)
    expect(next(alert('x', { level: 'W2' }))).toBe(1)
    expect(next(alert('x', { status: 'acknowledged' }))).toBe(0)
    expect(next(alert('x', { level: 'W2', clearedAt: '2026-03-02T00:00:00+08:00' }))).toBe(0)
  })
  it('puts what is due first on top and cases without a limit last', () => {
    const rows = [row('none', { nextDueAt: null }), row('late', { nextDueAt: '2026-05-01T00:00:00+08:00' }), row('soon')]
    expect(rows.sort(byNextDue).map((r) => r.id)).toEqual(['soon', 'late', 'none'])
  })
})

describe('the scope of a user', () => {
  const me = {
    user: 'u', procuratorate: '422826', department: 'd1', prosecutor: 'p1', csrf: '', mustChangePassword: false,
    now: '', clock: { simulated: false, speed: 1 },
  }
  it('is the procuratorate for the case office, everything below for a superior', () => {
    expect(wallScope({ ...me, roles: ['monitor'] })).toBe('procuratorate:422826')
    expect(wallScope({ ...me, roles: ['superior'] })).toBe('all')
  })
  it('gives a handler no wall but a desk', () => {
    expect(wallScope({ ...me, roles: ['handler'] })).toBeNull()
    expect(listScope({ ...me, roles: ['handler'] })).toBe('prosecutor:p1')
    expect(home({ ...me, roles: ['handler'] })).toBe('/desk')
  })
  it('gives a head the department', () => {
    expect(listScope({ ...me, roles: ['head'] })).toBe('department:d1')
  })
})
