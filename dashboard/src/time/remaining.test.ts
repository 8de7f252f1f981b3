import { describe, expect, it } from 'vitest'
import { wording } from '../i18n/language'
import { dueInstant, legal, parts, remaining, shortInstant } from './remaining'
import { age, countdown, milliseconds } from './wording'

const at = (instant: string) => Date.parse(instant)
const zh = wording('zh')
const en = wording('en')

describe('a limit that ends on a date', () => {
  it('is met until 24:00 of that day in Shanghai', () => {
    expect(dueInstant('2026-03-08')).toBe(at('2026-03-09T00:00:00+08:00'))
    expect(remaining(dueInstant('2026-03-08'), at('2026-03-08T23:59:59+08:00')).overdue).toBe(false)
  })
  it('is missed from the first instant of the next day', () => {
    expect(remaining(dueInstant('2026-03-08'), at('2026-03-09T00:00:00+08:00')).overdue).toBe(true)
  })
})

it('a limit in hours ends at its instant', () => {
  expect(dueInstant('2026-03-08T10:30:00+08:00')).toBe(at('2026-03-08T10:30:00+08:00'))
})

describe('a countdown', () => {
  it.each([
    ['2026-03-05T21:00:00+08:00', '剩余 3天 3时', '3d 3h left'],
    ['2026-03-08T18:48:00+08:00', '剩余 5时 12分', '5h 12m left'],
    ['2026-03-08T23:47:55+08:00', '剩余 12分 5秒', '12m 5s left'],
    ['2026-03-08T23:59:59+08:00', '剩余 1秒', '1s left'],
    ['2026-03-09T00:00:00+08:00', '已超 0秒', '0s over'],
    ['2026-03-10T00:00:00+08:00', '已超 1天', '1d over'],
    ['2026-03-10T02:30:00+08:00', '已超 1天 2时', '1d 2h over'],
    ['2025-10-01T00:00:00+08:00', '剩余 159天', '159d left'],
  ])('at %s says %s', (now, chinese, english) => {
    expect(countdown('2026-03-08', at(now), zh).text).toBe(chinese)
    expect(countdown('2026-03-08', at(now), en).text).toBe(english)
  })
})

it('shows no more than two parts and no empty second part', () => {
  expect(parts(remaining(3 * 86_400_000, 0))).toEqual([['day', 3]])
  expect(parts(remaining(7_200_000, 0))).toEqual([['hour', 2]])
})

it('shows legal time in Shanghai whatever the zone of the browser', () => {
  expect(legal(at('2026-02-28T16:00:00Z'))).toEqual({ date: '2026-03-01', time: '00:00:00', weekday: 0 })
})

it('says the year of an instant only when it is another one', () => {
  const now = at('2026-03-01T09:00:00+08:00')
  expect(shortInstant('2026-02-09T09:30:00+08:00', now)).toBe('02-09 09:30')
  expect(shortInstant('2025-12-31T16:30:00Z', now)).toBe('01-01 00:30')
  expect(shortInstant('2025-12-31T09:30:00+08:00', now)).toBe('2025-12-31 09:30')
})

it('shows a real age in tenths of a second while they matter', () => {
  expect(age(400, zh)).toBe('0.4 秒')
  expect(age(72_000, zh)).toBe('1分 12秒')
  expect(milliseconds(38.2, zh)).toBe('38 毫秒')
  expect(milliseconds(1240, en)).toBe('1.2 s')
})
