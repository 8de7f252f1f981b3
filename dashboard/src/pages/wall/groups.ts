import type { Alert, Level } from '../../api/types'
import { gravity } from '../../law/levels'

export const GROUPINGS = ['none', 'case', 'rule'] as const

export type Grouping = (typeof GROUPINGS)[number]

export function readGrouping(search: URLSearchParams): Grouping {
  const asked = search.get('group')
  return GROUPINGS.find((g) => g === asked) ?? 'case'
}

/** Alerts that are shown as one row: the gravest of them stands for all. */
export interface Group {
  key: string
  head: Alert
  alerts: Alert[]
  levels: [Level, number][]
}

/** Groups in the order of their first alert. */
export function grouped(alerts: readonly Alert[], by: Grouping): Group[] {
  const groups = new Map<string, Alert[]>()
  for (const alert of alerts) {
    const key = by === 'none' ? alert.id : by === 'case' ? alert.case : alert.rule
    const group = groups.get(key)
    if (group) group.push(alert)
    else groups.set(key, [alert])
  }
  return [...groups].map(([key, members]) => ({ key, head: gravest(members), alerts: members, levels: counted(members) }))
}

function gravest(alerts: readonly Alert[]): Alert {
  return alerts.reduce((a, b) => (gravity(b.level) < gravity(a.level) ? b : a))
}

function counted(alerts: readonly Alert[]): [Level, number][] {
  const counts = new Map<Level, number>()
  for (const { level } of alerts) counts.set(level, (counts.get(level) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => gravity(a) - gravity(b))
}
