import type { Deadline, EventRef, HistoryEntry, Proof } from '../../api/types'

export interface Sum {
  /** Days of each step that moves the end, in order. */
  days: number[]
  total: number
  /** Whether the steps lead from the start to the due date without a gap. */
  agrees: boolean
}

const DAY = 86_400_000

const dayOf = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY

/** The steps added up again, so that the screen shows a sum and not a claim. */
export function sum(deadline: Pick<Deadline, 'startedOn' | 'dueOn' | 'clock'>, proof: Pick<Proof, 'steps'>): Sum {
  const days = proof.steps.map((step) => step.days ?? 0).filter((n) => n !== 0)
  const total = days.reduce((a, b) => a + b, 0)
  const joined = proof.steps.every((step, i) => i === 0 || step.from === proof.steps[i - 1]?.to)
  return { days, total, agrees: joined && dayOf(deadline.startedOn) + total === dayOf(deadline.dueOn) }
}

/** The row of the history that an event is, if it is listed. */
export function entryOf(event: EventRef | null | undefined, history: readonly HistoryEntry[]): HistoryEntry | null {
  return event ? (history.find((h) => h.source === event.source && h.id === event.id) ?? null) : null
}
