/** Shapes of what a department is told of assignment over time: /api/departments/{id}/queue, /findings, /fairness. */
import type { Level, Text } from './types'

export interface WaitingCase {
  case: string
  caseType: string
  since: string | null
  weight: number
  nextDue: string | null
  why: 'empty-roster' | 'nobody-eligible' | 'not-drawn-yet'
  message: Text
  eligible: string[]
  excluded: { prosecutor: string; name: string | null; reason: string; message: Text }[]
}

export interface Queue {
  total: number
  people: number
  drawnAgainAt: string
  cases: WaitingCase[]
}

export interface DepartmentFinding {
  id: string
  rule: string
  name: Text
  department: string
  /** department, or a prosecutor id. */
  subject: string
  level: Level
  basis: string
  raisedAt: string
  clearedAt: string | null
  message: Text
  cases: string[]
}

export interface Given {
  assigned: number
  designated: number
  reassigned: number
  /** Hours. */
  medianWait: number | null
  p90Wait: number | null
  /** Null of too few cases to say. */
  designatedShare: number | null
  reassignedShare: number | null
}

export interface FairnessPoint {
  from: string
  until: string
  people: number
  cv: number
  gini: number
  maxOverMean: number
  waiting: number
  given: Given
}

export interface Pair {
  kind: 'lawyer' | 'police'
  prosecutor: string
  other: string
  count: number
  expected: number
  chance: number
  cases: string[]
}

export interface FairnessOverTime {
  from: string
  until: string
  days: number
  shareOf: number
  total: Given
  points: FairnessPoint[]
  pairs: Pair[]
}

export type GivenKind = 'assigned' | 'designated' | 'reassigned'

export interface GivenCases {
  total: number
  items: { case: string; caseType: string; acceptedAt: string; at: string; prosecutor: string; mode: string; wait: number }[]
}
