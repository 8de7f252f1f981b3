import { readdirSync, readFileSync } from 'node:fs'
import { FAILSAFE_SCHEMA, load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { wording } from '../../i18n/language'
import { explain } from './explain'
import type { Map } from './nodes'
import { withWords } from './words'

const texts = (folder: string) => {
  const url = new URL(`../../../../grains/Cases/Catalogue/${folder}`, import.meta.url)
  return readdirSync(url).map((file) => readFileSync(new URL(`${url.href}/${file}`), 'utf8'))
}

const rules = texts('Rules').flatMap((file) => load(file, { schema: FAILSAFE_SCHEMA }) as Map[]).map((rule) => [rule['id'], rule] as const)

/** The steps are named by the server; here their codes stand for them. */
const named = (text: string) => text.replace(/“[^”]*”/g, '').replace(/\b(T|[A-Z]{1,2})-[A-Z]?\d+\b/g, '').replace(/\bL[123]\b|\b[STV]\b/g, '')

describe('every rule of the catalogue', () => {
  it.each(rules)('%s is told in Chinese, not in the keys of its file', (_, rule) => {
    const lines = explain(rule, withWords(wording('zh')))
    expect(lines).not.toEqual([])
    for (const line of lines) expect(named(`${line.label} ${line.text}`)).not.toMatch(/[A-Za-z]{2,}/)
  })
  it.each(rules)('%s is told in English, without the keys of its file', (_, rule) => {
    for (const line of explain(rule, withWords(wording('en')))) expect(named(`${line.label} ${line.text}`)).not.toMatch(/[a-z][A-Z]|[a-z]\.[a-z]|undefined/)
  })
})
