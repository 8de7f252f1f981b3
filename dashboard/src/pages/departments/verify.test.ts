import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { DrawDay } from '../../api/types'
import { chosenBy, product, ratio, scaled } from './exactly'
import { verify } from './verify'

interface Forgery {
  day: string
  draw: number
  fault: string
  changes: Record<string, unknown>
}

// The same file proves the verifier that runs without a server (grains/Verify).
const file = JSON.parse(readFileSync(new URL('../../../../tests/Cases.Tests/Assignment/published-days.json', import.meta.url), 'utf8')) as {
  days: Record<string, DrawDay & { secret: string }>
  forgeries: Record<string, Forgery>
}

function published(name: string): DrawDay & { secret: string } {
  const day = file.days[name]
  if (!day) throw new Error(name)
  return structuredClone(day)
}

function changed(forgery: Forgery): DrawDay & { secret: string } {
  const day = published(forgery.day)
  for (const [where, to] of Object.entries(forgery.changes)) {
    const steps = where.split('/')
    const last = steps.pop() ?? ''
    const place = steps.reduce((at, step) => at[step] as Record<string, unknown>, day as unknown as Record<string, unknown>)
    place[last] = to
  }
  return day
}

describe('a finished day of draws', () => {
  it.each(Object.keys(file.days))('agrees with an honest record: %s', async (name) => {
    const day = published(name)
    expect(await verify(day, day.secret)).toEqual({ kind: 'agrees', draws: day.draws.length })
  })
  it.each(Object.entries(file.forgeries))('betrays a forgery: %s', async (_, forgery) => {
    const day = changed(forgery)
    expect(await verify(day, day.secret)).toEqual({ kind: 'draw', number: forgery.draw, fault: forgery.fault })
  })
  it('betrays a secret that was exchanged afterwards', async () => {
    const day = published('linked')
    expect(await verify(day, day.secret.replace('00', '01'))).toEqual({ kind: 'commitment' })
  })
})

it('the chosen one is the first whose share exceeds u, in the order of ids', () => {
  const eligible = [
    { prosecutor: 'p1', score: 1 },
    { prosecutor: 'p2', score: 3 },
  ]
  const quarter = 2n ** 62n
  expect(chosenBy(0n, eligible)).toBe('p1')
  expect(chosenBy(quarter - 1n, eligible)).toBe('p1')
  expect(chosenBy(quarter, eligible)).toBe('p2')
  expect(chosenBy(2n ** 64n - 1n, eligible)).toBe('p2')
  expect(chosenBy(0n, [])).toBeNull()
})

it('numbers are read as they are printed, and rounded half up', () => {
  expect([scaled('0.000001', 6), scaled(1e-7, 7), scaled(12.5, 4), scaled('1.20', 1), scaled(1.23456, 4), scaled('-1', 4), scaled('x', 4)]).toEqual([1n, 1n, 125_000n, 12n, null, null, null])
  expect([ratio(10_000n, 30_000n), ratio(20_000n, 30_000n), ratio(5n, 100_000n)]).toEqual([3_333n, 6_667n, 1n])
  expect(product(10_000n, 6_667n, 5_000n)).toBe(3_334n)
})
