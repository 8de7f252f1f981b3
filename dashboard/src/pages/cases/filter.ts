import type { CaseRow } from '../../api/types'

/** The query parameters of GET /api/cases that the page offers. */
export const CASE_FILTERS = ['open', 'assigned', 'level', 'department', 'prosecutor', 'procuratorate', 'under', 'acceptedFrom', 'closedFrom', 'dueAfter', 'dueBefore'] as const

export type CaseFilters = Record<(typeof CASE_FILTERS)[number], string | null>

/** The server's filter, for rows that arrive over the feed; `below` are the offices that `under` names. */
export function belongs(row: CaseRow, f: CaseFilters, below: ReadonlySet<string> = new Set()): boolean {
  return (
    (f.open === null || (f.open === 'true') === row.open) &&
    (f.assigned === null || (f.assigned === 'true') === (row.prosecutor !== null)) &&
    (f.level === null || row.light === f.level) &&
    (f.department === null || row.department === f.department) &&
    (f.prosecutor === null || row.prosecutor === f.prosecutor) &&
    (f.procuratorate === null || row.procuratorate === f.procuratorate) &&
    (f.under === null || below.has(row.procuratorate ?? '')) &&
    (f.acceptedFrom === null || (row.acceptedOn !== null && row.acceptedOn >= f.acceptedFrom)) &&
    (f.closedFrom === null || (row.closedOn != null && row.closedOn >= f.closedFrom)) &&
    (f.dueAfter === null || (row.nextDueAt !== null && Date.parse(row.nextDueAt) > Date.parse(f.dueAfter))) &&
    (f.dueBefore === null || isDueBefore(row, f.dueBefore))
  )
}

const isDay = (text: string) => text.length === 10

function isDueBefore(row: CaseRow, before: string): boolean {
  if (isDay(before)) return row.nextDueOn !== null && row.nextDueOn.slice(0, 10) < before
  return row.nextDueAt !== null && Date.parse(row.nextDueAt) < Date.parse(before)
}

/** The address names a day or an instant; of a day the server asks for the instant at which it begins. */
export function queryOf(f: CaseFilters): CaseFilters {
  return f.dueBefore === null || !isDay(f.dueBefore) ? f : { ...f, dueBefore: `${f.dueBefore}T00:00:00+08:00` }
}
