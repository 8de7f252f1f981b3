/** Legal days are those of +08:00. */
const OFFSET = 8 * 3600_000
const DAY = 86_400_000

/** The legal day of an instant, `YYYY-MM-DD`. */
export function dayOf(moment: number): string {
  return new Date(moment + OFFSET).toISOString().slice(0, 10)
}

export interface Month {
  year: number
  /** From 1. */
  month: number
}

export function monthOf(day: string): Month {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)) }
}

export function plus({ year, month }: Month, months: number): Month {
  const all = year * 12 + (month - 1) + months
  return { year: Math.floor(all / 12), month: (((all % 12) + 12) % 12) + 1 }
}

/** The weeks that a month touches, from Monday to Sunday, as days. */
export function weeksOf({ year, month }: Month): string[][] {
  const first = Date.UTC(year, month - 1, 1)
  const last = Date.UTC(year, month, 0)
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY
  const weeks: string[][] = []
  for (let week = monday; week <= last; week += 7 * DAY)
    weeks.push(Array.from({ length: 7 }, (_, i) => new Date(week + i * DAY).toISOString().slice(0, 10)))
  return weeks
}
