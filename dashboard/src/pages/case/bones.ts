import type { CaseBody, CaseDocument, Deadline, HistoryEntry } from '../../api/types'
import { dueInstant, legal } from '../../time/remaining'

/** How a node stands: happened or kept, still running, run out, demanded and not there, not due yet, no longer counted. */
export type NodeState = 'done' | 'running' | 'missed' | 'missing' | 'ahead' | 'stopped'

export type BoneNode =
  | { kind: 'events'; key: string; state: 'done'; type: string; entries: HistoryEntry[] }
  | { kind: 'limit'; key: string; state: Exclude<NodeState, 'missing' | 'ahead'>; limits: [Deadline, ...Deadline[]] }
  | { kind: 'documents'; key: string; state: 'missing' | 'ahead'; documents: CaseDocument[] }
  | { kind: 'rest'; key: string; state: NodeState; nodes: BoneNode[] }

/** A day on the spine: above it what happened, below it what was, is or will be due. */
export interface Slot {
  day: string
  now: boolean
  up: BoneNode[]
  down: BoneNode[]
}

/** As `GET /api/cases/{id}/course` answers. */
export interface PassedStage {
  stage: string
  at: string
  event: { source: string; id: string } | null
}

export interface Course {
  stages: PassedStage[]
  more: boolean
}

/** So many nodes fit a bone; what is beyond is one node that lists it. */
export const ROWS = 6

const dayOf = (instant: string): string => (instant.length === 10 ? instant : legal(Date.parse(instant)).date)

export const limitKey = (d: Pick<Deadline, 'id' | 'instance' | 'subject'>): string => `${d.id} ${d.instance} ${d.subject}`

/** A limit that is over stands where it ended; one that runs or was missed, where it is due. */
function dayOfLimit(d: Deadline): string {
  return dayOf((d.status === 'met' || d.status === 'stopped') && d.endedOn !== null ? d.endedOn : d.dueOn)
}

const STATE = { met: 'done', running: 'running', missed: 'missed', stopped: 'stopped' } as const

/** Red before what runs before what is over, so that a full bone hides the least. */
const RANK: Record<NodeState, number> = { missed: 0, missing: 0, running: 1, ahead: 2, done: 3, stopped: 4 }

function fitted(nodes: BoneNode[], key: string): BoneNode[] {
  if (nodes.length <= ROWS) return nodes
  const rest = nodes.slice(ROWS - 1)
  const worst = [...rest].sort((a, b) => RANK[a.state] - RANK[b.state])[0]
  return [...nodes.slice(0, ROWS - 1), { kind: 'rest', key, state: worst?.state ?? 'done', nodes: rest }]
}

/** The days of a case on which anything happened or is due, in order; the day of `asOf` is always among them. */
export function slots(body: Pick<CaseBody, 'history' | 'deadlines' | 'documents' | 'asOf'>): Slot[] {
  const today = dayOf(body.asOf)
  const days = new Map<string, { up: BoneNode[]; down: BoneNode[] }>([[today, { up: [], down: [] }]])
  const at = (day: string) => {
    const known = days.get(day) ?? { up: [], down: [] }
    days.set(day, known)
    return known
  }
  for (const entry of [...body.history].sort((a, b) => Date.parse(a.time) - Date.parse(b.time))) {
    const day = dayOf(entry.time)
    const { up } = at(day)
    const same = up.find((n) => n.kind === 'events' && n.type === entry.type)
    if (same?.kind === 'events') same.entries.push(entry)
    else up.push({ kind: 'events', key: `events ${day} ${entry.type}`, state: 'done', type: entry.type, entries: [entry] })
  }
  for (const limit of body.deadlines) {
    const { down } = at(dayOfLimit(limit))
    const state = STATE[limit.status]
    // One limit for each of several suspects is one node.
    const same = down.find((n) => n.kind === 'limit' && n.state === state && n.limits[0].id === limit.id)
    if (same?.kind === 'limit') same.limits.push(limit)
    else down.push({ kind: 'limit', key: `limit ${limitKey(limit)}`, state, limits: [limit] })
  }
  const missing = body.documents.filter((d) => d.required && d.state === 'missing')
  const ahead = body.documents.filter((d) => d.required && d.state === 'not-yet')
  const { down } = at(today)
  for (const d of missing) down.push({ kind: 'documents', key: `document ${d.code}`, state: 'missing', documents: [d] })
  if (ahead.length > 0) down.push({ kind: 'documents', key: 'documents ahead', state: 'ahead', documents: ahead })
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, nodes]) => ({
      day,
      now: day === today,
      up: fitted(nodes.up, `rest up ${day}`),
      down: fitted(nodes.down.sort((a, b) => RANK[a.state] - RANK[b.state]), `rest down ${day}`),
    }))
}

export interface Placed {
  node: BoneNode
  slot: number
  side: 'up' | 'down'
  x: number
  y: number
}

export interface Layout {
  width: number
  height: number
  /** Middle of the spine, and half its thickness. */
  spine: number
  half: number
  /** Width of a slot. */
  slot: number
  /** Where each slot meets the spine. */
  feet: number[]
  /** End of each bone: above and below; null where there is none. */
  tips: { up: [number, number] | null; down: [number, number] | null }[]
  nodes: Placed[]
}

/** The least width of a slot; where there is room, slots share it. */
export const SLOT = 128
const WIDEST = 230
const HEAD = 70
const LINE = 21
const SLANT = 0.42
const MARGIN = 18
const HALF = 15

/** Bones lean forward, as on a fish: all by the same angle, so that no label meets the next bone. */
export function layout(all: readonly Slot[], room = 0): Layout {
  const slot = Math.floor(Math.min(WIDEST, Math.max(SLOT, (room - MARGIN * 2 - 22 - HEAD) / Math.max(1, all.length))))
  const rows = (side: 'up' | 'down') => Math.max(1, ...all.map((s) => s[side].length))
  const reach = (n: number) => n * LINE + 14
  const above = reach(rows('up'))
  const below = reach(rows('down'))
  const spine = MARGIN + above + HALF
  const feet = all.map((_, i) => MARGIN + 22 + i * slot)
  const nodes: Placed[] = []
  const tips = all.map((day, i) => {
    const foot = feet[i] ?? 0
    const tip = (side: 'up' | 'down'): [number, number] | null => {
      const some = day[side]
      if (some.length === 0) return null
      const sign = side === 'up' ? -1 : 1
      some.forEach((node, row) => {
        // Above, the first of the day stands on top; below, the gravest next to the spine.
        const place = side === 'up' ? some.length - 1 - row : row
        const away = 14 + place * LINE
        nodes.push({ node, slot: i, side, x: foot + away * SLANT, y: spine + sign * (HALF + away) })
      })
      const away = 14 + (some.length - 1) * LINE + 8
      return [foot + away * SLANT, spine + sign * (HALF + away)]
    }
    return { up: tip('up'), down: tip('down') }
  })
  return { width: MARGIN * 2 + 22 + all.length * slot + HEAD, height: spine + HALF + below + MARGIN, spine, half: HALF, slot, feet, tips, nodes }
}

/** The stages along the spine: each from the slot of the day it was reached to that of the next. */
export function bands(course: readonly PassedStage[], all: readonly Slot[], placed: Layout): { stage: PassedStage; from: number; to: number; last: boolean }[] {
  const foot = (at: string): number => {
    const day = dayOf(at)
    const i = all.findIndex((s) => s.day >= day)
    return placed.feet[i < 0 ? all.length - 1 : i] ?? 0
  }
  const starts = course.map((stage, i) => (i === 0 ? MARGIN : foot(stage.at) - 22))
  // The day that is shown is still part of the stage.
  const now = (placed.feet[all.findIndex((s) => s.now)] ?? placed.width) + placed.slot * 0.66
  const found = course.map((stage, i) => ({ stage, from: starts[i] ?? 0, to: i + 1 < course.length ? (starts[i + 1] ?? 0) : now, last: i + 1 === course.length }))
  // Two stages of one day have no room beside each other: the later one is what the case came to.
  return found.filter((b) => b.to > b.from || b.last)
}

/** A spine cut into pieces of so many slots, each with the stages that reach into it: what fits a sheet of paper. */
export function pieces(all: readonly Slot[], course: readonly PassedStage[], length: number): { slots: Slot[]; course: PassedStage[] }[] {
  const today = all.find((s) => s.now)?.day ?? ''
  const found = []
  for (let i = 0; i < all.length; i += length) {
    const some = all.slice(i, i + length)
    const first = some[0]?.day ?? ''
    const next = all[i + length]?.day ?? '9999'
    const from = course.filter((s) => dayOf(s.at) <= first).at(-1)
    found.push({ slots: some, course: first > today ? [] : course.filter((s) => s === from || (dayOf(s.at) > first && dayOf(s.at) < next)) })
  }
  return found
}

/** Where an arrow key leads from a node: along the spine by day, or along the bone. */
export function moved(nodes: readonly Placed[], from: number, key: string): number {
  const here = nodes[from]
  if (here === undefined) return 0
  if (key === 'Home') return 0
  if (key === 'End') return nodes.length - 1
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const column = nodes.map((n, i) => ({ n, i })).filter(({ n }) => n.slot === here.slot).sort((a, b) => a.n.y - b.n.y)
    const at = column.findIndex(({ i }) => i === from) + (key === 'ArrowUp' ? -1 : 1)
    return column[Math.min(Math.max(at, 0), column.length - 1)]?.i ?? from
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return from
  const sign = key === 'ArrowLeft' ? -1 : 1
  const beyond = nodes.map((n, i) => ({ n, i })).filter(({ n }) => (n.slot - here.slot) * sign > 0)
  const nearest = Math.min(...beyond.map(({ n }) => Math.abs(n.slot - here.slot)))
  const next = beyond.filter(({ n }) => Math.abs(n.slot - here.slot) === nearest)
  // The same height on the same side if there is one there.
  return next.sort((a, b) => Math.abs(a.n.y - here.y) - Math.abs(b.n.y - here.y))[0]?.i ?? from
}

const WIDE = /[\u2e80-\uffef]/

/** What fits a label: a Chinese character takes the room of two others. */
export function clipped(text: string, room: number): string {
  let used = 0
  let out = ''
  for (const c of text) {
    used += WIDE.test(c) ? 2 : 1
    if (used > room) return `${out}…`
    out += c
  }
  return out
}

/** The states of a course that a case of this type can come to, each with whether it has been there. */
export function steps(states: readonly { code: string }[], passed: readonly PassedStage[]): { code: string; state: 'done' | 'now' | 'ahead'; at: string | null }[] {
  const current = passed.at(-1)?.stage
  return states.map(({ code }) => {
    const at = passed.filter((p) => p.stage === code).at(-1)?.at ?? null
    return { code, state: code === current ? 'now' : at === null ? 'ahead' : 'done', at }
  })
}

/** Milliseconds from `asOf` until a limit is missed; negative once it is. */
export function left(limit: Pick<Deadline, 'dueOn'>, asOf: string): number {
  return dueInstant(limit.dueOn) - Date.parse(asOf)
}
