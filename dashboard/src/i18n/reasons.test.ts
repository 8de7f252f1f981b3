import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { en } from './en'
import { zhCN } from './zh-CN'

const sources = ['Eligibility', 'PreviousHandlers', 'Draw'].map((name) =>
  readFileSync(new URL(`../../../grains/Cases/Assignment/${name}.cs`, import.meta.url), 'utf8'),
)
const codes = sources.flatMap((text) => [...text.matchAll(/const string \w+ = "([a-z-]+)"/g)].map(([, code]) => code ?? ''))
const modes = ['random', 'linked', 'rotation']

it('whoever is passed over can read why, in both languages', () => {
  const reasons = codes.filter((code) => !modes.includes(code))
  expect(reasons).toContain('handled-before')
  expect(reasons.length).toBeGreaterThan(10)
  for (const words of [zhCN, en]) {
    expect(reasons.filter((code) => !(`excluded.${code}` in words))).toEqual([])
    expect(modes.filter((code) => !(`mode.${code}` in words))).toEqual([])
  }
})
