import type { Act, ActRow, Said } from './acts'

/** Milliseconds for which an act waits here before it is sent. Until then the server knows nothing of it, so undoing it leaves no trace; what was recorded stays recorded. */
export const GRACE = 5000

/** Bytes that a browser still sends for a page that goes. */
const MOST_LEAVING = 60_000

export interface Order {
  /** The server does what it gets under one key once, however often it arrives. */
  key: string
  act: Act
  ids: readonly string[]
  said: Said
}

export interface Held extends Order {
  state: 'waiting' | 'sending' | 'failed'
  /** When it goes, by the clock of the timers. */
  until: number
  failure: string | null
}

export interface Ways {
  now: () => number
  after: (ms: number, run: () => void) => () => void
  send: (order: Order) => Promise<ActRow[]>
  /** Sends for a page that goes; nobody hears the answer. */
  leave: (order: Order) => void
  explain: (error: unknown) => string
}

/** Acts that wait to be sent, and can be taken back until they are. */
export class Grace {
  private held: readonly Held[] = []
  private readonly listeners = new Set<() => void>()
  private readonly timers = new Map<string, () => void>()
  private readonly ways: Ways
  /** Told of what was done. */
  done: (order: Order, results: ActRow[]) => void = () => undefined

  constructor(ways: Ways) {
    this.ways = ways
  }

  readonly read = (): readonly Held[] => this.held

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  hold(order: Order): void {
    if (order.ids.length === 0) return
    this.put([...this.held, { ...order, state: 'waiting', until: this.ways.now() + GRACE, failure: null }])
    this.timers.set(order.key, this.ways.after(GRACE, () => void this.send(order.key)))
  }

  /** Takes an act back; whether that was still possible. */
  undo(key: string): boolean {
    const order = this.held.find((h) => h.key === key)
    if (order === undefined || order.state === 'sending') return false
    this.stop(key)
    this.put(this.held.filter((h) => h.key !== key))
    return true
  }

  /** Sends an act now, or once more. */
  async send(key: string): Promise<void> {
    const order = this.held.find((h) => h.key === key)
    if (order === undefined || order.state === 'sending') return
    this.stop(key)
    this.change(key, { state: 'sending', failure: null })
    try {
      const results = await this.ways.send(order)
      this.put(this.held.filter((h) => h.key !== key))
      this.done(order, results)
    } catch (error) {
      this.change(key, { state: 'failed', failure: this.ways.explain(error) })
    }
  }

  /** The page goes: what waits is sent now. Should it come back, that is not sent again. */
  leave(): void {
    for (const order of this.held) {
      if (order.state !== 'waiting') continue
      this.stop(order.key)
      this.ways.leave(order)
    }
    this.put(this.held.filter((h) => h.state !== 'waiting'))
  }

  /** Whether something waits that is too long to be sent by a page that goes. */
  get mustStay(): boolean {
    return this.held.some((h) => h.state === 'failed' || (h.state === 'waiting' && JSON.stringify(h).length > MOST_LEAVING))
  }

  private stop(key: string): void {
    this.timers.get(key)?.()
    this.timers.delete(key)
  }

  private change(key: string, more: Partial<Held>): void {
    this.put(this.held.map((h) => (h.key === key ? { ...h, ...more } : h)))
  }

  private put(held: readonly Held[]): void {
    this.held = held
    for (const listener of this.listeners) listener()
  }
}
