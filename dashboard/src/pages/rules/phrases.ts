import type { Text } from '../../api/types'
import { cardPhrase } from './cards'
import { periodOf } from './catalogue'
import { isMap, isTrue, list, text } from './nodes'
import type { Map, Node } from './nodes'
import type { Words } from './words'

/** The words for what a rule names: its events, conditions, fields and periods. */
export class Phrases {
  readonly w: Words
  readonly #names: ReadonlyMap<string, Text>

  /** `names` are those of the limits and steps. */
  constructor(w: Words, names: ReadonlyMap<string, Text>) {
    this.w = w
    this.#names = names
  }

  /** What has no sentence of its own, as far as its parts have words. */
  any(node: Node): string {
    const { t } = this.w
    if (Array.isArray(node)) return node.map((n) => this.any(n)).join(t('explain.comma'))
    if (!isMap(node)) return this.field(text(node))
    if ('field' in node) return this.#leaf(node)
    if ('on' in node || 'step' in node) return this.#trigger(node)
    return Object.entries(node).map(([key, value]) => `${key} ${this.any(value)}`).join(t('explain.semicolon'))
  }

  limits(node: Node | undefined): string {
    return list(node)
      .map((id) => {
        const name = this.#names.get(text(id))
        return name === undefined ? text(id) : `${text(id)} ${name[this.w.language]}`
      })
      .join(this.w.t('explain.comma'))
  }

  period(node: Node | undefined): string {
    const parts = periodOf(text(node))
    if (parts?.n === 0) return this.w.t('explain.sameDayEnd')
    return parts === null ? text(node) : this.w.t(`period.${parts.unit}`, { n: parts.n })
  }

  triggers(node: Node | undefined): string {
    return list(node).map((trigger) => this.#trigger(trigger)).join(this.w.t('explain.or'))
  }

  #trigger(node: Node): string {
    const { t, code } = this.w
    if (!isMap(node)) return code('event', text(node))
    const details = [
      node['when'] === undefined ? '' : this.condition(node['when']),
      node['date'] === undefined ? '' : t('explain.date', { n: this.field(text(node['date'])) }),
      node['after'] === undefined ? '' : t('explain.begins', { n: this.period(node['after']) }),
      isTrue(node['cover']) ? t('explain.cover') : '',
      isTrue(node['stops']) ? t('explain.stops') : '',
      isTrue(node['own']) ? t('explain.own') : '',
    ].filter(Boolean)
    const what = this.#happening(node)
    return details.length === 0 ? what : `${what}${t('explain.detail', { n: details.join(t('explain.semicolon')) })}`
  }

  #happening(node: Map): string {
    const { t, code } = this.w
    if (node['step'] !== undefined) return t('explain.step', { n: this.#names.get(text(node['step']))?.[this.w.language] ?? text(node['step']) })
    if (node['measure'] !== undefined) return t('explain.measure', { n: list(node['measure']).map((m) => code('measure', text(m))).join(t('explain.or')) })
    if (node['document'] !== undefined) return t('explain.issued', { n: list(node['document']).map(text).join(t('explain.or')) })
    return list(node['on']).map((type) => code('event', text(type))).join(t('explain.or'))
  }

  condition(node: Node | undefined): string {
    const { t } = this.w
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
      default: return cardPhrase(node, this) ?? `${key}${t('explain.detail', { n: this.any(value ?? null) })}`
    }
  }

  #joined(nodes: Node[], by: 'explain.and' | 'explain.or'): string {
    const parts = nodes.map((n) => this.condition(n))
    // Brackets only where two kinds of joining meet.
    const mixed = nodes.length > 1 ? nodes.map((n, i) => (isJoined(n) ? this.w.t('explain.bracket', { n: parts[i] ?? '' }) : (parts[i] ?? ''))) : parts
    return mixed.join(this.w.t(by))
  }

  #leaf(node: Map): string {
    const { field, ...operators } = node
    const name = this.field(text(field))
    return Object.entries(operators).map(([operator, value]) => this.#operator(name, text(field), operator, value)).join(this.w.t('explain.and'))
  }

  #operator(f: string, field: string, operator: string, value: Node): string {
    const { t, code } = this.w
    const yes = text(value) !== 'false'
    const other = () => this.field(text(value))
    switch (operator) {
      case 'is': return isTrue(value) ? t('op.true', { f }) : yes ? t('op.is', { f, v: this.value(field, value) }) : t('op.false', { f })
      case 'isNot': return isTrue(value) ? t('op.false', { f }) : t('op.isNot', { f, v: this.value(field, value) })
      case 'in': return t(list(value).length === 1 ? 'op.is' : 'op.in', { f, v: this.values(field, value) })
      case 'notIn': return t('op.notIn', { f, v: this.values(field, value) })
      case 'present': return t(yes ? 'op.present' : 'op.absent', { f })
      case 'blank': return t(yes ? 'op.absent' : 'op.present', { f })
      case 'contains': return t('op.contains', { f, v: list(value).map((v) => t('explain.quoted', { n: text(v) })).join(t('explain.or')) })
      case 'startsWith': return text(value) === 'np-' ? t('op.is', { f, v: t('op.notProsecuted') }) : t('op.startsWith', { f, v: this.value(field, value) })
      case 'greaterThan': return `${f} > ${text(value)}`
      case 'atLeast': return `${f} ≥ ${text(value)}`
      case 'lessThan': return `${f} < ${text(value)}`
      case 'after': return t('op.after', { f, v: this.day(value) })
      case 'before': return t('op.before', { f, v: this.day(value) })
      case 'sameAs': return t('op.sameAs', { f, v: other() })
      case 'differsFrom': return t('op.differs', { f, v: other() })
      case 'identityNumber': return t(yes ? 'op.identity' : 'op.noIdentity', { f })
      case 'creditCode': return t(yes ? 'op.identity' : 'op.noIdentity', { f })
      case 'codesDate': return t(yes ? 'op.codesDate' : 'op.noDate', { f })
      case 'provinceCode': return t(yes ? 'op.province' : 'op.noProvince', { f })
      case 'phone': return t(yes ? 'op.phone' : 'op.noPhone', { f })
      case 'properName': return t(yes ? 'op.name' : 'op.noName', { f })
      case 'birthOf': return t('op.birthOf', { f, v: other() })
      case 'sexOf': return t('op.sexOf', { f, v: other() })
      case 'hides': return t('op.hides', { f, v: other() })
      case 'fitsCase': return t('op.fitsCase', { f, v: other() })
      case 'monthsAfter': return isMap(value) ? t('op.monthsAfter', { f, v: this.field(text(value['start'])), n: this.field(text(value['months'])) }) : ''
      case 'spreadOver': return isMap(value) ? t('op.spreadOver', { f, v: this.field(text(value['lower'])), n: text(value['percent']) }) : ''
      default: return `${f} ${code('op', operator)} ${this.any(value)}`
    }
  }

  /** A date, a field, or a field and a period after it. */
  day(node: Node): string {
    if (!isMap(node)) return text(node)
    const plus = node['plus'] === undefined ? '' : ` + ${this.period(node['plus'])}`
    const then = node['then'] === undefined ? '' : ` + ${this.period(node['then'])}`
    return `${this.field(text(node['field']))}${plus}${isTrue(node['roll']) ? this.w.t('explain.rolled') : ''}${then}`
  }

  value(field: string, node: Node): string {
    const value = text(node)
    const prefixes = isOfCard(field) ? [] : field === 'event.type' ? ['event'] : field.endsWith('aseType') || field === 'case.type' ? ['caseType'] : ['decision', 'measure', 'value']
    for (const prefix of [`value.${field}`, ...prefixes]) {
      const words = this.w.code(prefix, value)
      if (words !== value) return words
    }
    if (value === 'true' || value === 'false') return this.w.t(value === 'true' ? 'app.yes' : 'app.no')
    return /^[\d.]+$/.test(value) ? value : this.w.t('explain.quoted', { n: value })
  }

  values(field: string, node: Node): string {
    // Offices write the same in several ways: `match`, 一致.
    const words = list(node).map((v) => this.value(field, v))
    const said = new Set(words.filter((w) => !w.startsWith('“')))
    return [...new Set(words.filter((w) => !said.has(w.slice(1, -1))))].join(this.w.t('explain.slash'))
  }

  field(name: string): string {
    const { t, code } = this.w
    if (name.startsWith('card.')) return t('explain.card', { n: name.slice(5) })
    if (name.startsWith('whole.')) return t('explain.whole', { n: name.slice(6) })
    if (name.startsWith('fields.')) return t('explain.filled', { n: name.slice(7) })
    return code('field', name)
  }
}

const isOfCard = (field: string): boolean => /^(card|whole|fields)\./.test(field)

function isJoined(node: Node): boolean {
  if (Array.isArray(node)) return node.length > 1
  return isMap(node) && ('all' in node || 'any' in node || ('field' in node && Object.keys(node).length > 2))
}
