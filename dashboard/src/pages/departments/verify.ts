import type { DrawDay } from '../../api/types'
import { chosenBy } from './exactly'
import { ScoreCheck } from './scores'

/**
 * Recomputes a finished day of draws, as `verify-draws` does: the secret against its commitment, then of every draw the number,
 * u (first 8 bytes, big-endian, of HMAC-SHA256(secret, `department|date|number|case`) ÷ 2⁶⁴), the scores from what is told of
 * loads, capacities and the weight of the case, the turn, and who was chosen: the first, in the order of ids, whose running sum
 * of scores ÷ total exceeds u. Draws that tell no policy, as they were published at first, are checked but for their scores.
 */
export type Verdict =
  | { kind: 'agrees'; draws: number }
  | { kind: 'commitment' }
  | { kind: 'draw'; number: number; fault: Fault }

export type Fault = 'number' | 'order' | 'policy' | 'turn' | 'capacity' | 'score' | 'u' | 'chosen'

type Draw = DrawDay['draws'][number]

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, '0')).join('')
}

/** Browsers offer cryptography on secure addresses only. */
export function canVerify(): boolean {
  return (globalThis.crypto.subtle as SubtleCrypto | undefined) !== undefined
}

/** The 64 bits of u. */
async function bitsOf(key: CryptoKey, day: DrawDay, draw: Draw): Promise<bigint> {
  const message = new TextEncoder().encode(`${day.department}|${day.date}|${draw.number}|${draw.case}`)
  const mac = await crypto.subtle.sign('HMAC', key, message)
  return new DataView(mac).getBigUint64(0)
}

export async function verify(day: DrawDay, secret: string): Promise<Verdict> {
  const digest = toHex(await crypto.subtle.digest('SHA-256', fromHex(secret)))
  if (digest !== day.commitment.toLowerCase()) return { kind: 'commitment' }
  const key = await crypto.subtle.importKey('raw', fromHex(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const scores = new ScoreCheck()
  for (const [index, draw] of day.draws.entries()) {
    const fault = draw.number === index + 1 ? faultOf(draw, await bitsOf(key, day, draw), scores) : 'number'
    if (fault !== null) return { kind: 'draw', number: draw.number, fault }
  }
  return { kind: 'agrees', draws: day.draws.length }
}

function faultOf(draw: Draw, bits: bigint, scores: ScoreCheck): Fault | null {
  const ids = draw.eligible.map((e) => e.prosecutor)
  // By UTF-16 units, as ordinal order is.
  if (ids.some((id, i) => i > 0 && (ids[i - 1] ?? '') >= id)) return 'order'
  if (draw.eligible.some((e) => !(Number(e.score) > 0))) return 'score'
  if (draw.policy !== undefined) {
    const fault = scores.faultOf(draw, draw.policy)
    if (fault !== null) return fault
  }
  // A browser reads u with 17 digits.
  if (Math.abs(Number(bits) / 2 ** 64 - draw.u) > 1e-15) return 'u'
  return chosenBy(bits, draw.eligible) === draw.chosen ? null : 'chosen'
}
