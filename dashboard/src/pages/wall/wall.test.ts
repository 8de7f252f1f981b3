import { describe, expect, it } from 'vitest'
import { namesOf } from '../../app/names'
import { officeFold } from '../../live/office'
import { alert, counters, snapshot } from '../../live/testdata'
import { barsOf, meanLoad } from './bars'
import { alertsPath, countsOf, readFilters } from './filters'

const none = { department: null, category: null, level: null }

describe('the filters of the wall', () => {
  it('come from the address, and an unknown level is no filter', () => {
    expect(readFilters(new URLSearchParams('department=d1&level=W3'))).toEqual({ department: 'd1', category: null, level: 'W3' })
    expect(readFilters(new URLSearchParams('level=W9')).level).toBeNull()
  })
  it('are carried to the list', () => {
    expect(alertsPath({ ...none, department: 'd/1' }, { level: 'W3' })).toBe('/alerts?open=true&department=d%2F1&level=W3')
  })
})

describe('the numbers of the wall', () => {
  const office = officeFold.open(
    snapshot({
      counters: { ...counters('1', 2), levels: { W1: 2, L2: 1 }, departments: { d1: { W1: 2 }, d2: { L2: 1 } } },
      alerts: [alert('a'), alert('b', { category: '文书' }), alert('c', { level: 'L2', department: 'd2' })],
    }),
  )
  it('are those of the department when one is chosen', () => {
    expect(countsOf(office, { ...none, department: 'd2' }).levels).toEqual({ L2: 1 })
  })
  it('are counted from the list for a category, exactly while every open alert is held', () => {
    expect(countsOf(office, { ...none, category: '文书' })).toMatchObject({ levels: { W1: 1 }, total: 1, exact: true })
  })
  it('say that they are a lower bound when alerts are missing from the list', () => {
    const more = { ...office, alerts: new Map([...office.alerts].slice(1)) }
    expect(countsOf(more, { ...none, category: '文书' }).exact).toBe(false)
  })
})

describe('the bars', () => {
  const person = (id: string, load: number, onDuty = true) => ({
    id, name: id, capacity: 0.5, load, openCases: 2, alerts: 0, onDuty,
  })
  const workload = [
    { department: 'd2', name: '二部', prosecutors: [person('p3', 9)], fairness: null, unassigned: 0 },
    { department: 'd1', name: '一部', prosecutors: [person('p2', 1), person('p1', 4)], fairness: null, unassigned: 0 },
  ]
  it('stand in the order of ids, never of load', () => {
    expect(barsOf(workload, null, namesOf(null), 10).map((b) => b.id)).toEqual(['p1', 'p2', 'p3'])
  })
  it('show departments when the people do not fit, with the load of their whole capacity', () => {
    const bars = barsOf(workload, null, namesOf(null), 2)
    expect(bars.map((b) => [b.label, b.load, b.openCases])).toEqual([['一部', 2.5, 4], ['二部', 9, 2]])
  })
  it('show the people of a chosen department however many they are', () => {
    expect(barsOf(workload, 'd1', namesOf(null), 1).map((b) => b.id)).toEqual(['p1', 'p2'])
  })
  it('leave those off duty out of the mean', () => {
    const [bar] = barsOf(workload, 'd2', namesOf(null), 9)
    expect(bar && meanLoad([bar, { ...bar, load: 100, onDuty: false }])).toBe(9)
  })
})
