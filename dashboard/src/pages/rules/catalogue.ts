import type { Rule } from '../../api/catalogue'

/** The filters of the address; `null` where one is not set. */
export const RULE_FILTERS = ['q', 'category', 'template', 'source', 'caseType', 'level', 'only'] as const

export type RuleFilters = Record<(typeof RULE_FILTERS)[number], string | null>

/** What `only` may ask for: rules that people apply, that stay silent here, that the office changed, that run in a draft's shadow. */
export const ONLY = ['manual', 'unobservable', 'changed', 'shadow'] as const

export const isChanged = (rule: Rule): boolean => rule.versions.some((v) => v.origin === 'published')

const only: Record<(typeof ONLY)[number], (rule: Rule) => boolean> = {
  manual: isManual,
  unobservable: (rule) => rule.unobservable,
  changed: isChanged,
  shadow: (rule) => rule.shadow !== null,
}

export function isManual(rule: Rule): boolean {
  return rule.manual !== null || rule.template === 'manual'
}

/** Latin and digits in any case and width, so that what an input method writes still finds `QX-008`. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

function textOf(rule: Rule): string {
  return folded([rule.id, rule.name.zh, rule.name.en, rule.basis, rule.category].join('\n'))
}

/** Every word must occur in the id, a name, the article or the category. */
export function finds(query: string, text: string): boolean {
  return folded(query).split(/\s+/).filter(Boolean).every((word) => text.includes(word))
}

export function select(rules: readonly Rule[], f: RuleFilters): Rule[] {
  const test = f.only !== null && f.only in only ? only[f.only as (typeof ONLY)[number]] : null
  return rules.filter(
    (rule) =>
      (f.category === null || rule.category === f.category) &&
      (f.template === null || rule.template === f.template) &&
      (f.source === null || rule.source === f.source) &&
      // A rule without case types looks at all of them.
      (f.caseType === null || rule.caseTypes.length === 0 || rule.caseTypes.includes(f.caseType)) &&
      (f.level === null || rule.level === f.level || rule.custodyLevel === f.level) &&
      (test === null || test(rule)) &&
      (f.q === null || finds(f.q, textOf(rule))),
  )
}

/** The values that occur, the most frequent first, for the options of a filter. */
export function options(rules: readonly Rule[], read: (rule: Rule) => readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const rule of rules) for (const value of read(rule)) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([value]) => value)
}

export interface PeriodParts {
  n: number
  unit: 'h' | 'd' | 'wd' | 'm' | 'y'
}

/** `24h`, `7d`, `3wd`, `1m`, `2y`. */
export function periodOf(text: string): PeriodParts | null {
  const match = /^(\d+)(h|d|wd|m|y)$/.exec(text.trim())
  return match ? { n: Number(match[1]), unit: match[2] as PeriodParts['unit'] } : null
}
