import { useEffect, useRef, useState } from 'react'
import type { Alert } from '../../api/types'

const STORED = 'wall-sound'
const RED = new Set(['L3', 'W3'])
/** A wall that rings all the time is switched off for good. */
const QUIET = 5000

let context: AudioContext | undefined

/** Two short tones; nothing is loaded for them. */
function ring(): void {
  context ??= new AudioContext()
  void context.resume()
  const start = context.currentTime
  for (const [delay, pitch] of [[0, 880], [0.22, 660]] as const) {
    const tone = context.createOscillator()
    const gain = context.createGain()
    tone.frequency.value = pitch
    gain.gain.setValueAtTime(0.0001, start + delay)
    gain.gain.exponentialRampToValueAtTime(0.3, start + delay + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.0001, start + delay + 0.2)
    tone.connect(gain).connect(context.destination)
    tone.start(start + delay)
    tone.stop(start + delay + 0.21)
  }
}

/** Red alerts that were not there before; `known` null is the first look, at which nothing is new. */
export function freshRed(alerts: readonly Alert[], known: ReadonlySet<string> | null): { ids: ReadonlySet<string>; fresh: boolean } {
  const ids = new Set(alerts.filter((a) => RED.has(a.level)).map((a) => `${a.id} ${a.level}`))
  return { ids, fresh: known !== null && [...ids].some((id) => !known.has(id)) }
}

/** Rings for a new red alert where somebody switched that on. */
export function useSound(alerts: readonly Alert[]): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => localStorage.getItem(STORED) === 'on')
  const known = useRef<ReadonlySet<string> | null>(null)
  const rang = useRef(-Infinity)
  useEffect(() => {
    const { ids, fresh } = freshRed(alerts, known.current)
    known.current = ids
    if (!on || !fresh || performance.now() - rang.current < QUIET) return
    rang.current = performance.now()
    ring()
  }, [alerts, on])
  const choose = (next: boolean) => {
    localStorage.setItem(STORED, next ? 'on' : 'off')
    setOn(next)
    // The browser lets a page sound only after a click, and whoever clicks hears what it will be.
    if (next) ring()
  }
  return [on, choose]
}
