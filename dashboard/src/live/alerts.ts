import type { Alert } from '../api/types'

/** More than this many open alerts are not kept in a tab; the counters stay exact, the list says how many it leaves out. */
export const HELD = 2000

export type Alerts = ReadonlyMap<string, Alert>

export function isOpen(alert: Alert): boolean {
  return (
    alert.clearedAt === null &&
    (alert.retractedAt ?? null) === null &&
    alert.status !== 'closed' &&
    alert.status !== 'dismissed'
  )
}

/** When the alert last became news: seen by the system, raised, or raised to a higher level. */
export function newsAt(alert: Alert): number {
  let at = Date.parse(alert.raisedAt)
  for (const step of alert.steps) at = Math.max(at, Date.parse(step.at))
  return alert.detectedAt ? Math.max(at, Date.parse(alert.detectedAt)) : at
}

export function newestFirst(alerts: Iterable<Alert>): Alert[] {
  return [...alerts]
    .map((alert) => ({ alert, at: newsAt(alert) }))
    .sort((a, b) => b.at - a.at || (a.alert.id < b.alert.id ? -1 : 1))
    .map(({ alert }) => alert)
}

export function openAlerts(alerts: readonly Alert[]): Alerts {
  return new Map(alerts.filter(isOpen).map((alert) => [alert.id, alert]))
}

/** Puts an alert in, replaces it, or takes it out when it is over. */
export function withAlert(alerts: Alerts, alert: Alert): Alerts {
  const next = new Map(alerts)
  if (isOpen(alert)) next.set(alert.id, alert)
  else next.delete(alert.id)
  // Trimmed in steps: sorting on every arrival would make a burst quadratic.
  return next.size > HELD + 200 ? new Map(newestFirst(next.values()).slice(0, HELD).map((a) => [a.id, a])) : next
}
