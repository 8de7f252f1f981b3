import type { FeedItem } from '../api/types'

/** What of a batch is new and in order, and whether something before the rest is missing. */
export function accept(last: number | null, batch: readonly FeedItem[]): { fresh: FeedItem[]; gap: boolean } {
  const fresh: FeedItem[] = []
  // Before the first snapshot there is nothing to apply an item to: the snapshot will contain it.
  if (last === null) return { fresh, gap: false }
  let expected = last + 1
  for (const item of [...batch].sort((a, b) => a.sequence - b.sequence)) {
    if (item.sequence < expected) continue
    if (item.sequence > expected) return { fresh, gap: true }
    fresh.push(item)
    expected++
  }
  return { fresh, gap: false }
}

export function lastSequence(items: readonly FeedItem[]): number | undefined {
  return items.at(-1)?.sequence
}
