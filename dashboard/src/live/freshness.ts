/** What is known about how true the screen is. All instants are monotonic milliseconds of this tab. */
export interface Freshness {
  connected: boolean
  startedAt: number
  /** Last time the server proved it is there: a message, an answered Watch, or a ping while the hub is connected. */
  proofAt: number | null
  /** Last time a Watch at the tail confirmed that nothing is missing. */
  verifiedAt: number | null
  eventAt: number | null
  sequence: number | null
  /** Real milliseconds from the server's stamp on the newest item to this tab. */
  latency: number | null
  roundTrip: number | null
  stale: boolean
}

export const FRESH: Freshness = {
  connected: false,
  startedAt: 0,
  proofAt: null,
  verifiedAt: null,
  eventAt: null,
  sequence: null,
  latency: null,
  roundTrip: null,
  stale: false,
}

/** Silence of more than this many milliseconds makes a screen untrustworthy. An idle, answered connection is not silent. */
export const STALE_AFTER = 5000

export function isStale(f: Freshness, now: number): boolean {
  return now - (f.proofAt ?? f.startedAt) > STALE_AFTER
}
