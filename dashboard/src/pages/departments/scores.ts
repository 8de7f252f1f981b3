import type { DrawCandidate, DrawDay, Turn } from '../../api/types'
import { product, ratio, scaled, tenThousandths } from './exactly'

type Draw = DrawDay['draws'][number]

const full = 1_000_000n
const least = 1n
const thirdOfFull = 333_333n
const longestTurn = 100

/** Whether the scores, capacities and turns of a day's draws follow from what they tell; grains/Verify/README.md says how. */
export class ScoreCheck {
  private last: Turn | null = null
  private followsOn = false

  /** What does not follow; null if all does. */
  faultOf(draw: Draw, policy: string): 'policy' | 'turn' | 'capacity' | 'score' | null {
    const method = methodOf(policy)
    if (method === null) return 'policy'
    if (draw.mode === 'rotation' && !this.followsInTurn(draw, method)) return 'turn'
    if (!draw.eligible.every(capacityFollows)) return 'capacity'
    return scoresFollow(draw, method) ? null : 'score'
  }

  /** The turn before is what the day says it was, and the one after it is chosen. */
  private followsInTurn(draw: Draw, method: Method): boolean {
    const last = draw.lastTurn ?? null
    const passed = draw.excluded.filter((e) => e.reason === 'not-their-turn')
    const candidates = [...draw.eligible, ...passed].map((e) => e.prosecutor).sort(ordinally)
    const told = !this.followsOn || (last?.prosecutor === this.last?.prosecutor && last?.taken === this.last?.taken)
    const follows = told && method.each !== undefined && candidates.length > 0 && nextTurn(last, candidates, method.each) === draw.chosen
    const again = last !== null && last.prosecutor === draw.chosen && last.taken < (method.each ?? 1)
    this.last = { prosecutor: draw.chosen, taken: again ? last.taken + 1 : 1 }
    this.followsOn = true
    return follows
  }
}

/** How a policy draws; `each` where it draws in turns. */
interface Method {
  balanced: boolean
  each?: number
}

function methodOf(policy: string): Method | null {
  if (policy === 'balanced/1') return { balanced: true }
  if (policy === 'random/1') return { balanced: false }
  const turns = /^turns(?::([1-9]\d{0,2}))?\/1$/.exec(policy)
  const each = Number(turns?.[1] ?? 1)
  // Turns of one case are told as turns alone.
  return turns && each <= longestTurn && turns[1] !== '1' ? { balanced: false, each } : null
}

function nextTurn(last: Turn | null, candidates: string[], each: number): string | undefined {
  if (last === null) return candidates[0]
  if (last.taken < each && candidates.includes(last.prosecutor)) return last.prosecutor
  return candidates.find((id) => ordinally(id, last.prosecutor) > 0) ?? candidates[0]
}

function capacityFollows(candidate: DrawCandidate): boolean {
  if (candidate.reduced === undefined) return true
  const [whole, newcomer, absence] = [candidate.reduced.full, candidate.reduced.newcomer, candidate.reduced.absence].map(tenThousandths)
  if (!whole || !newcomer || !absence || newcomer > 10_000n || absence > 10_000n) return false
  const left = product(whole, newcomer, absence)
  return tenThousandths(candidate.capacity) === (left > 1n ? left : 1n)
}

function scoresFollow(draw: Draw, method: Method): boolean {
  const weight = tenThousandths(draw.weight)
  const after: bigint[] = []
  for (const candidate of draw.eligible) {
    const [load, capacity] = [tenThousandths(candidate.load), tenThousandths(candidate.capacity)]
    if (weight === null || load === null || !capacity) return false
    after.push(load + ratio(weight, capacity))
  }
  const scores = method.balanced && after.length > 1 ? balanced(after) : after.map(() => full)
  return draw.eligible.every((candidate, i) => scaled(candidate.score, 6) === scores[i])
}

/** Those who would carry least, half of all, have the same chance; who ties at the boundary shares the places left. */
function balanced(after: bigint[]): bigint[] {
  const [first, second] = after
  if (after.length === 2 && first !== undefined && second !== undefined && first !== second) {
    return first < second ? [full, thirdOfFull] : [thirdOfFull, full]
  }
  const places = Math.min(after.length, Math.max(2, Math.ceil(after.length / 2)))
  const bound = [...after].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))[places - 1] ?? 0n
  const below = after.filter((load) => load < bound).length
  const tied = BigInt(after.filter((load) => load === bound).length)
  const shared = (BigInt(places - below) * full + tied - 1n) / tied
  return after.map((load) => (load < bound ? full : load === bound ? shared : least))
}

function ordinally(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
