import type { Alert, Counters, FeedItem, OfficeSnapshot } from '../api/types'

export function alert(id: string, more: Partial<Alert> = {}): Alert {
  return {
    id,
    rule: 'QX-008',
    instance: 'round-1',
    case: '咸检起诉受[2026]42282600109号',
    subject: 'case',
    level: 'W1',
    steps: [],
    blocking: false,
    category: '期限',
    raisedAt: '2026-03-01T00:00:00+08:00',
    clearedAt: null,
    dueOn: '2026-03-11',
    message: { zh: '', en: '' },
    basis: 'CPL 172',
    evidence: [],
    prosecutor: 'p1',
    department: 'd1',
    procuratorate: '422826',
    status: 'open',
    ...more,
  }
}

export function counters(procuratorate: string | undefined, w1: number, department = 'd1'): Counters {
  return {
    ...(procuratorate === undefined ? {} : { procuratorate }),
    levels: { W1: w1 },
    categories: { 期限: w1 },
    departments: { [department]: { W1: w1 } },
    openCases: 10 * w1,
  }
}

export function item<K extends FeedItem['kind']>(
  kind: K,
  payload: Extract<FeedItem, { kind: K }>['payload'],
  sequence = 1,
  scope = 'procuratorate:422826',
): FeedItem {
  return { scope, sequence, kind, at: '2026-03-01T09:00:00+08:00', payload } as FeedItem
}

export function snapshot(more: Partial<OfficeSnapshot> = {}): OfficeSnapshot {
  return {
    counters: counters(undefined, 1),
    alerts: [],
    workload: [],
    units: { procuratorates: [], departments: [], prosecutors: [] },
    ...more,
  }
}
