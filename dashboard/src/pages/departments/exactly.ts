/**
 * Numbers of draws as they are printed, in whole numbers: weights, capacities and loads in ten-thousandths, scores in
 * millionths, so that everybody who recomputes a draw rounds and compares alike.
 */

const one = 10_000n

/** A printed decimal times 10^digits; null if it has more digits, or is none. */
export function scaled(printed: number | string, digits: number): bigint | null {
  const text = typeof printed === 'string' ? printed : plain(printed)
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) return null
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  return fraction.length > digits ? null : BigInt((match[1] ?? '0') + fraction.padEnd(digits, '0'))
}

export function tenThousandths(printed: number | undefined): bigint | null {
  return printed === undefined ? null : scaled(printed, 4)
}

/** weight ÷ capacity, rounded half up. */
export function ratio(weight: bigint, capacity: bigint): bigint {
  return (weight * one * 2n + capacity) / (capacity * 2n)
}

/** a × b × c, each with four decimals, rounded half up to four. */
export function product(a: bigint, b: bigint, c: bigint): bigint {
  const divisor = one * one
  return (a * b * c * 2n + divisor) / (divisor * 2n)
}

/** The first whose running sum of scores ÷ total exceeds bits ÷ 2⁶⁴, without rounding. */
export function chosenBy(bits: bigint, eligible: { prosecutor: string; score: number | string }[]): string | null {
  const scores = eligible.map((e) => scaled(e.score, 24) ?? 0n)
  const bound = scores.reduce((sum, score) => sum + score, 0n) * bits
  let running = 0n
  for (const [i, score] of scores.entries()) {
    running += score
    if (running << 64n > bound) return eligible[i]?.prosecutor ?? null
  }
  return null
}

// A number below a millionth would be written with an exponent.
function plain(value: number): string {
  const text = String(value)
  return /e/i.test(text) ? value.toFixed(20).replace(/0+$/, '') : text
}
