import type { Alert, CaseRow, FeedItem, ProsecutorSnapshot } from '../../api/types'
import { isOpen, openAlerts, withAlert } from '../../live/alerts'
import type { Alerts } from '../../live/alerts'
import type { Fold } from '../../live/useFeed'

/** A prosecutor's open cases and alerts, and what has come in since the page was opened. */
export interface DeskState {
  cases: ReadonlyMap<string, CaseRow>
  alerts: Alerts
  /** Alerts that were raised, or raised to a higher level, over the feed; oldest first. */
  arrived: readonly Alert[]
}

function isNews(before: Alert | undefined, now: Alert): boolean {
  return isOpen(now) && before?.level !== now.level
}

function apply(desk: DeskState, item: FeedItem): DeskState {
  if (item.kind === 'case') {
    const cases = new Map(desk.cases)
    // A reassigned case comes once more, with its new owner, so that the old one's desk lets go of it.
    if (item.payload.open && item.scope === `prosecutor:${item.payload.prosecutor ?? ''}`) cases.set(item.payload.id, item.payload)
    else cases.delete(item.payload.id)
    return { ...desk, cases }
  }
  if (item.kind === 'alert') {
    const news = isNews(desk.alerts.get(item.payload.id), item.payload)
    return {
      ...desk,
      alerts: withAlert(desk.alerts, item.payload),
      arrived: news ? [...desk.arrived, item.payload] : desk.arrived,
    }
  }
  return desk
}

export const deskFold: Fold<ProsecutorSnapshot, DeskState> = {
  open: (snapshot) => ({
    cases: new Map(snapshot.cases.filter((c) => c.open).map((c) => [c.id, c])),
    alerts: openAlerts(snapshot.alerts),
    arrived: [],
  }),
  apply,
}

/** What is due first comes first; cases without a running limit last. */
export function byNextDue(a: CaseRow, b: CaseRow): number {
  const at = (c: CaseRow) => (c.nextDueAt === null ? Infinity : Date.parse(c.nextDueAt))
  return at(a) === at(b) ? (a.id < b.id ? -1 : 1) : at(a) - at(b)
}
