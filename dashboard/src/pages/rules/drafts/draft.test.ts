import { describe, expect, it } from 'vitest'
import type { Draft } from '../../../api/catalogue'
import type { Role } from '../../../api/types'
import { read } from '../nodes'
import { asFile, errorsOf, following, progress, refusal, weeks } from './draft'
import { TEMPLATE } from './template'

const draft = (more: Partial<Draft> = {}): Draft => ({
  id: 'd1', procuratorate: '422826', rules: ['QX-008'], yaml: '', note: null, state: 'draft', editors: ['ann'], createdAt: null, changedAt: null,
  version: null, effectiveFrom: null, publishedBy: null, publishedAt: null, shadow: null, backtest: null, ...more,
})
const person = (user: string, ...roles: Role[]) => ({ user, roles })

describe('who may do what with a draft', () => {
  it('a monitor edits, tests and shadows, and does not publish', () => {
    const ann = person('ann', 'monitor')
    expect(refusal('edit', ann, draft(), null)).toBeNull()
    expect(refusal('backtest', ann, draft(), null)).toBeNull()
    expect(refusal('shadow', ann, draft(), null)).toBeNull()
    expect(refusal('publish', ann, draft(), null)).toBe('draft.needsLeader')
  })
  it('a leader publishes what others edited', () => {
    expect(refusal('publish', person('bob', 'leader'), draft(), null)).toBeNull()
    expect(refusal('publish', person('ann', 'leader', 'monitor'), draft(), null)).toBe('draft.twoPersons')
  })
  it('the two-person rule holds for the way back too', () => {
    const published = draft({ state: 'published' })
    expect(refusal('rollback', person('bob', 'leader'), published, null)).toBeNull()
    expect(refusal('rollback', person('ann', 'leader'), published, null)).toBe('draft.twoPersons')
    expect(refusal('rollback', person('bob', 'leader'), draft(), null)).toBe('draft.notPublished')
  })
  it('what is published is not edited', () => expect(refusal('edit', person('ann', 'monitor'), draft({ state: 'published' }), null)).toBe('draft.isPublished'))
  it('what is over is not taken up', () => expect(refusal('shadow', person('ann', 'monitor'), draft({ state: 'withdrawn' }), null)).toBe('draft.isOver'))
  it('what is not saved can only be edited', () => {
    expect(refusal('edit', person('ann', 'monitor'), null, null)).toBeNull()
    expect(refusal('backtest', person('ann', 'monitor'), null, null)).toBe('draft.saveFirst')
  })
  it('a handler drafts nothing', () => expect(refusal('edit', person('eve', 'handler'), null, null)).toBe('draft.needsMonitor'))
  it('the server knows better than the roles', () => {
    const facts = { version: 0, rules: 1, limits: 1, templates: {}, sources: { read: 1, memory: 0 }, manual: [], canEdit: false, canPublish: false }
    expect(refusal('edit', person('ann', 'monitor'), null, facts)).toBe('draft.needsMonitor')
  })
})

describe('the file of a draft', () => {
  it('makes a single rule a list', () => expect(asFile('# note\nid: X-1\nname: {zh: a, en: b}\n\nlevel: L1')).toBe('# note\n- id: X-1\n  name: {zh: a, en: b}\n\n  level: L1\n'))
  it('leaves a list as it is', () => expect(asFile('- id: X-1\n  level: L1\n')).toBe('- id: X-1\n  level: L1\n'))
  it('ends Windows lines as all others', () => expect(asFile('id: X-1\r\nlevel: L1\r\n')).toBe('- id: X-1\n  level: L1\n'))
  it('gives a template that is a rule with both kinds of examples', () => {
    const rule = read(TEMPLATE, 'BY-001')
    expect(rule?.['fires']).toHaveLength(1)
    expect(rule?.['silent']).toHaveLength(1)
    expect(asFile(TEMPLATE)).toBe(TEMPLATE)
  })
})

describe('the errors of a refused draft', () => {
  it('stand at lines that exist', () => {
    const errors = errorsOf({ errors: [{ file: 'x', line: 3, reason: 'a' }, { line: 99, reason: 'b' }, { line: 0, reason: 'c' }, { reason: 'd' }] }, 'no', 5)
    expect(errors.map((e) => [e.line, e.reason])).toEqual([[3, 'a'], [5, 'b'], [null, 'c'], [null, 'd']])
  })
  it('are never none', () => expect(errorsOf({}, 'said nothing more', 5)).toEqual([{ reason: 'said nothing more', line: null }]))
})

describe('the progress of a backtest', () => {
  it('says what is left at the pace so far', () => expect(progress({ state: 'running', done: 500, total: 2000, casesPerSecond: 100 })).toEqual({ percent: 25, left: 15 }))
  it('is never complete while it runs', () => expect(progress({ state: 'running', done: 2000, total: 2000, casesPerSecond: 100 }).percent).toBe(99))
  it('knows nothing before the first case', () => expect(progress({ state: 'running', done: 0, total: 0 })).toEqual({ percent: 0, left: null }))
  it('is complete when done', () => expect(progress({ state: 'done' }).percent).toBe(100))
})

describe('alerts a week', () => {
  it.each([['2018-W09', '2018-W10'], ['2018-W52', '2019-W01'], ['2020-W52', '2020-W53'], ['2020-W53', '2021-W01'], ['bad', null]])('after %s comes %s', (week, next) => expect(following(week)).toBe(next))
  it('adds up rules and fills the weeks between', () => {
    const side = (...perWeek: [string, number][]) => ({ alerts: 0, cases: 0, perWeek: perWeek.map(([week, alerts]) => ({ week, alerts })) })
    const rules = [
      { rule: 'A', live: side(['2018-W51', 2]), draft: side(['2018-W51', 3]), added: 1, removed: 0 },
      { rule: 'B', live: null, draft: side(['2019-W01', 4], ['2018-W51', 1]), added: 5, removed: 0 },
    ]
    expect(weeks(rules)).toEqual([
      { week: '2018-W51', live: 2, draft: 4 },
      { week: '2018-W52', live: 0, draft: 0 },
      { week: '2019-W01', live: 0, draft: 4 },
    ])
  })
  it('is empty where nothing fired', () => expect(weeks([])).toEqual([]))
})
