import type { Alert } from '../../api/types'
import { gravity } from '../../law/levels'

/** Findings of one rule, told under its name and article once. */
export interface FindingGroup {
  rule: string
  /** The gravest first. */
  alerts: Alert[]
}

/** Open findings by rule, the rule with the gravest on top; within a rule by gravity, then by what is due first. */
export function byRule(alerts: readonly Alert[]): FindingGroup[] {
  const groups = new Map<string, Alert[]>()
  for (const alert of alerts) groups.set(alert.rule, [...(groups.get(alert.rule) ?? []), alert])
  const due = (a: Alert) => a.dueOn ?? '9999'
  return [...groups]
    .map(([rule, some]) => ({ rule, alerts: [...some].sort((a, b) => gravity(a.level) - gravity(b.level) || (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : 0)) }))
    .sort((a, b) => gravity(a.alerts[0]?.level ?? null) - gravity(b.alerts[0]?.level ?? null) || (a.rule < b.rule ? -1 : 1))
}
