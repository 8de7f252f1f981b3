import { post } from '../api/client'
import type { Alert, EventRef, Me, Role } from '../api/types'
import { isOpen } from '../live/alerts'

export const ACTS = ['acknowledge', 'reply', 'notice', 'refer', 'dismiss', 'close'] as const
export type Act = (typeof ACTS)[number]

/** What an act says beside its name. */
export interface Said {
  note?: string
  reason?: string
  kind?: 'oral' | 'written' | 'report'
  text?: string
  to?: 'quality-review' | 'inspection' | 'department'
  /** Events of the case, and what is not among them in words. */
  evidence?: (string | EventRef)[]
}

export interface ActRow {
  id: string
  status: string
  error?: { detail?: string | null; code: string }
}

/** To whom the law gives an act. The server decides; this only keeps what it would refuse out of sight. */
const WHO: Readonly<Record<Act, readonly Role[]>> = {
  acknowledge: ['handler', 'head', 'monitor', 'leader'],
  reply: ['handler', 'head'],
  notice: ['monitor'],
  refer: ['monitor'],
  dismiss: ['monitor', 'leader'],
  close: ['monitor', 'leader'],
}

/** The acts that make sense for every one of some alerts. */
export function possible(alerts: readonly Alert[], me: Me): Act[] {
  if (alerts.length === 0) return []
  return ACTS.filter((act) => WHO[act].some((role) => me.roles.includes(role)) && alerts.every((alert) => fits(act, alert, me)))
}

function fits(act: Act, alert: Alert, me: Me): boolean {
  const own = me.prosecutor !== null && alert.prosecutor === me.prosecutor
  if (!isOpen(alert)) return false
  if (act === 'reply') return alert.status === 'noticed' || alert.status === 'replied'
  if (act === 'acknowledge') return (alert.status ?? 'open') === 'open'
  return !own
}

/** Where acts go, and what is sent of one. */
export const ACTS_PATH = '/api/alerts/acts'

/** Alerts that the server takes in one request. */
export const MOST_AT_ONCE = 5000

export function bodyOf(ids: readonly string[], act: Act, said: Said): object {
  return { act, ids, ...said }
}

/** One request for all of them, however many; what is refused is told for each. */
export async function actOn(alerts: readonly Alert[], act: Act, said: Said, key: string): Promise<ActRow[]> {
  const { results } = (await post(ACTS_PATH, bodyOf(alerts.map((a) => a.id), act, said), key)) as { results: ActRow[] }
  return results
}
