/** China Standard Time has had no daylight saving since 1991: a legal day starts at 00:00 +08:00. */
const OFFSET = 8 * 3600_000
const DAY = 86_400_000

export type Moment = number

export interface Remaining {
  overdue: boolean
  days: number
  hours: number
  minutes: number
  seconds: number
}

/**
 * The first instant at which a limit is missed, in milliseconds since the epoch. A day-limit is met until D 24:00,
 * so it ends with the start of the next day; an hour-limit ends at its instant.
 */
export function dueInstant(due: string): Moment {
  return /^\d{4}-\d{2}-\d{2}$/.test(due) ? Date.parse(`${due}T00:00:00+08:00`) + DAY : Date.parse(due)
}

/** What is left until `due`, or how long it has been over. The instant of expiry itself is already overdue. */
export function remaining(due: Moment, now: Moment): Remaining {
  const left = due - now
  // A countdown rounds down to the second that is still whole; an overdue clock counts whole seconds passed.
  const total = Math.floor(Math.abs(left) / 1000)
  return {
    overdue: left <= 0,
    days: Math.floor(total / 86_400),
    hours: Math.floor(total / 3600) % 24,
    minutes: Math.floor(total / 60) % 60,
    seconds: total % 60,
  }
}

export type Part = 'day' | 'hour' | 'minute' | 'second'

/** The two largest parts that say something: days and hours, hours and minutes, or minutes and seconds. */
export function parts(r: Remaining): [Part, number][] {
  if (r.days > 0) return r.days < 100 && r.hours > 0 ? [['day', r.days], ['hour', r.hours]] : [['day', r.days]]
  if (r.hours > 0) return r.minutes > 0 ? [['hour', r.hours], ['minute', r.minutes]] : [['hour', r.hours]]
  if (r.minutes > 0) return [['minute', r.minutes], ['second', r.seconds]]
  return [['second', r.seconds]]
}

const two = (n: number) => String(n).padStart(2, '0')

/** Legal date and time of day, whatever the zone of the browser. */
export function legal(now: Moment): { date: string; time: string; weekday: number } {
  const d = new Date(now + OFFSET)
  return {
    date: `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`,
    time: `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`,
    weekday: d.getUTCDay(),
  }
}

/** `MM-DD HH:mm` on the legal calendar; the year is added when it is not the current one. */
export function shortInstant(instant: string, now: Moment): string {
  const { date, time } = legal(Date.parse(instant))
  const year = date.slice(0, 4)
  const shown = year === legal(now).date.slice(0, 4) ? date.slice(5) : date
  return `${shown} ${time.slice(0, 5)}`
}
