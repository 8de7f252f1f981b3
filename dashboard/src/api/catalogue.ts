/** Shapes of the catalogue and of its authoring. */
import type { Level, Text } from './types'

export interface RuleVersion {
  version: number
  effectiveFrom: string | null
  effectiveUntil: string | null
  origin: 'built-in' | 'published'
  procuratorate: string | null
  publishedBy: string | null
  publishedAt: string | null
  /** Only where one rule is read. */
  yaml?: string | null
}

export interface RuleExample {
  title: string
  level?: string | null
}

export interface Rule {
  id: string
  name: Text
  category: string
  level: string
  custodyLevel: string | null
  blocking: boolean
  refer: boolean
  leads: string[]
  basis: string
  template: string
  parameters: Record<string, unknown>
  caseTypes: string[]
  effectiveFrom: string | null
  effectiveUntil: string | null
  source: string | null
  manual: Text | null
  unobservable: boolean
  shadow: { fired: number; cases: number; draft: string | null } | null
  versions: RuleVersion[]
  examples: { fires: RuleExample[]; silent: RuleExample[] } | null
  yaml: string | null
  fired: number | null
  dismissed: number | null
  decided: number | null
  precision: number | null
}

/** What a server may leave out. */
export type SentRule = Pick<Rule, 'id'> &
  Partial<Omit<Rule, 'id' | 'examples'>> & { effectiveTo?: string | null; examples?: Rule['examples'] | number }

/** A rule with every field, whatever the server left out. */
export function ruleOf(sent: SentRule): Rule {
  return {
    id: sent.id,
    name: sent.name ?? { zh: sent.id, en: sent.id },
    category: sent.category ?? '',
    level: sent.level ?? '',
    custodyLevel: sent.custodyLevel ?? null,
    blocking: sent.blocking ?? false,
    refer: sent.refer ?? false,
    leads: sent.leads ?? [],
    basis: sent.basis ?? '',
    template: sent.template ?? '',
    parameters: sent.parameters ?? {},
    caseTypes: sent.caseTypes ?? [],
    effectiveFrom: sent.effectiveFrom ?? null,
    effectiveUntil: sent.effectiveUntil ?? sent.effectiveTo ?? null,
    source: sent.source ?? null,
    manual: sent.manual ?? null,
    unobservable: sent.unobservable ?? false,
    shadow: sent.shadow ?? null,
    versions: sent.versions ?? [],
    examples: typeof sent.examples === 'object' && sent.examples !== null ? { fires: sent.examples.fires, silent: sent.examples.silent } : null,
    yaml: sent.yaml ?? null,
    fired: sent.fired ?? null,
    dismissed: sent.dismissed ?? null,
    decided: sent.decided ?? null,
    precision: sent.precision ?? null,
  }
}

export interface CatalogueFacts {
  version: number
  rules: number
  limits: number
  templates: Record<string, number>
  sources: { read: number; memory: number }
  manual: string[]
  canEdit: boolean
  canPublish: boolean
}

export interface Limit {
  id: string
  name: Text
  start?: Text | string | null
  article?: Text | string | null
  basis?: string | null
  clock?: string | null
  length?: string | null
  variants?: string[]
  extensions?: string[]
  leads?: string[]
  /** Of a limit that counts back: how long before its start the act is due. */
  before?: string | null
  notComputable?: Text | string | boolean | null
  effectiveFrom?: string | null
  effectiveUntil?: string | null
  source?: string | null
  note?: Text | string | null
  /** Whether cases start it by themselves. */
  runs?: boolean
  /** Empty: in every type. */
  caseTypes?: string[]
}

export interface Step {
  code: string
  name?: Text | string | null
  rules?: string[]
}

/** The states that cases of some types go through; `default` is any type without a course of its own. */
export interface Course {
  caseTypes: string[]
  states: { code: string; name: Text; open: boolean }[]
}

export interface EventType {
  type: string
  canBeSwitchedOff?: boolean | null
  fields?: { name: string; type: string; required: boolean; values?: string[] | null }[]
}

export interface RuleError {
  file?: string | null
  line?: number | null
  reason: string
}

export type DraftState = 'draft' | 'shadow' | 'published' | 'withdrawn' | 'rolled-back'

export interface Draft {
  id: string
  procuratorate: string | null
  rules: string[]
  yaml: string
  note: string | null
  state: DraftState
  editors: string[]
  createdAt: string | null
  changedAt: string | null
  version: number | null
  effectiveFrom: string | null
  publishedBy: string | null
  publishedAt: string | null
  shadow: { since: string | null; fired: number; cases: number } | null
  backtest: Backtest | null
}

export interface WeekCount {
  week: string
  alerts: number
}

export interface BacktestSide {
  alerts: number
  cases: number
  perWeek: WeekCount[]
}

export interface BacktestRule {
  rule: string
  live: BacktestSide | null
  draft: BacktestSide
  added: number
  removed: number
}

export interface BacktestCase {
  case: string
  rule: string
  subject: string
  change: 'added' | 'removed' | 'changed'
  level: Level | null
  raisedAt: string | null
}

export interface Backtest {
  state: 'running' | 'done' | 'cancelled' | 'failed'
  done?: number | null
  total?: number | null
  casesPerSecond?: number | null
  startedAt?: string | null
  finishedAt?: string | null
  rules?: BacktestRule[]
  cases?: BacktestCase[]
  casesTotal?: number | null
}
