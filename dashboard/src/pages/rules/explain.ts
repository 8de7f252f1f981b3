import { FAILSAFE_SCHEMA, load } from 'js-yaml'
import type { Text } from '../../api/types'
import { periodOf } from './catalogue'
import type { Words } from './words'

type Node = string | null | Node[] | { [key: string]: Node }
type Map = Record<string, Node>

export interface Line {
  label: string
  text: string
}

const TEMPLATES = ['deadline', 'custodyDeadline', 'response', 'precedence', 'condition', 'atMost', 'document', 'field', 'unaccepted', 'manual'] as const

/** What a rule says of itself, whatever its template. */
const COMMON: readonly string[] = [
  'id', 'name', 'category', 'level', 'custodyLevel', 'blocking', 'refer', 'leads', 'basis', 'source', 'from', 'until', 'caseTypes', 'fires', 'silent', 'note',
]

const isMap = (node: Node | undefined): node is Map => typeof node === 'object' && node !== null && !Array.isArray(node)
const list = (node: Node | undefined): Node[] => (node === undefined || node === null ? [] : Array.isArray(node) ? node : [node])
const text = (node: Node | undefined): string => (typeof node === 'string' ? node : node === null || node === undefined ? '' : JSON.stringify(node))

/** The rule of this id in a catalogue file; everything is text, as the file writes it. */
export function read(yaml: string, id: string): Map | null {
  try {
    const file = load(yaml, { schema: FAILSAFE_SCHEMA }) as Node
    const rules = list(file).filter(isMap)
    return rules.find((rule) => rule['id'] === id) ?? (rules.length === 1 ? (rules[0] ?? null) : null)
  } catch {
    return null
  }
}

/**
 * What a rule looks for, in sentences that somebody who knows the law but not the file can check.
 * `names` are those of the limits and steps that it mentions.
 */
export function explain(rule: Map, w: Words, names: ReadonlyMap<string, Text> = new Map()): Line[] {
  const explainer = new Explainer(w, names)
  const template = TEMPLATES.find((name) => name in rule)
  if (template !== undefined) return explainer.lines(template, bodyOf(rule[template]))
  // A template this page does not know yet: the part of the rule that is none of what every rule has.
  return Object.entries(rule).flatMap(([key, value]) => (COMMON.includes(key) ? [] : explainer.others(isMap(value) ? value : { [key]: value })))
}

const bodyOf = (node: Node | undefined): Map => (isMap(node) ? node : {})

class Explainer {
  readonly #w: Words
  readonly #names: ReadonlyMap<string, Text>
  constructor(w: Words, names: ReadonlyMap<string, Text>) {
    this.#w = w
    this.#names = names
  }

  lines(template: (typeof TEMPLATES)[number], body: Map): Line[] {
    const { t } = this.#w
    const lines: Line[] = []
    const line = (label: string, value: string) => {
      if (value !== '') lines.push({ label, text: value })
    }
    const known = new Set<string>()
    const take = (key: string): Node | undefined => {
      known.add(key)
      return body[key]
    }
    const flag = (key: string, words: string) => {
      if (text(take(key)) === 'true') line(t('explain.also'), words)
    }
    switch (template) {
      case 'deadline':
      case 'custodyDeadline':
        line(t('explain.limit'), this.#limitNames(take('limits')))
        if (take('phase') !== undefined) line(t('explain.phase'), this.#w.code('explain.phase', text(body['phase'])))
        if (take('length') !== undefined) line(t('explain.length'), this.period(text(body['length'])))
        if (template === 'custodyDeadline') line(t('explain.also'), t('explain.custody'))
        break
      case 'response':
        line(t('explain.start'), this.triggers(take('start')))
        line(t('explain.within'), this.period(text(take('within'))))
        line(t('explain.stop'), this.triggers(take('stop')))
        line(t('explain.clock'), take('clock') === undefined ? '' : this.#w.code('clock', text(body['clock'])))
        line(t('explain.runs'), take('runs') === undefined ? '' : this.#w.code('explain.run', text(body['runs'])))
        flag('early', t('explain.early'))
        break
      case 'precedence':
        line(t('explain.acts'), this.triggers(take('acts')))
        line(t('explain.needs'), this.triggers(take('needs')))
        line(t('explain.when'), this.condition(take('when')))
        line(t('explain.within'), take('limits') === undefined ? '' : this.#limitNames(body['limits']))
        flag('sameDay', t('explain.sameDay'))
        flag('each', t('explain.each'))
        break
      case 'condition':
        line(t('explain.on'), text(take('anyEvent')) === 'true' ? t('explain.anyEvent') : this.triggers(take('on')))
        known.add('on')
        line(t('explain.wrong'), this.condition(take('when')))
        break
      case 'atMost':
        line(t('explain.on'), this.triggers(take('on')))
        line(t('explain.most'), t('explain.times', { n: text(take('most')) }))
        line(t('explain.rounds'), take('rounds') === undefined ? '' : this.#limitNames(body['rounds']))
        line(t('explain.already'), take('already') === undefined ? '' : this.field(text(body['already'])))
        break
      case 'field':
        line(t('explain.fields'), text(take('fields')))
        line(t('explain.wrong'), this.condition(take('wrong')))
        break
      case 'document':
        for (const entry of list(take('documents')).filter(isMap))
          line(
            list(entry['codes']).map(text).join(t('explain.or')),
            [
              t('explain.document', { start: this.triggers(entry['start']), within: this.period(text(entry['within'])) }),
              entry['caseTypes'] === undefined ? '' : list(entry['caseTypes']).map((c) => this.#w.code('caseType', text(c))).join(t('explain.comma')),
            ].filter(Boolean).join(t('explain.semicolon')),
          )
        known.add('internalLevel')
        break
      case 'unaccepted':
        line(t('explain.wrong'), t('explain.unaccepted'))
        break
      case 'manual':
        line(t('explain.manual'), this.#w.language === 'en' ? text(take('en')) : text(take('zh')))
        known.add('zh').add('en')
        break
    }
    if (text(take('per')) === 'suspect') line(t('explain.also'), t('explain.perSuspect'))
    return [...lines, ...this.others(Object.fromEntries(Object.entries(body).filter(([key]) => !known.has(key))))]
  }

  /** What has no sentence of its own: by the kind of the key where that is known, else as it is written. */
  others(body: Map): Line[] {
    const { t } = this.#w
    return Object.entries(body).flatMap(([key, value]): Line[] => {
      switch (key) {
        case 'start': case 'stop': case 'acts': case 'needs': case 'on':
          return [{ label: t(`explain.${key}`), text: this.triggers(value) }]
        case 'also': case 'evidence':
          return [{ label: t('explain.watches'), text: this.triggers(value) }]
        case 'when': case 'wrong': case 'until':
          return [{ label: t(`explain.${key}`), text: this.condition(value) }]
        case 'within':
          return [{ label: t('explain.within'), text: this.period(text(value)) }]
        case 'after':
          return [{ label: t('explain.after'), text: isMap(value) ? this.#operand(value) : this.period(text(value)) }]
        case 'limits':
          return [{ label: t('explain.limit'), text: this.#limitNames(value) }]
        case 'checks':
          return list(value).flatMap((check) => this.others(bodyOf(check)))
        case 'parts':
          return list(value).flatMap((part) => {
            const template = TEMPLATES.find((name) => name in bodyOf(part))
            return template === undefined ? this.others(bodyOf(part)) : this.lines(template, bodyOf(bodyOf(part)[template]))
          })
        default:
          return [{ label: key, text: this.#phrase(value) }]
      }
    })
  }

  #phrase(node: Node): string {
    const { t } = this.#w
    if (Array.isArray(node)) return node.map((n) => this.#phrase(n)).join(t('explain.comma'))
    if (!isMap(node)) return this.field(text(node))
    if ('field' in node) return this.#leaf(node)
    if ('on' in node || 'step' in node) return this.#trigger(node)
    return Object.entries(node).map(([key, value]) => `${key} ${this.#phrase(value)}`).join(t('explain.semicolon'))
  }

  #limitNames(node: Node | undefined): string {
    return list(node)
      .map((id) => {
        const name = this.#names.get(text(id))
        return name === undefined ? text(id) : `${text(id)} ${name[this.#w.language]}`
      })
      .join(this.#w.t('explain.comma'))
  }

  period(value: string): string {
    const parts = periodOf(value)
    return parts === null ? value : this.#w.t(`period.${parts.unit}`, { n: parts.n })
  }

  triggers(node: Node | undefined): string {
    return list(node).map((trigger) => this.#trigger(trigger)).join(this.#w.t('explain.or'))
  }

  #trigger(node: Node): string {
    const { t, code } = this.#w
    if (!isMap(node)) return code('event', text(node))
    const what =
      node['step'] !== undefined
        ? t('explain.step', { n: this.#names.get(text(node['step']))?.[this.#w.language] ?? text(node['step']) })
        : node['measure'] !== undefined
          ? t('explain.measure', { n: list(node['measure']).map((m) => code('measure', text(m))).join(t('explain.or')) })
          : list(node['on']).map((type) => code('event', text(type))).join(t('explain.or'))
    const details = [
      node['when'] === undefined ? '' : this.condition(node['when']),
      node['date'] === undefined ? '' : t('explain.date', { n: this.field(text(node['date'])) }),
      text(node['cover']) === 'true' ? t('explain.cover') : '',
      text(node['stops']) === 'true' ? t('explain.stops') : '',
    ].filter(Boolean)
    return details.length === 0 ? what : `${what}${t('explain.detail', { n: details.join(t('explain.semicolon')) })}`
  }

  condition(node: Node | undefined): string {
    const { t } = this.#w
    if (node === undefined || node === null) return ''
    if (Array.isArray(node)) return this.#joined(node, 'explain.and')
    if (!isMap(node)) return text(node)
    if ('field' in node) return this.#leaf(node)
    const [key, value] = Object.entries(node)[0] ?? ['', null]
    switch (key) {
      case 'all': return this.#joined(list(value), 'explain.and')
      case 'any': return this.#joined(list(value), 'explain.or')
      case 'not': return t('explain.not', { n: this.condition(value) })
      case 'anySuspect': return t('explain.anySuspect', { n: this.condition(value) })
      case 'anyConcerned': return t('explain.anyConcerned', { n: this.condition(value) })
      case 'noSuspect': return t('explain.noSuspect', { n: this.condition(value) })
      case 'inOrder': return t('explain.inOrder', { n: list(value).map((f) => this.field(text(f))).join(' ≤ ') })
      case 'anyCardDate': return t('explain.anyCardDate')
      default: return `${key}${t('explain.detail', { n: this.#phrase(value) })}`
    }
  }

  #joined(nodes: Node[], by: 'explain.and' | 'explain.or'): string {
    const parts = nodes.map((n) => this.condition(n))
    // Brackets only where two kinds of joining meet.
    const mixed = nodes.length > 1 ? nodes.map((n, i) => (isJoined(n) ? this.#w.t('explain.bracket', { n: parts[i] ?? '' }) : (parts[i] ?? ''))) : parts
    return mixed.join(this.#w.t(by))
  }

  #leaf(node: Map): string {
    const { field, ...operators } = node
    const name = this.field(text(field))
    const entries = Object.entries(operators)
    return entries.map(([operator, value]) => this.#operator(name, text(field), operator, value)).join(this.#w.t('explain.and'))
  }

  #operator(name: string, field: string, operator: string, value: Node): string {
    const { t, code } = this.#w
    const yes = text(value) !== 'false'
    switch (operator) {
      case 'is': return yes && text(value) === 'true' ? t('op.true', { f: name }) : text(value) === 'false' ? t('op.false', { f: name }) : t('op.is', { f: name, v: this.#value(field, value) })
      case 'isNot': return text(value) === 'true' ? t('op.false', { f: name }) : t('op.isNot', { f: name, v: this.#value(field, value) })
      case 'in': return t('op.in', { f: name, v: this.#values(field, value) })
      case 'notIn': return t('op.notIn', { f: name, v: this.#values(field, value) })
      case 'present': return t(yes ? 'op.present' : 'op.absent', { f: name })
      case 'blank': return t(yes ? 'op.absent' : 'op.present', { f: name })
      case 'contains': return t('op.contains', { f: name, v: this.#values(field, value) })
      case 'startsWith': return t('op.startsWith', { f: name, v: this.#value(field, value) })
      case 'greaterThan': return `${name} > ${this.#operand(value)}`
      case 'atLeast': return `${name} ≥ ${this.#operand(value)}`
      case 'lessThan': return `${name} < ${this.#operand(value)}`
      case 'after': return t('op.after', { f: name, v: this.#operand(value) })
      case 'before': return t('op.before', { f: name, v: this.#operand(value) })
      case 'identityNumber': return t(yes ? 'op.identity' : 'op.noIdentity', { f: name })
      case 'birthOf': return t('op.birthOf', { f: name, v: this.field(text(value)) })
      case 'sexOf': return t('op.sexOf', { f: name, v: this.field(text(value)) })
      default: return `${name} ${code('op', operator)} ${this.#phrase(value)}`
    }
  }

  /** A date or number, a field, or a field and a period after it. */
  #operand(node: Node): string {
    const { t } = this.#w
    if (!isMap(node)) return text(node)
    const plus = node['plus'] === undefined ? '' : ` + ${this.period(text(node['plus']))}`
    const roll = text(node['roll']) === 'true' ? t('explain.rolled') : ''
    return `${this.field(text(node['field']))}${plus}${roll}`
  }

  #value(field: string, node: Node): string {
    const value = text(node)
    const prefixes = field.startsWith('card.') || field.startsWith('whole.') ? [] : ['decision', 'measure', 'value']
    for (const prefix of prefixes) {
      const words = this.#w.code(prefix, value)
      if (words !== value) return words
    }
    return this.#w.t('explain.quoted', { n: value })
  }

  #values(field: string, node: Node): string {
    return list(node).map((v) => this.#value(field, v)).join(this.#w.t('explain.slash'))
  }

  field(name: string): string {
    const { t, code } = this.#w
    if (name.startsWith('card.')) return t('explain.card', { n: name.slice(5) })
    if (name.startsWith('whole.')) return t('explain.whole', { n: name.slice(6) })
    if (name.startsWith('fields.')) return t('explain.filled', { n: name.slice(7) })
    return code('field', name)
  }
}

function isJoined(node: Node): boolean {
  if (Array.isArray(node)) return node.length > 1
  return isMap(node) && ('all' in node || 'any' in node)
}
