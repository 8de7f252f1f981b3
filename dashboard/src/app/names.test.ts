import { describe, expect, it } from 'vitest'
import { stagesOf } from './names'

const stage = stagesOf(
  [
    { caseTypes: ['PRO', 'PRO-M'], states: [{ code: 'MERGED', name: { zh: '已并案', en: 'Merged' }, open: false }] },
    { caseTypes: ['EXEC'], states: [{ code: 'MERGED', name: { zh: '并入他案', en: 'Joined' }, open: false }] },
    { caseTypes: ['default'], states: [{ code: 'ARCHIVE', name: { zh: '已归档', en: 'Archived' }, open: false }] },
  ],
  (text) => (typeof text === 'string' ? text : text.zh),
)

describe('the name of a stage', () => {
  it.each([
    ['PRO-M', 'MERGED', '已并案'],
    ['EXEC', 'MERGED', '并入他案'],
    ['NEW', 'ARCHIVE', '已归档'],
    ['PRO', 'UNKNOWN', 'UNKNOWN'],
  ])('of %s %s is %s', (caseType, code, name) => expect(stage({ caseType, stage: code })).toBe(name))
})
