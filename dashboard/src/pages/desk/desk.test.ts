import { describe, expect, it, vi } from 'vitest'
import { dayOf, monthOf, plus, weeksOf } from './month'

vi.stubGlobal('document', {})
const { further } = await import('./useKeys')
const { marksIn, markOf } = await import('./unread')

describe('the month', () => {
  it('is told in legal days, wherever the browser stands', () => {
    expect(dayOf(Date.parse('2026-03-10T23:59:59+08:00'))).toBe('2026-03-10')
    expect(dayOf(Date.parse('2026-03-10T16:00:00Z'))).toBe('2026-03-11')
  })
  it('has whole weeks from Monday that hold every day once', () => {
    for (const month of [{ year: 2026, month: 2 }, { year: 2024, month: 2 }, { year: 2026, month: 3 }, { year: 2027, month: 8 }]) {
      const weeks = weeksOf(month)
      const days = weeks.flat()
      expect(weeks.every((week) => week.length === 7 && new Date(week[0] ?? '').getUTCDay() === 1)).toBe(true)
      expect(new Set(days).size).toBe(days.length)
      expect(days.filter((d) => monthOf(d).month === month.month)).toHaveLength(new Date(Date.UTC(month.year, month.month, 0)).getUTCDate())
    }
    expect(weeksOf({ year: 2027, month: 2 })).toHaveLength(4)
  })
  it('goes over the end of the year', () => {
    expect(plus({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 })
    expect(plus({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 })
  })
})

describe('keys', () => {
  it('move within the list and begin at its end they come from', () => {
    expect([further(-1, 1, 3), further(-1, -1, 3), further(0, -1, 3), further(2, 1, 3), further(1, 1, 3), further(-1, 1, 0)]).toEqual([0, 2, 0, 2, 2, -1])
  })
})

describe('what was read', () => {
  const one = { id: '0123456789abcdef', level: 'W1' as const }
  it('comes back as it was kept', () => expect(marksIn([markOf(one), 'x'].join(' '))).toEqual(new Set([markOf(one), 'x'])))
  it('is news again at another level', () => expect(markOf(one)).not.toBe(markOf({ ...one, level: 'L2' as const })))
  it('is nothing where nothing was kept', () => expect(marksIn('').size).toBe(0))
})
