/** Shapes of /api/departments/{id}/rebalancing. Weights have no unit; an ordinary case weighs about 2. */

export interface Balance {
  cv: number
  gini: number
  maxOverMean: number
  /** Weight with people who carry more than is fair. */
  misplaced: number
}

export interface CarriedLoad {
  prosecutor: string
  capacity: number
  before: number
  after: number
  casesBefore: number
  casesAfter: number
  leaves: boolean
}

export interface Move {
  case: string
  from: string
  to: string
  weight: number
  handover: number
  gain: number
  nextDue: string | null
  reason: 'leaves' | 'away' | 'balance'
}

export interface KeptCase {
  case: string
  prosecutor: string
  reason: 'near-deadline' | 'interrogated' | 'nobody-eligible'
}

export interface Proposal {
  department: string
  asOf: string
  before: Balance
  after: Balance
  handover: number
  loads: CarriedLoad[]
  moves: Move[]
  kept: KeptCase[]
  stranded: KeptCase[]
}

export interface MoveResult {
  case: string
  status: 'reassigned' | 'unchanged' | 'stale' | 'not-open' | 'refused' | 'unknown' | 'unavailable'
  prosecutor: string | null
  obstacle: string | null
}
