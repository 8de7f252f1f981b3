import { describe, expect, it } from 'vitest'
import { bodyOf, fieldOf, readInputs, writeInputs } from './inputs'
import type { Inputs } from './inputs'

const full: Inputs = {
  limit: 'T-B05', start: '2026-02-09T10:00:00+08:00', custody: true, variant: '10d', extensions: ['15d', '1m'],
  excluded: [{ from: '2026-02-12', until: '2026-02-14' }, { from: '2026-03-01', until: '2026-03-02' }],
}

describe('the address of the calculator', () => {
  it('holds every input', () => expect(readInputs(new URLSearchParams(writeInputs(full).toString()))).toEqual(full))
  it('is empty for nothing', () => {
    expect(writeInputs(readInputs(new URLSearchParams())).toString()).toBe('')
    expect(bodyOf(readInputs(new URLSearchParams()))).toBeNull()
  })
  it('forgives what a hand wrote', () => {
    const inputs = readInputs(new URLSearchParams('limit=T-B05&start=&extensions=,15d,,&excluded=2026-02-12&custody=yes'))
    expect(inputs).toMatchObject({ start: null, custody: false, extensions: ['15d'], excluded: [{ from: '2026-02-12', until: '' }] })
  })
  it('does not grow without end', () => expect(readInputs(new URLSearchParams(`extensions=${Array(500).fill('1d').join(',')}`)).extensions).toHaveLength(50))
})

describe('what is asked of the server', () => {
  it('is what was put in', () => expect(bodyOf(full)).toEqual({ limit: 'T-B05', start: full.start, custody: true, variant: '10d', extensions: ['15d', '1m'], excluded: full.excluded }))
  it('leaves out what was not', () => expect(bodyOf({ ...full, custody: false, variant: null, extensions: [], excluded: [] })).toEqual({ limit: 'T-B05', start: full.start, custody: false }))
  it('waits for a period that is not complete', () => expect(bodyOf({ ...full, excluded: [{ from: '2026-02-12', until: '' }] })).toBeNull())
})

it('a refusal stands at the input it is about', () => {
  expect(fieldOf('/start')).toBe('start')
  expect(fieldOf('/extensions/2')).toBe('extensions')
  expect(fieldOf('/excluded/1/until')).toBe('excluded.1')
  expect(fieldOf('/other')).toBeNull()
  expect(fieldOf(undefined)).toBeNull()
})
