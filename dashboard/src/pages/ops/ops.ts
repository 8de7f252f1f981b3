import type { ClusterStatus, Latency, NamedCount, NodeError, NodeStatus } from '../../api/operations'
import { milliseconds } from '../../time/wording'
import type { Wording } from '../../i18n/language'

/** Milliseconds between two readings. */
export const EVERY = 5_000

/** Milliseconds without an answer after which what is shown is no longer how things are. */
export const STALE_AFTER = 3 * EVERY

/** Readings that the lines reach back: ten minutes. */
export const KEPT = 120

export type LatencyName = 'commit' | 'reply' | 'dueLateness' | 'feedLag'

/** All nodes at one reading. */
export interface Point {
  at: number
  events: number
  calls: number
  p50: Record<LatencyName, number | null>
  p99: Record<LatencyName, number | null>
}

const LATENCIES: LatencyName[] = ['commit', 'reply', 'dueLateness', 'feedLag']

export function pointOf(status: ClusterStatus): Point {
  const of = (quantile: 'p50' | 'p99') =>
    Object.fromEntries(LATENCIES.map((name) => [name, worst(status.nodes, name)[quantile]])) as Point['p50']
  return {
    at: Date.parse(status.at),
    events: sum(status.nodes, (n) => n.eventsPerSecond),
    calls: sum(status.nodes, (n) => n.callsPerSecond),
    p50: of('p50'),
    p99: of('p99'),
  }
}

export function withPoint(history: readonly Point[], point: Point): Point[] {
  return [...history.filter((known) => known.at < point.at), point].slice(-KEPT)
}

/**
 * Of several nodes the slowest: quantiles do not add up, and one slow node is what an operator looks for. A node is as slow as
 * 99 of 100 say; one in which nothing happened says nothing.
 */
export function worst(nodes: readonly NodeStatus[], name: LatencyName): Latency {
  const said = nodes.map((n) => n[name]).filter((l) => l.p99 !== null)
  const slowest = said.reduce<Latency | null>((most, l) => (most === null || (l.p99 ?? 0) > (most.p99 ?? 0) ? l : most), null)
  return { p50: slowest?.p50 ?? null, p99: slowest?.p99 ?? null, count: sum(said, (l) => l.count) }
}

export function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

/** Counts of all nodes by name, the largest first unless they have an order of their own. */
export function totals(counts: readonly (readonly NamedCount[])[], ordered: boolean): NamedCount[] {
  const byName = new Map<string, number>()
  for (const { name, count } of counts.flat()) byName.set(name, (byName.get(name) ?? 0) + count)
  const all = [...byName].map(([name, count]) => ({ name, count }))
  return ordered ? all : all.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}

export interface ErrorOf extends NodeError {
  node: string
}

/** Errors of all nodes: those that go on first, then the latest. */
export function errorsOf(nodes: readonly NodeStatus[]): ErrorOf[] {
  return nodes
    .flatMap((node) => node.errors.map((error) => ({ ...error, node: node.name })))
    .sort((a, b) => Number(b.open) - Number(a.open) || Date.parse(b.last) - Date.parse(a.last))
}

/** 12 ms; a dash where nothing was measured. Below ten milliseconds a tenth counts. */
export function latency(seconds: number | null, w: Pick<Wording, 't'>): string {
  if (seconds === null) return '–'
  const ms = seconds * 1000
  return ms < 10 ? w.t('time.ms', { n: Math.max(0, ms).toFixed(1) }) : milliseconds(ms, w)
}

export function rate(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en')
}

/** The build that the version ends in says nothing to people. */
export function shortVersion(version: string): string {
  const [number, build] = version.split('+')
  return build === undefined ? (number ?? '') : `${number}+${build.slice(0, 7)}`
}
