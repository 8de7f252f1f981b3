import type { HistoryEntry } from '../../api/types'

/** The instants of a case, earliest first: one for all that happened at the same time. */
export function instants(history: readonly Pick<HistoryEntry, 'time'>[]): string[] {
  const known = new Map(history.map((h) => [Date.parse(h.time), h.time]))
  return [...known].sort(([a], [b]) => a - b).map(([, time]) => time)
}

/** The place on the slider: 0 is the first instant, `instants.length` the present. An instant between two events stands at the one before it. */
export function placeOf(all: readonly string[], asOf: string | null): number {
  if (asOf === null) return all.length
  const at = Date.parse(asOf)
  const later = all.findIndex((time) => Date.parse(time) > at)
  return Math.max(0, (later < 0 ? all.length : later) - 1)
}

/** What the address says for a place; null for the present. */
export function asOfAt(all: readonly string[], place: number): string | null {
  return place >= all.length ? null : (all[Math.max(0, place)] ?? null)
}

/** Where a key leads; null for one that means nothing here. */
export function stepped(place: number, key: string, last: number): number | null {
  const clamp = (n: number) => Math.min(Math.max(n, 0), last)
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
    case ',':
      return clamp(place - 1)
    case 'ArrowRight':
    case 'ArrowUp':
    case '.':
      return clamp(place + 1)
    case 'PageUp':
      return clamp(place - 10)
    case 'PageDown':
      return clamp(place + 10)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}
