import { useEffect, useState, useSyncExternalStore } from 'react'
import type { FeedItem } from '../api/types'
import { readFreshness, refreshScope, subscribeFreshness, watchScope } from './connection'
import type { Freshness } from './freshness'

/** Bursts are folded into the state at once but shown at most this often, in milliseconds. */
const FRAME = 16

export interface Feed<T> {
  state: T | null
  refused: boolean
  /** Asks for a fresh snapshot. */
  refresh: () => void
}

/** How a scope's snapshot becomes state and how items change it; both pure. Must be a constant, not made in a render. */
export interface Fold<S, T> {
  open: (snapshot: S) => T
  apply: (state: T, item: FeedItem) => T
}

class Store<S, T> {
  private readonly listeners = new Set<() => void>()
  private readonly scope: string | null
  private readonly fold: Fold<S, T>
  private state: T | null = null
  private refused = false
  private shown: Feed<T>
  private shownAt = -Infinity
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(scope: string | null, fold: Fold<S, T>) {
    this.scope = scope
    this.fold = fold
    this.shown = this.view()
  }

  private view(): Feed<T> {
    return { state: this.state, refused: this.refused, refresh: () => this.scope !== null && refreshScope(this.scope) }
  }

  private show(): void {
    if (this.timer !== undefined) return
    const wait = this.shownAt + FRAME - performance.now()
    if (wait <= 0) this.flush()
    else this.timer = setTimeout(() => this.flush(), wait)
  }

  private flush(): void {
    this.timer = undefined
    this.shownAt = performance.now()
    this.shown = this.view()
    for (const listener of this.listeners) listener()
  }

  readonly read = (): Feed<T> => this.shown

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    const { scope } = this
    const leave =
      scope === null
        ? () => undefined
        : watchScope({
            scope,
            snapshot: (snapshot) => {
              this.state = this.fold.open(snapshot as S)
              this.refused = false
              this.show()
            },
            items: (items) => {
              if (this.state === null) return
              let state: T = this.state
              for (const item of items) state = this.fold.apply(state, item)
              this.state = state
              this.show()
            },
            refused: () => {
              this.refused = true
              this.show()
            },
          })
    return () => {
      this.listeners.delete(listener)
      leave()
    }
  }
}

/** Follows one scope: the snapshot first, then every item once and in order, across reconnects. */
export function useFeed<S, T>(scope: string | null, fold: Fold<S, T>): Feed<T> {
  const [held, hold] = useState(() => ({ scope, store: new Store(scope, fold) }))
  let { store } = held
  if (held.scope !== scope) {
    store = new Store(scope, fold)
    hold({ scope, store })
  }
  return useSyncExternalStore(store.subscribe, store.read)
}

/** Calls back on every item of a scope, and when a snapshot says that some may have been missed; for pages that read through /api. */
export function useFeedItems(
  scope: string | null,
  onItems: (items: FeedItem[]) => void,
  onSnapshot: () => void,
): void {
  useEffect(() => {
    if (scope === null) return undefined
    return watchScope({ scope, snapshot: onSnapshot, items: onItems, refused: () => undefined })
  }, [scope, onItems, onSnapshot])
}

/** Only whether the screen can be trusted; changes seldom, so a whole page may depend on it. */
export function useStale(): boolean {
  return useSyncExternalStore(subscribeFreshness, () => readFreshness().stale)
}

export function useFreshness(): Freshness {
  return useSyncExternalStore(subscribeFreshness, readFreshness)
}
