import type { Text } from '../../api/types'
import { filled } from '../../i18n/language'
import { bodyOf, isMap, isTrue, list, text } from './nodes'
import type { Map, Node } from './nodes'
import { Phrases } from './phrases'
import type { Words } from './words'

export interface Line {
  label: string
  text: string
  /** Which of several duties or checks of the rule it belongs to. */
  part?: string
}

const TEMPLATES = ['deadline', 'custodyDeadline', 'custodyTerm', 'dueDate', 'response', 'precedence', 'condition', 'atMost', 'document', 'service', 'field', 'unaccepted', 'manual', 'parts', 'department'] as const
type Template = (typeof TEMPLATES)[number]

/** What a rule says of itself, whatever its template. */
const COMMON: readonly string[] = [
  'id', 'name', 'category', 'level', 'custodyLevel', 'blocking', 'refer', 'leads', 'basis', 'source', 'from', 'until', 'caseTypes', 'fires', 'silent', 'note',
]

/**
 * What a rule looks for, in sentences that somebody who knows the law but not the file can check.
 * `names` are those of the limits and steps that it mentions.
 */
export function explain(rule: Map, w: Words, names: ReadonlyMap<string, Text> = new Map()): Line[] {
  const p = new Phrases(w, names)
  const template = TEMPLATES.find((name) => name in rule)
  if (template !== undefined) return new Explainer(p).lines(template, bodyOf(rule[template]))
  // A template this page does not know yet: the part of the rule that is none of what every rule has.
  return Object.entries(rule).flatMap(([key, value]) => (COMMON.includes(key) ? [] : Object.entries(isMap(value) ? value : { [key]: value }).map(([k, v]) => unknown(k, v, p))))
}

/** By the kind of the key where that is known, else as it is written. */
function unknown(key: string, value: Node, p: Phrases): Line {
  const { t } = p.w
  switch (key) {
    case 'start': case 'stop': case 'acts': case 'needs': case 'on':
      return { label: t(`explain.${key}`), text: p.triggers(value) }
    case 'when': case 'wrong':
      return { label: t(`explain.${key}`), text: p.condition(value) }
    case 'within':
      return { label: t('explain.within'), text: p.period(value) }
    case 'limits':
      return { label: t('explain.limit'), text: p.limits(value) }
    default:
      return { label: key, text: p.any(value) }
  }
}

class Explainer {
  readonly #p: Phrases
  readonly #lines: Line[] = []
  #body: Map = {}
  #known = new Set<string>()

  constructor(p: Phrases) {
    this.#p = p
  }

  lines(template: Template, body: Map): Line[] {
    this.#body = body
    this.#explain(template)
    this.#per()
    const rest = Object.entries(body).filter(([key]) => !this.#known.has(key))
    return [...this.#lines, ...rest.map(([key, value]) => unknown(key, value, this.#p))]
  }

  #explain(template: Template): void {
    const p = this.#p
    const { t, code } = p.w
    const triggers = (n: Node) => p.triggers(n)
    switch (template) {
      case 'deadline':
        this.#of('limits', 'explain.limit', (n) => p.limits(n))
        this.#of('act', 'explain.act', (n) => code('explain.act', text(n)))
        this.#of('phase', 'explain.phase', (n) => code('explain.phase', text(n)))
        this.#of('length', 'explain.length', (n) => p.period(n))
        break
      case 'custodyDeadline':
        this.#of('limits', 'explain.limit', (n) => p.limits(n))
        this.#line(t('explain.also'), t('explain.custody'))
        break
      case 'custodyTerm':
        this.#of('warnAt', 'explain.wrong', (n) => t('explain.custodyTerm', { n: Math.round(Number(text(n)) * 100) }))
        this.#of('until', 'explain.until', triggers)
        break
      case 'dueDate':
        this.#of('start', 'explain.start', triggers)
        this.#of('due', 'explain.due', (n) => t('explain.told', { n: p.field(text(n)) }))
        this.#of('otherwise', 'explain.otherwise', (n) => this.#lengths(n))
        this.#of('stop', 'explain.stop', triggers)
        this.#line(t('explain.also'), t('explain.renewed'))
        break
      case 'response':
        this.#response()
        break
      case 'precedence':
        this.#of('acts', 'explain.acts', triggers)
        this.#of('needs', 'explain.needs', triggers)
        this.#of('when', 'explain.when', (n) => p.condition(n))
        this.#of('limits', 'explain.warned', (n) => p.limits(n))
        this.#flag('sameDay', 'explain.sameDay')
        this.#flag('each', 'explain.each')
        break
      case 'condition':
        if (isTrue(this.#take('anyEvent'))) this.#line(t('explain.on'), t('explain.anyEvent'))
        this.#of('on', 'explain.on', triggers)
        this.#of('when', 'explain.wrong', (n) => p.condition(n))
        this.#of('until', 'explain.until', triggers)
        this.#of('evidence', 'explain.evidence', triggers)
        break
      case 'atMost':
        this.#of('on', 'explain.on', triggers)
        this.#of('most', 'explain.most', (n) => t('explain.times', { n: text(n) }))
        this.#of('rounds', 'explain.rounds', (n) => p.limits(n))
        this.#of('already', 'explain.already', (n) => p.field(text(n)))
        break
      case 'field':
        this.#field()
        break
      case 'document':
        this.#documents()
        break
      case 'service':
        this.#of('within', 'explain.service', (n) => t('explain.served', { n: p.period(n) }))
        break
      case 'unaccepted':
        this.#line(t('explain.wrong'), t('explain.unaccepted'))
        break
      case 'manual':
        this.#line(t('explain.manual'), text(this.#take(p.w.language === 'en' ? 'en' : 'zh')))
        this.#known.add('zh').add('en')
        break
      case 'department':
        this.#department()
        break
      case 'parts':
        this.#parts()
    }
  }

  /** What is measured of a department over a time, with the thresholds. */
  #department(): void {
    const values = Object.fromEntries(Object.entries(this.#body).map(([key, value]) => [key, text(value)]))
    this.#line(this.#p.w.t('explain.wrong'), filled(this.#p.w.code('explain.department', values['measure'] ?? ''), { ...values, percent: Math.round(100 * Number(values['above'])), rare: Math.round(100 * Number(values['chance'])) }))
    for (const key of Object.keys(values)) this.#known.add(key)
  }

  /** One duty owed to several, or of several pieces: each under its name. */
  #parts(): void {
    for (const [name, part] of Object.entries(this.#body)) {
      this.#known.add(name)
      const template = TEMPLATES.find((key) => key in bodyOf(part))
      if (template === undefined) this.#line(name, this.#p.any(part))
      else this.#under(name, new Explainer(this.#p).lines(template, bodyOf(bodyOf(part)[template])))
    }
  }

  #response(): void {
    const p = this.#p
    const { t, code } = p.w
    this.#of('start', 'explain.start', (n) => p.triggers(n))
    this.#of('within', 'explain.within', (n) => p.period(n))
    this.#of('variants', 'explain.variants', (n) => this.#lengths(n))
    this.#of('stop', 'explain.stop', (n) => p.triggers(n))
    this.#of('match', 'explain.match', (n) => t('explain.matching', { n: p.field(text(n)) }))
    this.#of('extend', 'explain.extend', (n) => this.#extension(n))
    this.#of('excludes', 'explain.excludes', (n) => list(n).map((e) => t('explain.span', { from: p.triggers(bodyOf(e)['from']), until: p.triggers(bodyOf(e)['until']) })).join(t('explain.semicolon')))
    this.#of('clock', 'explain.clock', (n) => code('explain.clock', text(n)))
    this.#of('runs', 'explain.runs', (n) => code('explain.run', text(n)))
    this.#of('gate', 'explain.when', (n) => t(text(n) === 'custody' ? 'explain.held' : 'explain.notHeld'))
    this.#flag('early', 'explain.early')
    this.#of('detail', 'explain.detailOf', text)
  }

  #field(): void {
    const p = this.#p
    const { t } = p.w
    const checks = this.#take('checks')
    if (checks === undefined) this.#check()
    list(checks).forEach((check, i) => this.#under(t('explain.check', { n: i + 1 }), new Explainer(p).lines('field', bodyOf(check))))
    this.#of('also', 'explain.watches', (n) => p.triggers(n))
    this.#of('yields', 'explain.yields', (n) => t('explain.yielding', { n: list(n).map(text).join(t('explain.comma')) }))
  }

  #check(): void {
    const p = this.#p
    const { t, code } = p.w
    this.#line(t('explain.cards'), code('explain.cards', text(this.#take('per')) || 'suspect'))
    this.#of('when', 'explain.when', (n) => p.condition(n))
    this.#of('wrong', 'explain.wrong', (n) => p.condition(n))
    this.#of('after', 'explain.after', (n) => t('explain.afterDay', { n: p.day(n) }))
    this.#flag('endOfDay', 'explain.endOfDay')
    this.#of('level', 'explain.level', (n) => `${text(n)} ${code('level', text(n))}`)
  }

  #documents(): void {
    const p = this.#p
    const { t, code } = p.w
    const listed = this.#take('documents')
    if (listed === undefined) this.#line(t('explain.documents'), t('explain.nodes'))
    for (const entry of list(listed).filter(isMap)) {
      const types = list(entry['caseTypes']).map((c) => code('caseType', text(c))).join(t('explain.comma'))
      const due = t('explain.document', { start: p.triggers(entry['start']), within: p.period(entry['within']) })
      this.#line(list(entry['codes']).map(text).join(t('explain.or')), types === '' ? due : `${due}${t('explain.semicolon')}${types}`)
    }
    this.#of('internalLevel', 'explain.internal', (n) => `${text(n)} ${code('level', text(n))}`)
  }

  /** What is judged for itself. The cards of a `field` check say so in their own words. */
  #per(): void {
    const per = text(this.#take('per'))
    const { t } = this.#p.w
    if (per === 'suspect' && !('wrong' in this.#body)) this.#line(t('explain.also'), t('explain.perSuspect'))
    if (per === 'named') this.#line(t('explain.also'), t('explain.perNamed'))
    if (per === 'item') this.#line(t('explain.also'), t('explain.perItem'))
  }

  #lengths(node: Node): string {
    const p = this.#p
    return list(node).map((v) => p.w.t('explain.lengthIf', { when: p.condition(bodyOf(v)['when']), n: p.period(bodyOf(v)['length']) })).join(p.w.t('explain.semicolon'))
  }

  #extension(node: Node): string {
    const { by, ...trigger } = bodyOf(node)
    return this.#p.w.t('explain.extended', { what: this.#p.triggers(trigger), n: list(by).map((b) => this.#p.period(b)).join(this.#p.w.t('explain.comma')) })
  }

  #under(part: string, lines: Line[]): void {
    this.#lines.push(...lines.map((line) => ({ ...line, part })))
  }

  #take(key: string): Node | undefined {
    this.#known.add(key)
    return this.#body[key]
  }

  #line(label: string, words: string): void {
    if (words !== '') this.#lines.push({ label, text: words })
  }

  #of(key: string, label: Parameters<Words['t']>[0], words: (node: Node) => string): void {
    const node = this.#take(key)
    if (node !== undefined && node !== null) this.#line(this.#p.w.t(label), words(node))
  }

  #flag(key: string, words: Parameters<Words['t']>[0]): void {
    if (isTrue(this.#take(key))) this.#line(this.#p.w.t('explain.also'), this.#p.w.t(words))
  }
}
