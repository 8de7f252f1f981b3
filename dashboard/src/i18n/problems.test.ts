import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failureIn } from './failure'
import { wording } from './language'
import { problemsEn } from './problems.en'
import { problemsZh } from './problems.zh-CN'

const BUILT = new Set(['bin', 'obj', 'wwwroot'])

function* sources(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory() && !BUILT.has(entry.name)) yield* sources(join(directory, entry.name))
    else if (entry.name.endsWith('.cs')) yield readFileSync(join(directory, entry.name), 'utf8')
  }
}

/** The codes of what the server refuses, as its sources name them: problems, readings of events, and refusals of drafts. */
const NAMED = [/\bOf\(\s*(?:\d{3}|status),\s*"([a-z-]+)"/g, /\bEventProblem\(\s*"([a-z-]+)"/g, /\bEventProblem [^;]*?new\(\s*"([a-z-]+)"/g, /\bRefusal\(\s*"([a-z-]+)"/g, /\? "(not-a-draft)" : "(not-published)"/g]

const root = join(import.meta.dirname, '../../..')
const codes = new Set(
  ['api', 'grains/Cases/Events', 'grains/Grains/Rules'].flatMap((part) =>
    [...sources(join(root, part))].flatMap((text) => NAMED.flatMap((pattern) => [...text.matchAll(pattern)].flatMap((m) => m.slice(1).filter(Boolean)))),
  ),
)

describe('what the server refuses', () => {
  it('is found in its sources', () => expect(codes.size).toBeGreaterThan(55))

  it.each([...codes].sort())('%s has words in both languages', (code) => {
    expect(problemsZh).toHaveProperty([`problem.${code}`])
    expect(problemsEn).toHaveProperty([`problem.${code}`])
    expect(problemsZh[`problem.${code}` as keyof typeof problemsZh]).toMatch(/\p{Script=Han}/u)
  })

  it('is told in the language of the page, with the place', () => {
    const failure = { status: 422, code: 'too-long', detail: 'At most 500 characters.', at: '/note' }
    expect(failureIn(wording('zh'), failure)).toBe('内容过长（/note）')
    expect(failureIn(wording('en'), failure)).toBe('The content is too long (/note)')
  })

  it('is told in its own words where the code is new', () =>
    expect(failureIn(wording('zh'), { status: 418, code: 'teapot', detail: 'It is a teapot.', at: null })).toBe('It is a teapot.'))

  it('is told by its status where there is nothing else', () =>
    expect(failureIn(wording('zh'), { status: 502, code: null, detail: null, at: null })).toBe('服务器答复 502'))
})
