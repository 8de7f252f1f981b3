import { isMap, isTrue, list, text } from './nodes'
import type { Map, Node } from './nodes'
import type { Phrases } from './phrases'

/** A condition over several fields of case cards; null for one that is none. */
export function cardPhrase(condition: Map, p: Phrases): string | null {
  const { t } = p.w
  const [[key, value] = ['', null], [other, than] = ['', null]] = Object.entries(condition)
  const part = (name: string) => p.field(text(isMap(value) ? value[name] : null))
  switch (key) {
    case 'order': return t('card.order', { n: list(value).map((f) => text(f).split('.')[1] ?? text(f)).join(' → ') })
    case 'anyCardDate': return t('card.anyDate', { n: text(isMap(value) ? value['inFutureOrBefore'] : null) })
    case 'values': return other === 'differFrom' ? t('op.differs', { f: p.field(text(value)), v: p.field(text(than)) }) : null
    case 'moreThanRounds': return t('card.rounds', { n: part('extensions') })
    case 'outsideBand': return t('card.outsideBand', { c: isMap(value) ? charges(value['charges'], p) : '', f: part('term'), k: part('kind') })
    case 'charges': return ofCharges(charges(value, p), other, than ?? null, p)
    default: return null
  }
}

/** `card.latest`: the charges of a card at a stage. */
function charges(node: Node | undefined, { w: { t, code } }: Phrases): string {
  const [holder = '', group = ''] = text(node).split('.')
  return `${t(holder === 'whole' ? 'card.ofWhole' : 'card.ofSuspect')}${code('charges.of', group)}`
}

function ofCharges(c: string, key: string, value: Node, p: Phrases): string | null {
  const { t } = p.w
  switch (key) {
    case 'some': return t('charges.some', { c, n: tests(value, p) })
    case 'every': return t('charges.every', { c, n: tests(value, p) })
    case 'none': return t('charges.none', { c, n: tests(value, p) })
    case 'notEvery': return t('charges.notEvery', { c, n: tests(value, p) })
    case 'sameAs': return t('charges.sameAs', { c, n: charges(value, p) })
    case 'differFrom': return t('charges.differFrom', { c, n: charges(value, p) })
    case 'notIn': return t('charges.notIn', { c, n: charges(value, p) })
    case 'notOfSuspects': return t('charges.notOfSuspects', { c, n: charges(value, p) })
    default: return null
  }
}

function tests(node: Node, p: Phrases): string {
  return isMap(node) ? Object.entries(node).map(([key, value]) => test(key, value, p)).join(p.w.t('explain.and')) : text(node)
}

function test(key: string, value: Node, p: Phrases): string {
  const { t } = p.w
  const yes = isTrue(value)
  const all = list(value).map(text)
  switch (key) {
    case 'articles': return t('charge.articles', { n: all.map((a) => article(a, p)).join(t('explain.comma')) })
    case 'chapters': return t('charge.chapters', { n: all.join(t('explain.comma')) })
    case 'named': return all.join(t('explain.comma'))
    case 'negligent': return t(yes ? 'charge.negligent' : 'charge.intentional')
    case 'duty': return t(yes ? 'charge.duty' : 'charge.noDuty')
    case 'ownInvestigation': return t(yes ? 'charge.own' : 'charge.notOwn')
    case 'fromFourteen': return t(yes ? 'charge.fourteen' : 'charge.notFourteen')
    case 'fromTwelve': return t(yes ? 'charge.twelve' : 'charge.notTwelve')
    case 'fine': return p.w.code('charge.fine', text(value))
    case 'repealedOn': return t('charge.repealed', { n: p.field(text(value)) })
    case 'citedIn': return t('charge.cited', { n: p.field(text(value)) })
    default: return `${key} ${p.any(value)}`
  }
}

const ORDINALS = '一二三四五六七八九'

/** `224-1` is 第224条之一, `213..219` a range. */
function article(place: string, { w: { t, language } }: Phrases): string {
  const [first, last] = place.split('..')
  if (first === last) return t('charge.all', { n: first ?? '' })
  return place.split('..').map((end) => {
    const [n = '', inserted] = end.split('-')
    if (inserted === undefined) return t('charge.article', { n })
    return t('charge.inserted', { n, i: language === 'zh' ? (ORDINALS[Number(inserted) - 1] ?? inserted) : inserted })
  }).join(t('charge.to'))
}
