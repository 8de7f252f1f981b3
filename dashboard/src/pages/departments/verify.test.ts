import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { DrawDay } from '../../api/types'
import { chosenBy, verify } from './verify'

const secret = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'
const bytes = Buffer.from(secret, 'hex')

function day(): DrawDay {
  const mac = createHmac('sha256', bytes).update('d1|2026-03-02|1|咸检起诉受[2026]1号').digest()
  const u = Number(mac.readBigUInt64BE(0)) / 2 ** 64
  const eligible = [
    { prosecutor: 'p1', load: 2, score: '0.25' },
    { prosecutor: 'p2', load: 1, score: '0.75' },
  ]
  return {
    department: 'd1',
    date: '2026-03-02',
    commitment: createHash('sha256').update(bytes).digest('hex'),
    secret,
    draws: [{ number: 1, case: '咸检起诉受[2026]1号', mode: 'random', eligible, excluded: [], u, chosen: u < 0.25 ? 'p1' : 'p2' }],
  }
}

describe('a finished day of draws', () => {
  it('agrees with an honest record', async () => {
    expect(await verify(day(), secret)).toEqual({ kind: 'agrees', draws: 1 })
  })
  it('betrays a secret that was exchanged afterwards', async () => {
    expect(await verify(day(), secret.replace('00', '01'))).toEqual({ kind: 'commitment' })
  })
  it('betrays another prosecutor put in place of the drawn one', async () => {
    const forged = day()
    const [draw] = forged.draws
    if (draw) draw.chosen = draw.chosen === 'p1' ? 'p2' : 'p1'
    expect(await verify(forged, secret)).toEqual({ kind: 'draw', number: 1 })
  })
  it('betrays a case exchanged under a draw', async () => {
    const forged = day()
    const [draw] = forged.draws
    if (draw) draw.case = 'another'
    expect(await verify(forged, secret)).toEqual({ kind: 'draw', number: 1 })
  })
})

it('the chosen one is the first whose share exceeds u, in the order of ids', () => {
  const eligible = [
    { prosecutor: 'p2', load: 0, score: 3 },
    { prosecutor: 'p1', load: 0, score: 1 },
  ]
  expect(chosenBy(0, eligible)).toBe('p1')
  expect(chosenBy(0.2499, eligible)).toBe('p1')
  expect(chosenBy(0.25, eligible)).toBe('p2')
  expect(chosenBy(0.9999, eligible)).toBe('p2')
})
