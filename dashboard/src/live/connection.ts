import { HubConnectionBuilder, HttpTransportType, HubConnectionState, LogLevel } from '@microsoft/signalr'
import type { HubConnection } from '@microsoft/signalr'
import { hubProtocols, readMe } from '../api/client'
import type { FeedItem, WatchReply } from '../api/types'
import { latencyOf, setClock } from '../time/clock'
import { FRESH, isStale } from './freshness'
import type { Freshness } from './freshness'
import { speech } from './protocol'
import { accept, lastSequence } from './sequence'

/**
 * The one connection of this tab. Each watched scope is a gapless sequence: a repeated item is dropped, a gap or a
 * reconnect asks the server for what came after the last item seen. Freshness is proved, not assumed: a light ping
 * shows the server is there, a re-Watch at the tail shows that nothing was lost on the way.
 */
export interface Watcher {
  scope: string
  snapshot: (snapshot: unknown) => void
  items: (items: FeedItem[]) => void
  refused: () => void
}

interface Watch {
  watchers: Set<Watcher>
  sequence: number | null
  /** Items that arrive while a Watch call is under way wait for its answer. */
  waiting: FeedItem[] | null
  /** A snapshot was asked for while another call was under way. */
  anew: boolean
}

const PING_EVERY = 2000
const PROOF_EVERY = 10_000
const CLOCK_EVERY = 60_000
/** An answer at the tail is short; a snapshot of a busy office may take its time. */
const TAIL_TIMEOUT = 4000
const SNAPSHOT_TIMEOUT = 20_000
const ASK_AGAIN = 2000
const RETRY = [0, 300, 700, 1500, 2500]

const watches = new Map<string, Watch>()
const spoken = speech()
const freshnessListeners = new Set<() => void>()
let freshness: Freshness = FRESH
let hub: HubConnection | undefined
let timers: ReturnType<typeof setInterval>[] = []
let starting = false
let lastProofCall = 0

function publish(change: Partial<Freshness>): void {
  freshness = { ...freshness, ...change }
  for (const listener of freshnessListeners) listener()
}

export function readFreshness(): Freshness {
  return freshness
}

export function subscribeFreshness(listener: () => void): () => void {
  freshnessListeners.add(listener)
  return () => freshnessListeners.delete(listener)
}

class TimeoutError extends Error {}

function timeout<T>(call: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimeoutError()), milliseconds)
    call.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
}

async function build(): Promise<HubConnection> {
  // Loaded on first use; a way too slow for that is in no need of more to load.
  const protocol = await timeout(spoken.choose(hubProtocols()), TAIL_TIMEOUT).catch(() => null)
  const builder = new HubConnectionBuilder()
    // Straight to WebSockets: the negotiation is a POST that would only add a round trip to every reconnect.
    .withUrl('/hubs/monitor', { transport: HttpTransportType.WebSockets, skipNegotiation: true })
    .configureLogging(LogLevel.None)
  const connection = (protocol ? builder.withHubProtocol(protocol) : builder).build()
  connection.on('Feed', (items: FeedItem[]) => receive(items))
  connection.onclose(() => {
    if (connection !== hub) return
    publish({ connected: false })
    void connect()
  })
  return connection
}

function receive(items: FeedItem[]): void {
  publish({ proofAt: performance.now() })
  for (const [scope, watch] of watches) {
    const batch = items.filter((item) => item.scope === scope)
    if (batch.length === 0) continue
    if (watch.waiting) watch.waiting.push(...batch)
    else apply(scope, watch, batch, true)
  }
}

function noteEvent(fresh: FeedItem[], live: boolean): void {
  const seen = performance.now()
  const last = fresh.at(-1)
  // What was missed and asked for says how long we were away, not how quick the way is.
  if (last) publish({ eventAt: seen - latencyOf(last.at, seen), ...(live ? { latency: latencyOf(last.at, seen) } : {}) })
}

function apply(scope: string, watch: Watch, batch: FeedItem[], live: boolean): void {
  const { fresh, gap } = accept(watch.sequence, batch)
  if (fresh.length > 0) {
    watch.sequence = lastSequence(fresh) ?? watch.sequence
    for (const watcher of watch.watchers) watcher.items(fresh)
    publish({ sequence: watch.sequence })
    noteEvent(fresh, live)
  }
  if (gap) void ask(scope, watch)
}

/** Asks for what came after the last item seen, or for a snapshot when nothing was seen or `anew` is set. */
async function ask(scope: string, watch: Watch, anew = false): Promise<void> {
  if (hub?.state !== HubConnectionState.Connected) return
  if (watch.waiting) {
    watch.anew ||= anew
    return
  }
  watch.waiting = []
  const connection = hub
  try {
    const from = anew ? null : watch.sequence
    const call = connection.invoke<WatchReply<unknown>>('Watch', scope, from)
    const reply = await timeout(call, from === null ? SNAPSHOT_TIMEOUT : TAIL_TIMEOUT)
    const queued = watch.waiting
    watch.waiting = null
    if (watches.get(scope) !== watch) return
    if ('snapshot' in reply && reply.snapshot !== undefined && reply.snapshot !== null) {
      watch.sequence = reply.sequence
      for (const watcher of watch.watchers) watcher.snapshot(reply.snapshot)
    } else if (watch.sequence !== null && reply.sequence < watch.sequence) {
      // The server's sequence is behind ours: another store, or one put back from a copy. Begin anew.
      watch.sequence = null
      void ask(scope, watch)
      return
    } else if ('missed' in reply && reply.missed.length > 0) {
      apply(scope, watch, reply.missed, false)
    }
    publish({ proofAt: performance.now(), verifiedAt: performance.now(), sequence: watch.sequence })
    if (queued.length > 0) apply(scope, watch, queued, true)
    if (watch.anew) {
      watch.anew = false
      void ask(scope, watch, true)
    }
  } catch (error) {
    if (connection !== hub || watches.get(scope) !== watch) return
    watch.waiting = null
    if (error instanceof Error && error.message.includes('HubException')) {
      for (const watcher of watch.watchers) watcher.refused()
    } else if (error instanceof TimeoutError) {
      // No answer on an open socket: it is dead and does not know it yet.
      await connection.stop()
    } else {
      setTimeout(() => void ask(scope, watch, anew), ASK_AGAIN)
    }
  }
}

async function connect(): Promise<void> {
  if (starting || hub?.state === HubConnectionState.Connected) return
  starting = true
  for (let attempt = 0; watches.size > 0; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, RETRY[Math.min(attempt, RETRY.length - 1)]))
    const connection = await build()
    hub = connection
    try {
      await timeout(connection.start(), TAIL_TIMEOUT)
      publish({ connected: true })
      for (const [scope, watch] of watches) {
        watch.waiting = null
        void ask(scope, watch)
      }
      break
    } catch (error) {
      spoken.failed(error)
      hub = undefined
      void connection.stop().catch(() => undefined)
      // A refused socket may mean an ended session; asking who we are finds out and leads to the login page.
      if (attempt % 4 === 3) await readMe().catch(() => undefined)
    }
  }
  starting = false
}

async function ping(): Promise<void> {
  try {
    const sent = performance.now()
    const response = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(2500) })
    if (response.ok && freshness.connected) publish({ proofAt: performance.now(), roundTrip: performance.now() - sent })
  } catch {
    // Silence is what the stale check counts.
  }
}

function prove(): void {
  const now = performance.now()
  const stale = isStale(freshness, now)
  if (stale !== freshness.stale) publish({ stale })
  if (now - lastProofCall < PROOF_EVERY) return
  lastProofCall = now
  for (const [scope, watch] of watches) {
    // Reading a case is audited each time, so a case is not read again just to prove that it is current.
    if (!scope.startsWith('case:') && watch.sequence !== null) void ask(scope, watch)
  }
}

export async function readClock(): Promise<void> {
  const { me, sent, received } = await readMe()
  setClock(me.now, sent, received, me.clock)
}

function start(): void {
  publish({ ...FRESH, startedAt: performance.now() })
  void connect()
  void ping()
  timers = [
    setInterval(() => void ping(), PING_EVERY),
    setInterval(prove, 500),
    setInterval(() => void readClock().catch(() => undefined), CLOCK_EVERY),
  ]
}

function stop(): void {
  for (const timer of timers) clearInterval(timer)
  timers = []
  const old = hub
  hub = undefined
  void old?.stop()
}

export function watchScope(watcher: Watcher): () => void {
  const { scope } = watcher
  let watch = watches.get(scope)
  if (!watch) {
    watch = { watchers: new Set(), sequence: null, waiting: null, anew: false }
    watches.set(scope, watch)
  }
  const entry = watch
  entry.watchers.add(watcher)
  if (timers.length === 0) start()
  else if (hub?.state !== HubConnectionState.Connected) void connect()
  // A second view of a scope needs the snapshot the first one already had.
  else void ask(scope, entry, true)

  return () => {
    entry.watchers.delete(watcher)
    if (entry.watchers.size > 0) return
    watches.delete(scope)
    if (hub?.state === HubConnectionState.Connected) void hub.invoke('Unwatch', scope).catch(() => undefined)
    // Leaving one page for another must not tear the socket down between the two.
    setTimeout(() => {
      if (watches.size === 0 && timers.length > 0) stop()
    }, 1000)
  }
}

/** A fresh snapshot of a scope that is already watched. */
export function refreshScope(scope: string): void {
  const watch = watches.get(scope)
  if (watch) void ask(scope, watch, true)
}

