import type { Units } from '../../api/types'

export interface Unit {
  code: string
  name: string
  depth: number
}

/** The procuratorates in the order of a walk through the tree, by code on each level; whose parent is unknown stands on top. */
export function treeOf(units: Units): Unit[] {
  const known = new Set(units.procuratorates.map((u) => u.code))
  const below = new Map<string | null, Units['procuratorates']>()
  for (const unit of units.procuratorates) {
    const parent = unit.parent != null && known.has(unit.parent) ? unit.parent : null
    below.set(parent, [...(below.get(parent) ?? []), unit])
  }
  const walk = (parent: string | null, depth: number): Unit[] =>
    [...(below.get(parent) ?? [])]
      .sort((a, b) => (a.code < b.code ? -1 : 1))
      .flatMap((u) => [{ code: u.code, name: u.name, depth }, ...walk(u.code, depth + 1)])
  return walk(null, 0)
}
