import type { Alert } from '../../api/types'
import { isOpen } from '../../live/alerts'

/** The query parameters of GET /api/alerts that the page offers. */
export const ALERT_FILTERS = ['open', 'status', 'level', 'category', 'department', 'prosecutor', 'procuratorate', 'rule'] as const

export type AlertFilters = Record<(typeof ALERT_FILTERS)[number], string | null>

/** The server's filter, for alerts that arrive over the feed. */
export function belongs(alert: Alert, f: AlertFilters): boolean {
  return (
    (alert.retractedAt ?? null) === null &&
    (f.open === null || (f.open === 'true') === isOpen(alert)) &&
    (f.status === null || alert.status === f.status) &&
    (f.level === null || alert.level === f.level) &&
    (f.category === null || alert.category === f.category) &&
    (f.department === null || alert.department === f.department) &&
    (f.prosecutor === null || alert.prosecutor === f.prosecutor) &&
    (f.procuratorate === null || alert.procuratorate === f.procuratorate) &&
    (f.rule === null || alert.rule === f.rule)
  )
}
