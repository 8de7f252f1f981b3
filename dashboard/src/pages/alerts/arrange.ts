import type { Alert, Level } from '../../api/types'
import { gravity } from '../../law/levels'

export const SORTS = ['raised', 'due', 'level', 'case'] as const
export type Sort = (typeof SORTS)[number]

export const GROUPS = ['case', 'rule', 'department', 'prosecutor', 'level'] as const
export type Group = (typeof GROUPS)[number]

export interface GroupItem {
  kind: 'group'
  /** What its alerts have in common; empty where they have none. */
  value: string
  first: Alert
  gravest: Level
  ids: readonly string[]
}

export type Item = GroupItem | { kind: 'row'; alert: Alert }

export function isSort(value: string | null): value is Sort {
  return (SORTS as readonly (string | null)[]).includes(value)
}

export function isGroup(value: string | null): value is Group {
  return (GROUPS as readonly (string | null)[]).includes(value)
}

/** Instants of the server all have the same offset, so their texts sort as they do; a day ends after all its instants. */
const dueKey = (a: Alert) => (a.dueOn === null ? '~' : a.dueOn.length === 10 ? `${a.dueOn}T~` : a.dueOn)

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const ORDERS: Record<Sort, (a: Alert, b: Alert) => number> = {
  raised: (a, b) => compare(b.raisedAt, a.raisedAt),
  due: (a, b) => compare(dueKey(a), dueKey(b)),
  level: (a, b) => gravity(a.level) - gravity(b.level) || compare(dueKey(a), dueKey(b)),
  case: (a, b) => compare(a.case, b.case) || compare(dueKey(a), dueKey(b)),
}

/** Alerts in order, under the heads of their groups: the gravest group first, then the largest. */
export function arrange(alerts: readonly Alert[], sort: Sort, group: Group | null, folded: ReadonlySet<string>): Item[] {
  const order = ORDERS[sort]
  const sorted = [...alerts].sort((a, b) => order(a, b) || compare(a.id, b.id))
  if (group === null) return sorted.map((alert) => ({ kind: 'row', alert }))

  const groups = new Map<string, Alert[]>()
  for (const alert of sorted) {
    const value = alert[group] ?? ''
    const list = groups.get(value)
    if (list === undefined) groups.set(value, [alert])
    else list.push(alert)
  }
  const heads = [...groups].map(([value, list]) => {
    const gravest = list.reduce((worst, a) => (gravity(a.level) < gravity(worst.level) ? a : worst)).level
    return { head: { kind: 'group' as const, value, first: list[0] as Alert, gravest, ids: list.map((a) => a.id) }, list }
  })
  heads.sort((a, b) => gravity(a.head.gravest) - gravity(b.head.gravest) || b.list.length - a.list.length || compare(a.head.value, b.head.value))
  return heads.flatMap(({ head, list }): Item[] => [head, ...(folded.has(head.value) ? [] : list.map((alert): Item => ({ kind: 'row', alert })))])
}
