import type { CaseBody, Deadline, Suspect } from '../../api/types'
import { dueInstant } from '../../time/remaining'

/** Measures under which somebody is held. */
const HELD: readonly string[] = ['detention', 'arrest', 'retention']

export interface MeasureBar {
  kind: string
  held: boolean
  from: number
  to: number
  /** It has not ended: the bar stops at the present, or goes on to its own end. */
  open: boolean
  /** Until when it may last, where that was said. */
  until: number | null
  organ: string | null
}

export interface LimitBar {
  limit: Deadline
  from: number
  /** The end without extensions. */
  base: number
  due: number
  /** When it was met or stopped; the present while it runs. */
  end: number
  /** From the instant it was missed to its end. */
  missed: [number, number] | null
}

export interface CustodyRow {
  /** Null: limits of the whole case. */
  suspect: Suspect | null
  bars: MeasureBar[]
  limits: LimitBar[]
}

export interface CustodyChart {
  from: number
  to: number
  now: number
  rows: CustodyRow[]
}

/** A day stands for its first instant. */
const instantOf = (text: string): number => Date.parse(text.length === 10 ? `${text}T00:00:00+08:00` : text)

function measures(suspect: Suspect, now: number): MeasureBar[] {
  const all = (suspect.measures ?? (suspect.measure ? [suspect.measure] : []))
    .flatMap((m) => (m.from ? [{ m, from: instantOf(m.from) }] : []))
    .sort((a, b) => a.from - b.from)
  return all.flatMap(({ m, from }, i) => {
    if (m.kind === 'release' || m.kind === 'none') return []
    const next = all[i + 1]?.from
    const until = m.until ? (m.until.length === 10 ? dueInstant(m.until) : instantOf(m.until)) : null
    const ended = next !== undefined && next <= now
    return [{ kind: m.kind, held: HELD.includes(m.kind), from, to: ended ? next : Math.max(from, Math.min(now, until ?? now)), open: !ended && (until === null || until > now), until, organ: m.organ ?? null }]
  })
}

function limitBar(limit: Deadline, now: number): LimitBar {
  const due = dueInstant(limit.dueOn)
  const over = limit.endedOn === null ? null : limit.endedOn.length === 10 ? instantOf(limit.endedOn) : Date.parse(limit.endedOn)
  const end = limit.status === 'running' ? now : (over ?? now)
  const extension = limit.proof?.steps.find((s) => s.kind === 'extension')?.from
  const base = limit.extendedBy.length > 0 && extension ? Math.min(due, dueInstant(extension.slice(0, 10))) : due
  return { limit, from: instantOf(limit.startedOn), base, due, end, missed: limit.status === 'missed' || end > due ? [due, Math.max(due, end)] : null }
}

/** What binds each suspect and until when it may, on one axis of time; null where nobody is or was under a measure and no such limit runs. */
export function custodyChart(body: Pick<CaseBody, 'suspects' | 'deadlines' | 'asOf'>): CustodyChart | null {
  const now = Date.parse(body.asOf)
  const limits = body.deadlines.filter((d) => d.clock === 'custody')
  const of = (subject: string) => limits.filter((d) => d.subject === subject).map((d) => limitBar(d, now)).sort((a, b) => a.from - b.from)
  const rows: CustodyRow[] = [
    { suspect: null, bars: [], limits: of('case') },
    ...body.suspects.map((suspect) => ({ suspect, bars: measures(suspect, now), limits: of(suspect.suspect) })),
  ].filter((row) => row.bars.length > 0 || row.limits.length > 0)
  if (rows.length === 0) return null
  const ends = rows.flatMap((r) => [...r.bars.flatMap((b) => [b.from, b.to, ...(b.until === null ? [] : [b.until])]), ...r.limits.flatMap((l) => [l.from, l.due, l.end])])
  const from = Math.min(now, ...ends)
  const to = Math.max(now, ...ends)
  const margin = Math.max(86_400_000, (to - from) * 0.03)
  return { from: from - margin, to: to + margin, now, rows }
}

const OFFSET = 8 * 3_600_000
const DAY = 86_400_000

/** Marks of the axis: days, weeks, months or years, whatever gives at most about a dozen, on the legal calendar. */
export function ticks(from: number, to: number): { at: number; label: string }[] {
  const days = (to - from) / DAY
  const found: { at: number; label: string }[] = []
  if (days <= 70) {
    const step = days <= 12 ? 1 : days <= 35 ? 3 : 7
    for (let at = Math.ceil((from + OFFSET) / DAY) * DAY - OFFSET; at <= to; at += step * DAY) found.push({ at, label: new Date(at + OFFSET).toISOString().slice(5, 10) })
    return found
  }
  const step = days <= 400 ? 1 : days <= 1200 ? 3 : 12
  const first = new Date(from + OFFSET)
  for (let month = first.getUTCMonth() + 1, year = first.getUTCFullYear(); ; month += 1) {
    if (month > 11) [month, year] = [0, year + 1]
    const at = Date.UTC(year, month, 1) - OFFSET
    if (at > to) return found
    if (month % step === 0) found.push({ at, label: `${year}-${String(month + 1).padStart(2, '0')}` })
  }
}

/** Whole days that have passed between two instants, at least 0. */
export function days(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / DAY))
}
