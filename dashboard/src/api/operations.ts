/** Shapes of /api/ops/status. Latencies are seconds. */

export interface Latency {
  p50: number | null
  p99: number | null
  count: number
}

export interface NamedCount {
  name: string
  count: number
}

export interface NodeError {
  kind: string
  last: string
  count: number
  error: string | null
  open: boolean
}

export interface NodeStatus {
  name: string
  role: string
  version: string
  since: string
  state: string
  activations: NamedCount[]
  callsPerSecond: number
  eventsPerSecond: number
  queues: NamedCount[]
  commit: Latency
  reply: Latency
  dueLateness: Latency
  feedLag: Latency
  hubClients: number
  errors: NodeError[]
  window: number
}

export interface ClusterStatus {
  at: string
  nodes: NodeStatus[]
}
