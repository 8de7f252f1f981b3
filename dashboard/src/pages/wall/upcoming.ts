import type { Level } from '../../api/types'

/** The next deadline of a case, as `GET /api/wall/deadlines` answers. */
export interface Upcoming {
  case: string
  name: string | null
  limit: string
  dueOn: string
  dueAt: string
  light: Level | null
  custody: boolean
  procuratorate: string | null
  department: string | null
  prosecutor: string | null
}

export interface UpcomingAnswer {
  from: string
  until: string
  items: Upcoming[]
  more: boolean
}

const HOUR = 3_600_000
export const SPAN = 7 * 24 * HOUR

/** Deadlines within so many hours, counted together. */
export const WITHIN = [24, 72, 168] as const

export function within(items: readonly Upcoming[], now: number, hours: number): Upcoming[] {
  return items.filter((i) => {
    const left = Date.parse(i.dueAt) - now
    return left > 0 && left <= hours * HOUR
  })
}

export interface Pin {
  /** Place on the axis, 0 to 1. */
  at: number
  items: Upcoming[]
}

/** Deadlines that expire at one instant stand on each other; most end at midnight. */
export function pins(items: readonly Upcoming[], now: number): Pin[] {
  const byInstant = new Map<number, Upcoming[]>()
  for (const item of within(items, now, SPAN / HOUR)) {
    const at = Date.parse(item.dueAt)
    const together = byInstant.get(at)
    if (together) together.push(item)
    else byInstant.set(at, [item])
  }
  return [...byInstant].sort(([a], [b]) => a - b).map(([at, together]) => ({ at: (at - now) / SPAN, items: together }))
}

/** The legal midnights on the axis, with the day that begins there. */
export function midnights(now: number): { at: number; date: string }[] {
  const offset = 8 * HOUR
  const day = 24 * HOUR
  const first = Math.ceil((now + offset) / day) * day - offset
  return Array.from({ length: 7 }, (_, i) => first + i * day)
    .filter((at) => at <= now + SPAN)
    .map((at) => ({ at: (at - now) / SPAN, date: new Date(at + offset).toISOString().slice(5, 10) }))
}
