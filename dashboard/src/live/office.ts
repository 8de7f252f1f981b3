import type { Assignment, FeedItem, OfficeSnapshot, Units, Workload } from '../api/types'
import { openAlerts, withAlert } from './alerts'
import type { Alerts } from './alerts'
import { openCounters, withCounters } from './counters'
import type { CountersByOffice } from './counters'
import type { Fold } from './useFeed'

/** How many of the latest assignments are kept for the strip. */
const ASSIGNMENTS = 12

/** One procuratorate, or all of them, as the wall shows it. */
export interface Office {
  alerts: Alerts
  counters: CountersByOffice
  /** The counters changed in a way that cannot be folded in: a fresh snapshot is due. */
  countersAged: boolean
  workload: ReadonlyMap<string, Workload>
  assignments: readonly Assignment[]
  units: Units
}

function apply(office: Office, item: FeedItem): Office {
  switch (item.kind) {
    case 'alert':
      return { ...office, alerts: withAlert(office.alerts, item.payload) }
    case 'counters': {
      const counters = withCounters(office.counters, item.payload, item.scope)
      return { ...office, counters, countersAged: office.countersAged || counters === office.counters }
    }
    case 'workload':
      return { ...office, workload: new Map(office.workload).set(item.payload.department, item.payload) }
    case 'assignment':
      return { ...office, assignments: [item.payload, ...office.assignments].slice(0, ASSIGNMENTS) }
    case 'case':
      return office
  }
}

export const officeFold: Fold<OfficeSnapshot, Office> = {
  open: (snapshot) => ({
    alerts: openAlerts(snapshot.alerts),
    counters: openCounters(snapshot.counters),
    countersAged: false,
    workload: new Map(snapshot.workload.map((w) => [w.department, w])),
    assignments: (snapshot.assignments ?? []).slice(0, ASSIGNMENTS),
    units: snapshot.units,
  }),
  apply,
}
