import { describe, expect, it } from 'vitest'
import type { Alert, Page } from '../../api/types'
import { alert } from '../../live/testdata'
import { AlertBook, MOST_ROWS } from './AlertBook'
import { arrange } from './arrange'
import { belongs, canonical, exportPath } from './filter'
import type { AlertFilters } from './filter'

const none: AlertFilters = { open: null, status: null, level: null, category: null, department: null, prosecutor: null, procuratorate: null, under: null, rule: null, case: null, dueBefore: null }

describe('the order of alerts', () => {
  const rows = [
    alert('a', { level: 'W1', dueOn: '2026-03-11', raisedAt: '2026-03-02T00:00:00+08:00', department: 'd2' }),
    alert('b', { level: 'L3', dueOn: null, raisedAt: '2026-03-01T00:00:00+08:00' }),
    alert('c', { level: 'L2', dueOn: '2026-03-11T10:00:00+08:00', raisedAt: '2026-03-03T00:00:00+08:00', department: null }),
  ]
  const ids = (sort: Parameters<typeof arrange>[1]) => arrange(rows, sort, null, new Set()).map((i) => (i.kind === 'row' ? i.alert.id : i.value))

  it('is newest first, or due first with an hour of a day before its end, or gravest first', () => {
    expect(ids('raised')).toEqual(['c', 'a', 'b'])
    expect(ids('due')).toEqual(['c', 'a', 'b'])
    expect(ids('level')).toEqual(['b', 'c', 'a'])
  })

  it('has the gravest group first, heads that count, and nothing under a folded head', () => {
    const items = arrange([...rows, alert('d', { level: 'W1' })], 'raised', 'department', new Set(['d1']))
    expect(items.map((i) => (i.kind === 'group' ? `${i.value}:${i.ids.length}:${i.gravest}` : i.alert.id))).toEqual(['d1:2:L3', ':1:L2', 'c', 'd2:1:W1', 'a'])
  })

  it('takes ten thousand in a moment', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => alert(`${i}`, { case: `c${i % 900}`, raisedAt: `2026-03-0${1 + (i % 9)}T00:00:00+08:00` }))
    const from = performance.now()
    expect(arrange(many, 'due', 'case', new Set())).toHaveLength(10_900)
    expect(performance.now() - from).toBeLessThan(500)
  })
})

describe('the filter in the address', () => {
  it('is one text for one question', () => {
    expect(canonical('level=W1&open=true&x=1&group=case')).toBe(canonical('group=case&open=true&level=W1'))
    expect(canonical('open=&all=')).toBe('')
  })
  it('asks for the same rows in a file', () =>
    expect(exportPath({ ...none, open: 'true', case: '案[1]' }, 'csv', 'zh')).toBe('/api/export/alerts.csv?open=true&case=%E6%A1%88%5B1%5D&lang=zh'))
  it('holds for what arrives by case and by day', () => {
    expect(belongs(alert('a', { case: 'x' }), { ...none, case: 'x' })).toBe(true)
    expect(belongs(alert('a', { case: 'x' }), { ...none, case: 'y' })).toBe(false)
    expect(belongs(alert('a', { dueOn: '2026-03-11' }), { ...none, dueBefore: '2026-03-12' })).toBe(true)
    expect(belongs(alert('a', { dueOn: '2026-03-11' }), { ...none, dueBefore: '2026-03-11' })).toBe(false)
    expect(belongs(alert('a', { dueOn: null }), { ...none, dueBefore: '2026-03-11' })).toBe(false)
  })
})

describe('the book of alerts', () => {
  const pages = (all: Alert[], size: number, during: (cursor: number) => void = () => undefined) => (cursor: string | null): Promise<Page<Alert>> => {
    const from = Number(cursor ?? 0)
    const items = all.slice(from, from + size)
    during(from)
    return Promise.resolve({ items, next: from + size < all.length ? String(from + size) : null })
  }
  const read = (book: AlertBook, page: (cursor: string | null) => Promise<Page<Alert>>) => book.read(page, () => true, () => undefined)

  it('holds every page', async () => {
    const book = new AlertBook()
    await read(book, pages(Array.from({ length: 23 }, (_, i) => alert(`${i}`)), 10))
    expect(book.all).toHaveLength(23)
    expect(book.complete).toBe(true)
  })

  it('believes the feed rather than a page that was on its way', async () => {
    const book = new AlertBook()
    await read(
      book,
      pages([alert('a'), alert('b'), alert('c')], 1, (from) => {
        if (from === 1) {
          book.tell(alert('b', { status: 'closed' }), false)
          book.tell(alert('c', { level: 'L3' }), true)
          book.tell(alert('new'), true)
        }
      }),
    )
    expect(book.all.map((a) => `${a.id} ${a.level}`).sort()).toEqual(['a W1', 'c L3', 'new W1'])
  })

  it('forgets what is no longer found when it is read anew', async () => {
    const book = new AlertBook()
    await read(book, pages([alert('a'), alert('b')], 1))
    await read(book, pages([alert('b')], 1))
    expect(book.all.map((a) => a.id)).toEqual(['b'])
  })

  it('shows what it has until all of it has been read anew, with what the feed said meanwhile', async () => {
    const book = new AlertBook()
    const all = Array.from({ length: 6 }, (_, i) => alert(`${i}`))
    await read(book, pages(all, 2))
    const seen: number[] = []
    await book.read(
      pages(all.slice(1), 2, (from) => {
        seen.push(book.all.length)
        if (from === 2) book.tell(alert('3', { status: 'closed' }), false)
      }),
      () => true,
      () => undefined,
    )
    expect(seen).toEqual([6, 6, 5])
    expect(book.all.map((a) => a.id)).toEqual(['1', '2', '4', '5'])
  })

  it('stops where a tab has enough, and says so', async () => {
    const book = new AlertBook()
    await read(book, pages(Array.from({ length: MOST_ROWS + 500 }, (_, i) => alert(`${i}`)), 500))
    expect(book.all).toHaveLength(MOST_ROWS)
    expect([book.truncated, book.complete]).toEqual([true, false])
  })
})
