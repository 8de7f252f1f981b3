import { describe, expect, it } from 'vitest'
import { ruleOf } from '../../api/catalogue'
import type { Rule, SentRule } from '../../api/catalogue'
import { wording } from '../../i18n/language'
import { finds, folded, options, periodOf, select } from './catalogue'
import type { RuleFilters } from './catalogue'
import { diff } from './diff'
import { explain } from './explain'
import { read } from './nodes'
import { withWords } from './words'

const zh = withWords(wording('zh'))
const en = withWords(wording('en'))

const rule = (id: string, more: Partial<SentRule> = {}): Rule =>
  ruleOf({ id, name: { zh: '审查起诉一个月届满', en: 'One month of review ends' }, category: '期限', level: 'L2', basis: 'CPL 172; R 351', template: 'deadline', ...more })

const none: RuleFilters = { q: null, category: null, template: null, source: null, caseType: null, level: null, only: null }
const ids = (rules: Rule[]) => rules.map((r) => r.id)

describe('a rule as a server sends it', () => {
  it('has every field even if the server sends only its id', () => {
    const bare = ruleOf({ id: 'X-1' })
    expect(bare.name).toEqual({ zh: 'X-1', en: 'X-1' })
    expect(bare.versions).toEqual([])
    expect(bare.precision).toBeNull()
    expect(bare.examples).toBeNull()
  })
  it('takes a count of examples for what it is: no list', () => expect(ruleOf({ id: 'X-1', examples: 3 }).examples).toBeNull())
  it('reads the end of its time under its older name too', () => {
    expect(ruleOf({ id: 'X-1', effectiveTo: '2027-01-01' }).effectiveUntil).toBe('2027-01-01')
  })
})

describe('the search', () => {
  const rules = [rule('QX-008'), rule('SQ-001', { name: { zh: '三日内告知犯罪嫌疑人', en: 'Rights notice' }, basis: 'CPL 34; R 40', category: '诉讼权利' })]
  it.each([
    ['qx-008', ['QX-008']],
    ['ＱＸ－００８', ['QX-008']],
    ['告知', ['SQ-001']],
    ['R 40', ['SQ-001']],
    ['cpl 期限', ['QX-008']],
    ['rights notice', ['SQ-001']],
    ['nothing of the kind', []],
    ['', ['QX-008', 'SQ-001']],
  ])('%s finds %j', (q, found) => expect(ids(select(rules, { ...none, q }))).toEqual(found))
  it('wants every word', () => expect(finds('a b', folded('A c'))).toBe(false))
})

describe('the filters', () => {
  const rules = [
    rule('A', { caseTypes: ['PRO'], source: 'memory' }),
    rule('B', { manual: { zh: '须人工', en: 'by hand' }, template: 'manual' }),
    rule('C', { caseTypes: ['ARR'], unobservable: true, custodyLevel: 'L3' }),
    rule('D', { versions: [{ version: 2, effectiveFrom: null, effectiveUntil: null, origin: 'published', procuratorate: null, publishedBy: 'x', publishedAt: null }] }),
  ]
  it('a rule without case types looks at every type', () => expect(ids(select(rules, { ...none, caseType: 'PRO' }))).toEqual(['A', 'B', 'D']))
  it('a level is also that of custody', () => expect(ids(select(rules, { ...none, level: 'L3' }))).toEqual(['C']))
  it('from memory', () => expect(ids(select(rules, { ...none, source: 'memory' }))).toEqual(['A']))
  it.each([['manual', ['B']], ['unobservable', ['C']], ['changed', ['D']], ['shadow', []]])('only %s', (only, found) =>
    expect(ids(select(rules, { ...none, only }))).toEqual(found))
  it('an unknown wish hides nothing', () => expect(select(rules, { ...none, only: 'else' })).toHaveLength(4))
  it('offers what occurs, the most frequent first', () => expect(options(rules, (r) => [r.template])).toEqual(['deadline', 'manual']))
})

it.each([['24h', { n: 24, unit: 'h' }], ['3wd', { n: 3, unit: 'wd' }], ['soon', null]])('reads the period %s', (text, parts) => expect(periodOf(text)).toEqual(parts))

const NAMES = new Map([
  ['T-B05', { zh: '审查起诉', en: 'Review for prosecution' }],
  ['plea-paper-exempt', { zh: '免签具结书', en: 'Exempt from signing the plea paper' }],
])

describe('a rule in plain words', () => {
  const words = (yaml: string, w = zh) => {
    const map = read(yaml, 'X-1')
    return map === null ? [] : explain(map, w, NAMES).map((l) => `${l.label}: ${l.text}`)
  }
  it('names the limit it follows', () => {
    expect(words('- {id: X-1, deadline: {limits: [T-B05], phase: before-extension}}')).toEqual(['期限: T-B05 审查起诉', '阶段: 延长之前'])
    expect(words('- {id: X-1, deadline: {limits: [T-B05]}}', en)).toEqual(['Limit: T-B05 Review for prosecution'])
  })
  it('tells what must come before what', () => {
    const yaml = `
- id: X-1
  precedence:
    per: suspect
    acts: {on: decision.made, when: {field: kind, is: prosecute}}
    needs: [suspect.interrogated, {step: plea-paper-exempt}]`
    expect(words(yaml)).toEqual([
      '行为: 作出决定（种类为提起公诉）',
      '此前须有: 讯问或步骤“免签具结书”',
      '并且: 对每名犯罪嫌疑人分别判断',
    ])
  })
  it('brackets an alternative within a conjunction', () => {
    const yaml = '- {id: X-1, condition: {on: review.extended, when: {all: [{any: [{field: reason, blank: true}, {field: case.complex, isNot: true}]}, {field: case.returns, atLeast: 2}]}}}'
    expect(words(yaml)[1]).toBe('违规情形: （无理由或非重大复杂），且退查次数 ≥ 2')
  })
  it('counts days after a field', () => {
    expect(words('- {id: X-1, condition: {anyEvent: true, when: {field: event.recordedOn, after: {field: event.date, plus: 3d, roll: true}}}}')).toEqual([
      '发生: 任何事件', '违规情形: 录入日期晚于事件日期 + 3日（遇节假日顺延）',
    ])
  })
  it('counts on from a day that was put off', () => {
    expect(words('- {id: X-1, condition: {anyEvent: true, when: {field: event.recordedOn, after: {field: event.date, plus: 10d, roll: true, then: 1d}}}}')).toContain(
      '违规情形: 录入日期晚于事件日期 + 10日（遇节假日顺延） + 1日',
    )
  })
  it('shows what it has no words for as it is written', () => {
    expect(words('- {id: X-1, response: {start: case.accepted, stop: [case.assigned], within: 1d, novelty: 7}}')).toContain('novelty: 7')
  })
  it('reads a template it does not know by the kinds of its keys', () => {
    expect(words('- {id: X-1, level: L1, novelty: {start: case.accepted, within: 3d, when: {not: {field: suspect.minor, is: true}}}}')).toEqual(['起算: 受理', '应在: 3日', '仅当: 并非（未成年）'])
  })
  it('tells each part of a rule of several under its name', () => {
    const lines = explain(read('- {id: X-1, parts: {被害人: {condition: {on: plea.signed, when: {field: lawyerPresent, is: false}}}, 移送机关: {response: {start: case.accepted, within: 7d, stop: decision.served}}}}', 'X-1') ?? {}, zh)
    expect(lines.map((l) => `${l.part ?? ''} ${l.label} ${l.text}`)).toEqual([
      '被害人 发生 签署具结书', '被害人 违规情形 非律师在场', '移送机关 起算 受理', '移送机关 应在 7日', '移送机关 完成于 送达决定',
    ])
  })
  it('numbers the checks of cards, and tells to which rules they give way', () => {
    const yaml = '- {id: X-1, field: {checks: [{level: V, wrong: {order: [card.案发日期, card.立案日期]}}, {per: case, wrong: {field: card.受理日期, blank: true}}], yields: [QX-061]}}'
    expect(explain(read(yaml, 'X-1') ?? {}, zh).map((l) => `${l.part ?? ''}|${l.label}|${l.text}`)).toEqual([
      '第 1 项|核对|逐人核对人卡，人卡未填的取全案卡',
      '第 1 项|违规情形|已填日期先后颠倒，应依次为 案发日期 → 立案日期',
      '第 1 项|等级|V 待核实',
      '第 2 项|核对|合看全案的所有案卡',
      '第 2 项|违规情形|无案卡“受理日期”',
      '|让位|QX-061 已发现同一问题的，不再重复报告',
    ])
  })
  it('reads charges by stage, article and chapter', () => {
    const charges = (test: string) => words(`- {id: X-1, field: {wrong: {charges: card.concluded, ${test}}}}`)[1]
    expect(charges('some: {articles: [213..219, 224-1], negligent: true}')).toBe('违规情形: 人卡审结案由中有刑法第213条至第219条、第224条之一规定的罪名，且过失犯罪')
    expect(charges('notIn: whole.transferred')).toBe('违规情形: 人卡审结案由超出全案卡移送案由')
  })
  it('tells where a last day is read from, and what holds where none was told', () => {
    const yaml = '- {id: X-1, dueDate: {per: item, start: property.moved, due: until, otherwise: [{when: {field: item.kind, is: equity}, length: 6m}], stop: property.stored}}'
    expect(words(yaml).slice(1, 3)).toEqual(['届满日: 事件载明的截止日', '未载明时: 财物种类为股权：6个月'])
    expect(words(yaml)).toContain('并且: 对每件涉案财物分别判断')
  })
  it('does not take the key `on` for a truth value', () => expect(words('- {id: X-1, atMost: {on: review.extended, most: 1, rounds: T-B05}}')[1]).toBe('最多: 1 次'))
  it('is silent about a text that is no YAML', () => expect(read('- {id: X-1', 'X-1')).toBeNull())
})

describe('the difference of two versions', () => {
  const marks = (a: string, b: string) => diff(a, b).map((l) => `${{ same: ' ', added: '+', removed: '-' }[l.kind]}${l.text}`)
  it('shows a changed line as one removed and one added', () => expect(marks('a\nb\nc', 'a\nB\nc')).toEqual([' a', '-b', '+B', ' c']))
  it('is empty of changes for the same text, whatever its line ends', () => expect(marks('a\r\nb\n', 'a\nb')).toEqual([' a', ' b']))
  it('keeps the lines in common', () => expect(marks('a\nb\nc\nd', 'b\nd\ne').filter((l) => l.startsWith(' '))).toEqual([' b', ' d']))
  it('adds all to nothing', () => expect(marks('', 'a')).toEqual(['+a']))
})
