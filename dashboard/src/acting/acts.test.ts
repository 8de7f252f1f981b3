import { describe, expect, it } from 'vitest'
import type { Alert, Me, Role } from '../api/types'
import { possible } from './acts'

const alert = (over: Partial<Alert>): Alert => ({ id: 'a', prosecutor: 'p1', clearedAt: null, status: 'open', steps: [], ...over }) as Alert
const me = (roles: Role[], prosecutor: string | null = null): Me => ({ roles, prosecutor }) as Me

describe('what may be done about alerts', () => {
  it('gives each role the acts that the law gives it', () => {
    expect(possible([alert({})], me(['handler'], 'p1'))).toEqual(['acknowledge'])
    expect(possible([alert({})], me(['monitor']))).toEqual(['acknowledge', 'notice', 'refer', 'dismiss', 'close'])
    expect(possible([alert({})], me(['leader']))).toEqual(['acknowledge', 'dismiss', 'close'])
    expect(possible([alert({})], me(['superior']))).toEqual([])
  })

  it('lets an answer follow a notice only', () => {
    expect(possible([alert({ status: 'noticed' })], me(['handler'], 'p1'))).toEqual(['reply'])
    expect(possible([alert({ status: 'acknowledged' })], me(['handler'], 'p1'))).toEqual([])
  })

  it('offers nothing for what is over, and only what fits all that are chosen', () => {
    expect(possible([alert({ status: 'dismissed' })], me(['monitor']))).toEqual([])
    expect(possible([], me(['monitor']))).toEqual([])
    expect(possible([alert({}), alert({ status: 'noticed' })], me(['head']))).toEqual([])
  })

  it('does not let a monitor judge their own case', () => {
    expect(possible([alert({})], me(['monitor'], 'p1'))).toEqual(['acknowledge'])
  })
})
