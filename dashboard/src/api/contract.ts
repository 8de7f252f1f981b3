import type { components } from './openapi'
import type * as Own from './types'
import type { Proposal } from './rebalancing'
import type { ClusterStatus } from './operations'

/**
 * What the dashboard takes for granted, against what the server describes: a field that is renamed, removed or of
 * another kind does not compile. After a change that is meant, renew openapi.json (`npm run api-types`) and mend what fails here.
 */
type Server = components['schemas']

type Kind<T> = unknown extends T
  ? 'any'
  : [NonNullable<T>] extends [string]
    ? 'text'
    : [NonNullable<T>] extends [number]
      ? 'number'
      : [NonNullable<T>] extends [boolean]
        ? 'truth'
        : [NonNullable<T>] extends [readonly unknown[]]
          ? 'list'
          : 'object'

type Fits<Ours, Theirs> = 'any' extends Kind<Theirs> | Kind<Ours> ? true : Kind<Ours> extends Kind<Theirs> ? true : false

/** The fields of ours that the server does not have, or has of another kind. */
type Wrong<Ours, Theirs> = {
  [K in keyof Ours]-?: K extends keyof Theirs ? (Fits<Ours[K], Theirs[K]> extends true ? never : K) : K
}[keyof Ours]

type Agrees<W extends never> = W

/** Without fields that only live items or other versions of the server have, or that the description leaves out. */
type Only<T, K extends keyof T> = Omit<T, K>

export type Contract = [
  Agrees<Wrong<Own.Me, Server['MeAnswer']>>,
  Agrees<Wrong<Own.Text, Server['BilingualText']>>,
  Agrees<Wrong<Own.CaseRow, Server['CaseListItem']>>,
  Agrees<Wrong<Only<Own.CaseBody, 'open'>, Server['CaseBody']>>,
  Agrees<Wrong<Only<Own.Alert, 'ruleName' | 'name' | 'caseName' | 'retractedAt'>, Server['AlertBody']>>,
  Agrees<Wrong<Own.AlertAct, Server['AlertActBody']>>,
  Agrees<Wrong<Own.Deadline, Server['DeadlineBody']>>,
  Agrees<Wrong<Only<Own.Proof, 'trigger' | 'extension'>, Server['ProofBody']>>,
  Agrees<Wrong<Own.CaseDocument, Server['CaseDocument']>>,
  Agrees<Wrong<Only<Own.HistoryEntry, 'data'>, Server['HistoryEntry']>>,
  Agrees<Wrong<Own.Page<Own.CaseRow>, Server['CasePage']>>,
  Agrees<Wrong<Own.Page<Own.Alert>, Server['AlertPage']>>,
  Agrees<Wrong<Own.Units, Server['UnitsAnswer']>>,
  Agrees<Wrong<Own.Units['departments'][number], Server['DepartmentAnswer']>>,
  Agrees<Wrong<Own.Units['prosecutors'][number], Server['ProsecutorAnswer']>>,
  Agrees<Wrong<Only<Own.Workload, 'name' | 'procuratorate' | 'department'>, Server['WorkloadAnswer']>>,
  Agrees<Wrong<Own.ProsecutorLoad, Server['ProsecutorLoadAnswer']>>,
  Agrees<Wrong<Own.DrawDay, Server['DrawDayAnswer']>>,
  Agrees<Wrong<Own.DrawDay['draws'][number], Server['DrawAnswer']>>,
  Agrees<Wrong<Proposal, Server['RebalancingProposalAnswer']>>,
  Agrees<Wrong<ClusterStatus, Server['ClusterStatus']>>,
]
