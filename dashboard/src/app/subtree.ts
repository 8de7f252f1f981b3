import type { Units } from '../api/types'

/** A procuratorate with those below it, in the order of a walk by code; a ring ends where it began. */
export function subtree(units: Units, code: string): { code: string; name: string; depth: number }[] {
  const byParent = new Map<string | null, Units['procuratorates']>()
  for (const unit of units.procuratorates) byParent.set(unit.parent, [...(byParent.get(unit.parent) ?? []), unit])
  const own = units.procuratorates.find((u) => u.code === code)
  if (own === undefined) return []
  const seen = new Set<string>()
  const walk = (unit: Units['procuratorates'][number], depth: number): { code: string; name: string; depth: number }[] => {
    if (seen.has(unit.code)) return []
    seen.add(unit.code)
    const below = [...(byParent.get(unit.code) ?? [])].sort((a, b) => (a.code < b.code ? -1 : 1))
    return [{ code: unit.code, name: unit.name, depth }, ...below.flatMap((u) => walk(u, depth + 1))]
  }
  return walk(own, 0)
}

/** The offices that a filter `under` names; `null` while the units are not known. */
export function below(units: Units | null, code: string | null): ReadonlySet<string> | null {
  if (code === null) return NOWHERE
  return units === null ? null : new Set([code, ...subtree(units, code).map((u) => u.code)])
}

const NOWHERE: ReadonlySet<string> = new Set()
