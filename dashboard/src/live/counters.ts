import type { Counters, Level } from '../api/types'

/** Counters by procuratorate; `*` holds a total that a server sent without saying whose parts it is the sum of. */
export type CountersByOffice = ReadonlyMap<string, Counters>

export function openCounters(counters: Counters | Counters[]): CountersByOffice {
  const list = Array.isArray(counters) ? counters : (counters.parts ?? [counters])
  return new Map(list.map((c) => [c.procuratorate ?? '*', c]))
}

/**
 * Replaces one procuratorate's part. Where the parts of a total are not known (`*` in the scope `all`), the item says
 * only that the total has aged: the result is the same map, and the caller asks for a fresh snapshot.
 */
export function withCounters(held: CountersByOffice, counters: Counters, scope: string): CountersByOffice {
  const code = counters.procuratorate ?? '*'
  if (code !== '*' && held.has('*')) return scope === 'all' ? held : new Map([[code, counters]])
  return new Map(held).set(code, counters)
}

function add(into: Record<string, number>, from: Record<string, number>): void {
  for (const [key, n] of Object.entries(from)) into[key] = (into[key] ?? 0) + n
}

export function sum(held: CountersByOffice): Counters {
  const total: Counters = { levels: {}, categories: {}, departments: {}, openCases: 0 }
  for (const counters of held.values()) {
    add(total.levels, counters.levels)
    add(total.categories, counters.categories)
    for (const [id, levels] of Object.entries(counters.departments)) add((total.departments[id] ??= {}), levels)
    total.openCases += counters.openCases
  }
  return total
}

export function totalOf(levels: Partial<Record<Level, number>>): number {
  return Object.values(levels).reduce((a, n) => a + n, 0)
}
