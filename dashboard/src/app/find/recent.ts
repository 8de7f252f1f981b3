import type { Entry } from './entries'
import { caseEntry } from './entries'

/** Kept for this tab's session only, and ids only: who opened what concerns nobody who comes to this browser later. */
const stored = 'recent'
const MOST = 8

export function readRecent(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(stored) ?? '[]')
    return Array.isArray(kept) ? kept.filter((k) => typeof k === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

export const keyOf = ({ kind, id }: Pick<Entry, 'kind' | 'id'>): string => `${kind}:${id}`

export function remember(entry: Pick<Entry, 'kind' | 'id'>): void {
  const key = keyOf(entry)
  sessionStorage.setItem(stored, JSON.stringify([key, ...readRecent().filter((k) => k !== key)].slice(0, MOST)))
}

/** What was opened lately, named from what is known; a case is named by its number. */
export function recentEntries(kept: readonly string[], known: readonly Entry[]): Entry[] {
  const byKey = new Map(known.map((entry) => [keyOf(entry), entry]))
  return kept.flatMap((key) => {
    const entry = byKey.get(key)
    if (entry) return [entry]
    return key.startsWith('case:') ? [caseEntry({ id: key.slice('case:'.length), name: null })] : []
  })
}
