import type { DrawDay } from '../../api/types'

/**
 * Recomputes a finished day of draws: the secret against its commitment, then every draw from the secret.
 * u is the first 8 bytes, big-endian, of HMAC-SHA256(secret, `department|date|number|case`) ÷ 2⁶⁴; the chosen one is the
 * first, in the order of ids, whose running sum of scores ÷ total exceeds u.
 */
export type Verdict =
  | { kind: 'agrees'; draws: number }
  | { kind: 'commitment' }
  | { kind: 'draw'; number: number }

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

export function chosenBy(u: number, eligible: DrawDay['draws'][number]['eligible']): string | undefined {
  const sorted = [...eligible].sort((a, b) => (a.prosecutor < b.prosecutor ? -1 : 1))
  const total = sorted.reduce((sum, e) => sum + Number(e.score), 0)
  let running = 0
  return sorted.find((e) => (running += Number(e.score)) / total > u)?.prosecutor
}

export async function uOf(secret: string, day: DrawDay, number: number, caseId: string): Promise<number> {
  const key = await crypto.subtle.importKey('raw', fromHex(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const message = new TextEncoder().encode(`${day.department}|${day.date}|${number}|${caseId}`)
  const mac = await crypto.subtle.sign('HMAC', key, message)
  return Number(new DataView(mac).getBigUint64(0)) / 2 ** 64
}

export async function verify(day: DrawDay, secret: string): Promise<Verdict> {
  const digest = toHex(await crypto.subtle.digest('SHA-256', fromHex(secret)))
  if (digest !== day.commitment.toLowerCase()) return { kind: 'commitment' }
  for (const draw of day.draws) {
    // Only a random draw was drawn; the others are listed with their reason.
    if (draw.eligible.length === 0) continue
    const u = await uOf(secret, day, draw.number, draw.case)
    if (Math.abs(u - draw.u) > 1e-9 || chosenBy(u, draw.eligible) !== draw.chosen) return { kind: 'draw', number: draw.number }
  }
  return { kind: 'agrees', draws: day.draws.length }
}
