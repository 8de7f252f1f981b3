import { useSyncExternalStore } from 'react'
import { messageOf, post, postLeaving } from '../api/client'
import { ACTS_PATH, bodyOf } from './acts'
import type { ActRow } from './acts'
import { Grace } from './grace'
import type { Held } from './grace'

/** The acts of this tab that are not sent yet. */
export const grace = new Grace({
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  send: async (order) => ((await post(ACTS_PATH, bodyOf(order.ids, order.act, order.said), order.key)) as { results: ActRow[] }).results,
  leave: (order) => postLeaving(ACTS_PATH, bodyOf(order.ids, order.act, order.said), order.key),
  explain: messageOf,
})

window.addEventListener('pagehide', () => grace.leave())
window.addEventListener('beforeunload', (event) => {
  if (grace.mustStay) event.preventDefault()
})

export function useHeld(): readonly Held[] {
  return useSyncExternalStore(grace.subscribe, grace.read)
}
