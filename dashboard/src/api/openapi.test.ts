import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
// @ts-expect-error A script without types.
import { typesOf } from '../../api-types.mjs'

describe('the types of the server', () => {
  it('are those of the committed description: else run `npm run api-types -- --offline`', async () => {
    const [description, types] = await Promise.all(['openapi.json', 'openapi.ts'].map((name) => readFile(new URL(name, import.meta.url), 'utf8')))
    expect(await (typesOf as (document: unknown) => Promise<string>)(JSON.parse(description ?? '{}'))).toBe(types)
  }, 30_000)
})
