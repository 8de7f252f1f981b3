/** Shapes of /api and /hubs/monitor as the dashboard uses them. Dates are `YYYY-MM-DD`, instants RFC 3339 with an offset. */
import type { DepartmentFinding } from './record'

export type Role =
  | 'handler' | 'head' | 'monitor' | 'leader' | 'superior' | 'sender'
  | 'system-admin' | 'security-admin' | 'auditor' | 'kiosk'

export type Level = 'W1' | 'W2' | 'W3' | 'L1' | 'L2' | 'L3' | 'S' | 'T' | 'V'

export type AlertStatus = 'open' | 'acknowledged' | 'noticed' | 'replied' | 'closed' | 'dismissed'

export interface Text {
  zh: string
  en: string
}

export interface Me {
  user: string
  roles: Role[]
  procuratorate: string | null
  department: string | null
  prosecutor: string | null
  csrf: string
  mustChangePassword: boolean
  now: string
  clock: { simulated: boolean; speed: number }
  /** Protocols of /hubs/monitor; absent from servers that speak JSON alone. */
  hubProtocols?: string[]
}

export interface EventRef {
  source: string
  id: string
}

export interface Alert {
  id: string
  rule: string
  /** Name of the rule; absent from servers that only send the message. */
  ruleName?: Text | null
  name?: Text | null
  instance: string
  case: string
  caseName?: string | null
  subject: string
  level: Level
  blocking: boolean
  steps: { level: Level; at: string }[]
  category: string
  raisedAt: string
  clearedAt: string | null
  /** A date, or an instant for a limit counted in hours. */
  dueOn: string | null
  message: Text
  basis: string
  evidence: EventRef[]
  prosecutor: string | null
  department: string | null
  procuratorate: string | null
  status?: AlertStatus
  detectedAt?: string | null
  retractedAt?: string | null
  acts?: AlertAct[]
}

export interface AlertAct {
  act: string
  at: string
  by: string
  text?: string | null
}

export interface CaseRow {
  id: string
  name: string | null
  caseType: string
  stage: string
  procuratorate: string | null
  department: string | null
  prosecutor: string | null
  acceptedOn: string | null
  weight: number
  custody: boolean
  open: boolean
  /** Legal date on which it was closed; null while it is open. */
  closedOn?: string | null
  version: number
  nextLimit: string | null
  nextDueOn: string | null
  /** The instant from which the next limit is missed. */
  nextDueAt: string | null
  light: Level | null
  updatedAt: string
}

export interface Proof {
  trigger: (EventRef & { type?: string }) | null
  /** The event that lengthened the limit last. */
  extension?: EventRef | null
  article: Text
  steps: { kind: string; from: string | null; to: string | null; days: number | null; text: Text }[]
  calendar: string
}

export interface Deadline {
  id: string
  instance: string
  subject: string
  name: Text
  basis: string
  startedOn: string
  dueOn: string
  computedOn: string
  clock: 'custody' | 'calendar' | 'hours' | 'workdays'
  extendedBy: string[]
  status: 'running' | 'met' | 'missed' | 'stopped'
  endedOn: string | null
  provisional: boolean
  proof?: Proof | null
}

export interface Measure {
  kind: string
  from?: string | null
  until?: string | null
  place?: string | null
  organ?: string | null
}

export interface Suspect {
  suspect: string
  name?: string | null
  sex?: string | null
  birthDate?: string | null
  nationality?: string | null
  unit?: boolean
  measure?: Measure | null
  /** Earlier and later measures, where the server lists them. */
  measures?: Measure[]
  charges?: (string | { name: string; article?: string | null })[]
  /** Held at the instant of the assessment. */
  custody?: boolean
  defender?: { name: string; kind: string } | null
}

export interface CaseDocument {
  code: string
  name: string
  required: boolean
  state: 'present' | 'missing' | 'not-yet'
}

export interface HistoryEntry {
  source: string
  id: string
  type: string
  time: string
  recordedAt: string | null
  summary: string | Text | null
  data?: Readonly<Record<string, unknown>>
}

export interface CaseBody {
  id: string
  caseType: string
  name: string | null
  stage: string
  procuratorate: string | null
  department: string | null
  prosecutor: string | null
  acceptedOn: string | null
  weight: number
  /** What the weight follows from, in words. */
  weighed?: { version: string; text: Text }
  custody: boolean
  open?: boolean
  version: number
  asOf: string
  suspects: Suspect[]
  deadlines: Deadline[]
  alerts: Alert[]
  documents: CaseDocument[]
  history: HistoryEntry[]
}

export interface Page<T> {
  items: T[]
  next: string | null
}

export interface Units {
  procuratorates: { code: string; name: string; level: string; parent: string | null }[]
  departments: { id: string; name: string; procuratorate: string }[]
  prosecutors: { id: string; name: string; department: string; capacity: number; role: string; onDuty: boolean }[]
}

/** `load` is open weight ÷ capacity. */
export interface ProsecutorLoad {
  id: string
  name: string
  capacity: number
  load: number
  openCases: number
  alerts: number
  onDuty: boolean
}

export interface Workload {
  procuratorate?: string
  department: string
  name?: string | null
  prosecutors: ProsecutorLoad[]
  fairness: { cv: number; gini: number; maxOverMean: number } | null
  unassigned: number
  /** What the rules about a department find in it now, without the cases behind it. */
  findings?: DepartmentFinding[]
}

export interface Counters {
  procuratorate?: string
  levels: Partial<Record<Level, number>>
  categories: Record<string, number>
  departments: Record<string, Partial<Record<Level, number>>>
  openCases: number
  /** What a total over several procuratorates is the sum of. */
  parts?: Counters[]
}

export interface Assignment {
  case: string
  department: string
  prosecutor: string
  mode: string
  date: string | null
  number: number | null
  at: string
}

export interface DrawDay {
  department: string
  date: string
  commitment: string
  secret: string | null
  draws: {
    number: number
    case: string
    mode: string
    /** Name and version of the rule that the scores follow from; absent from the first draws. */
    policy?: string
    /** Weight of the case. */
    weight?: number
    /** In rotation, whose turn the one before was; null before the first. */
    lastTurn?: Turn | null
    eligible: DrawCandidate[]
    excluded: { prosecutor: string; reason: string }[]
    u: number
    chosen: string
  }[]
}

/** One who could be drawn; `capacity` is full × newcomer × absence where `reduced` tells of these. */
export interface DrawCandidate {
  prosecutor: string
  load: number
  score: number | string
  capacity?: number
  reduced?: { full: number; newcomer: number; absence: number }
}

export interface Turn {
  prosecutor: string
  taken: number
}

interface FeedEnvelope<K extends string, P> {
  scope: string
  sequence: number
  kind: K
  at: string
  payload: P
}

export type FeedItem =
  | FeedEnvelope<'alert', Alert>
  | FeedEnvelope<'case', CaseRow>
  | FeedEnvelope<'assignment', Assignment>
  | FeedEnvelope<'workload', Workload>
  | FeedEnvelope<'counters', Counters>

export interface OfficeSnapshot {
  counters: Counters | Counters[]
  alerts: Alert[]
  workload: Workload[]
  units: Units
  assignments?: Assignment[]
}

export interface DepartmentSnapshot {
  alerts: Alert[]
  workload: Workload
  cases: CaseRow[]
}

export interface ProsecutorSnapshot {
  cases: CaseRow[]
  alerts: Alert[]
}

export interface CaseSnapshot {
  case: CaseBody
}

export type WatchReply<S> = { sequence: number; snapshot: S } | { sequence: number; missed: FeedItem[] }
