import { useSyncExternalStore } from 'react'
import type { Moment } from './remaining'

/**
 * The server's legal clock, carried on between readings by the browser's monotonic clock, so that neither a wrong
 * desktop clock nor a simulated server clock can show a wrong countdown.
 */
interface Reading {
  legal: Moment
  monotonic: number
  /** Half the round trip: the reading is right to within this many real milliseconds. */
  uncertainty: number
  speed: number
  simulated: boolean
}

let reading: Reading = { legal: Date.now(), monotonic: performance.now(), uncertainty: Infinity, speed: 1, simulated: false }

export function setClock(now: string, sent: number, received: number, clock: { simulated: boolean; speed: number }): void {
  const speed = clock.speed > 0 ? clock.speed : 1
  const next: Reading = {
    legal: Date.parse(now),
    monotonic: (sent + received) / 2,
    uncertainty: (received - sent) / 2,
    speed,
    simulated: clock.simulated,
  }
  // A quick round trip tells the time better than a slow one; crystals drift, so an old reading loses its rank.
  const age = next.monotonic - reading.monotonic
  const drift = Math.abs(legalNow(next.monotonic) - next.legal) / speed
  const better = next.uncertainty <= reading.uncertainty + age / 20_000
  if (better || speed !== reading.speed || drift > next.uncertainty + reading.uncertainty) reading = next
}

export function legalNow(monotonic: number = performance.now()): Moment {
  return reading.legal + (monotonic - reading.monotonic) * reading.speed
}

export function clockSpeed(): { speed: number; simulated: boolean } {
  return { speed: reading.speed, simulated: reading.simulated }
}

/** Real milliseconds between something the server stamped `at` and the monotonic instant it was seen here. */
export function latencyOf(at: string, seen: number): number {
  return Math.max(0, (legalNow(seen) - Date.parse(at)) / reading.speed)
}

const listeners = new Set<() => void>()
let beat = 0
let timer: ReturnType<typeof setTimeout> | undefined

function tick(): void {
  beat = legalNow()
  for (const listener of listeners) listener()
  const period = reading.speed > 1 ? 200 : 1000
  // On the real clock, wake with the legal second so that the wall's clock does not skip one.
  timer = setTimeout(tick, reading.speed > 1 ? period : period - (beat % period) + 5)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) tick()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearTimeout(timer)
      timer = undefined
    }
  }
}

/** Legal time, once a second (five times a second on a simulated clock). */
export function useLegalNow(): Moment {
  return useSyncExternalStore(subscribe, () => (beat === 0 ? (beat = legalNow()) : beat))
}
