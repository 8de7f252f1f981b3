import type { Alert, CaseBody, Deadline, Text } from '../../api/types'

export type Supposition = 'custodyEnded' | 'returned' | 'extended'

/** Limits that `review.extended` lengthens once: review for prosecution, arrest in own and supervisory cases. */
const EXTENDABLE: readonly string[] = ['T-B05', 'T-A05', 'T-A07']
const REVIEWED: readonly string[] = ['UNDER_REVIEW', 'UNDER_REVIEW_EXT']
const MOST_RETURNS = 2

export function inCustody(body: CaseBody): string[] {
  return body.suspects.filter((s) => s.custody === true).map((s) => s.suspect)
}

/** What could still happen to the case as it stands. */
export function suppositions(body: CaseBody): Supposition[] {
  if (body.open === false) return []
  const found: Supposition[] = []
  if (inCustody(body).length > 0) found.push('custodyEnded')
  const review = body.caseType.startsWith('PRO') && REVIEWED.includes(body.stage)
  if (review && returns(body) < MOST_RETURNS) found.push('returned')
  if (body.deadlines.some((d) => EXTENDABLE.includes(d.id) && d.status === 'running' && d.extendedBy.length === 0)) found.push('extended')
  return found
}

/** Returns so far, those before a change of jurisdiction included. */
function returns(body: CaseBody): number {
  const before = Number(accepted(body)['returnsSoFar'] ?? 0)
  return (Number.isFinite(before) ? before : 0) + body.history.filter((h) => h.type === 'supplement.returned').length
}

function accepted(body: CaseBody): Readonly<Record<string, unknown>> {
  return body.history.find((h) => h.type === 'case.accepted')?.data ?? {}
}

export interface Choice {
  what: Supposition
  /** For the end of custody: of whom, and what takes its place. */
  suspects: string[]
  measure: 'release' | 'bail'
  reason: string
}

/** The events that would be sent if it happened at `at`, the instant the case is assessed for. */
export function eventsOf(choice: Choice, body: CaseBody, at: string): object[] {
  const event = (number: number, type: string, data: object) => ({
    specversion: '1.0', id: `what-if-${number}`, source: '/what-if', type, subject: body.id, time: at, datacontenttype: 'application/json', data,
  })
  switch (choice.what) {
    case 'custodyEnded':
      return choice.suspects.map((suspect, i) => event(i + 1, 'measure.taken', { suspect, kind: choice.measure, from: at }))
    case 'returned': {
      const sender = accepted(body)['sentBy'] as { kind?: string } | undefined
      return [event(1, 'supplement.returned', { to: sender?.kind === 'supervision' ? 'supervision' : 'police', outline: true })]
    }
    case 'extended':
      return [event(1, 'review.extended', { approvedOn: at.slice(0, 10), reason: choice.reason })]
  }
}

export type DeadlineChange =
  | { kind: 'moved'; before: Deadline; after: Deadline; days: number }
  | { kind: 'ended'; before: Deadline; after: Deadline }
  | { kind: 'begun'; after: Deadline }
  | { kind: 'gone'; before: Deadline }

export interface AlertChange {
  key: string
  name: Text | null
  alert: Alert
  /** The level it has now, where only the level changes. */
  from: string | null
}

export interface Consequences {
  deadlines: DeadlineChange[]
  /** Running limits that stay as they are. */
  unchanged: Deadline[]
  clears: AlertChange[]
  appears: AlertChange[]
  changes: AlertChange[]
}

/** Changes of one limit that are the same for several suspects, told once. */
export function together(changes: readonly DeadlineChange[]): { change: DeadlineChange; subjects: string[] }[] {
  const groups = new Map<string, { change: DeadlineChange; subjects: string[] }>()
  for (const change of changes) {
    const before = change.kind === 'begun' ? null : change.before
    const after = change.kind === 'gone' ? null : change.after
    const one = before ?? after
    const key = JSON.stringify([change.kind, one?.id, one?.instance, before?.dueOn, after?.dueOn, after?.status, one?.subject === 'case'])
    const group = groups.get(key) ?? { change, subjects: [] }
    group.subjects.push(one?.subject ?? 'case')
    groups.set(key, group)
  }
  return [...groups.values()]
}

const limitKey = (d: Deadline) => `${d.id} ${d.instance} ${d.subject}`
const alertKey = (a: Alert) => `${a.rule} ${a.instance} ${a.subject}`
const day = (due: string) => Date.parse(`${due.slice(0, 10)}T00:00:00Z`) / 86_400_000

/** What differs between the case as it is and as it would be, both assessed for the same instant. */
export function consequences(now: Pick<CaseBody, 'deadlines' | 'alerts'>, then: Pick<CaseBody, 'deadlines' | 'alerts'>): Consequences {
  const before = new Map(now.deadlines.map((d) => [limitKey(d), d]))
  const after = new Map(then.deadlines.map((d) => [limitKey(d), d]))
  const deadlines: DeadlineChange[] = []
  const unchanged: Deadline[] = []
  for (const [key, old] of before) {
    const next = after.get(key)
    if (next === undefined) {
      // What was over is no news when it is no longer listed.
      if (old.status === 'running' || old.status === 'missed') deadlines.push({ kind: 'gone', before: old })
    } else if (old.dueOn !== next.dueOn) deadlines.push({ kind: 'moved', before: old, after: next, days: day(next.dueOn) - day(old.dueOn) })
    else if (old.status !== next.status) deadlines.push({ kind: 'ended', before: old, after: next })
    else if (old.status === 'running') unchanged.push(old)
  }
  for (const [key, next] of after) if (!before.has(key)) deadlines.push({ kind: 'begun', after: next })

  // What people have closed or called a false alarm stays so; the assessment knows nothing of people.
  const handled = new Set(now.alerts.filter((a) => a.status === 'closed' || a.status === 'dismissed').map(alertKey))
  const open = (alerts: readonly Alert[]) =>
    new Map(alerts.filter((a) => a.clearedAt === null && (a.retractedAt ?? null) === null && !handled.has(alertKey(a))).map((a) => [alertKey(a), a]))
  const had = open(now.alerts)
  const has = open(then.alerts)
  const change = (key: string, alert: Alert, from: string | null): AlertChange => ({ key, name: alert.ruleName ?? alert.name ?? null, alert, from })
  return {
    deadlines,
    unchanged,
    clears: [...had].flatMap(([key, a]) => (has.has(key) ? [] : [change(key, a, null)])),
    appears: [...has].flatMap(([key, a]) => (had.has(key) ? [] : [change(key, a, null)])),
    changes: [...has].flatMap(([key, a]) => {
      const old = had.get(key)
      return old !== undefined && old.level !== a.level ? [change(key, a, old.level)] : []
    }),
  }
}
