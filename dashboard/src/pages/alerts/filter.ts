import type { Alert } from '../../api/types'
import { isOpen } from '../../live/alerts'

/** The query parameters of GET /api/alerts that the page offers. */
export const ALERT_FILTERS = ['open', 'status', 'level', 'category', 'department', 'prosecutor', 'procuratorate', 'under', 'rule', 'case', 'dueBefore'] as const

export type AlertFilters = Record<(typeof ALERT_FILTERS)[number], string | null>

/** What the address may hold beside filters. */
export const ARRANGEMENT = ['sort', 'group'] as const

/** The server's filter, for alerts that arrive over the feed; `below` are the offices that `under` names. */
export function belongs(alert: Alert, f: AlertFilters, below: ReadonlySet<string> = new Set()): boolean {
  return (
    (alert.retractedAt ?? null) === null &&
    (f.open === null || (f.open === 'true') === isOpen(alert)) &&
    (f.status === null || alert.status === f.status) &&
    (f.level === null || alert.level === f.level) &&
    (f.category === null || alert.category === f.category) &&
    (f.department === null || alert.department === f.department) &&
    (f.prosecutor === null || alert.prosecutor === f.prosecutor) &&
    (f.procuratorate === null || alert.procuratorate === f.procuratorate) &&
    (f.under === null || below.has(alert.procuratorate ?? '')) &&
    (f.rule === null || alert.rule === f.rule) &&
    (f.case === null || alert.case === f.case) &&
    (f.dueBefore === null || (alert.dueOn !== null && alert.dueOn.slice(0, 10) < f.dueBefore))
  )
}

/** A query of the page with its parts in one order, so that two that ask the same are the same text. */
export function canonical(search: URLSearchParams | string): string {
  const given = typeof search === 'string' ? new URLSearchParams(search) : search
  const kept = new URLSearchParams()
  for (const name of [...ALERT_FILTERS, ...ARRANGEMENT]) {
    const value = given.get(name)
    if (value) kept.set(name, value)
  }
  return kept.toString()
}

/** Where the alerts of a filter are written to a file. */
export function exportPath(f: AlertFilters, extension: 'xlsx' | 'csv', language: string): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(f)) if (value !== null && value !== '') query.set(name, value)
  query.set('lang', language)
  return `/api/export/alerts.${extension}?${query.toString()}`
}
