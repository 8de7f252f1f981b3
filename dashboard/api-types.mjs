// Renews src/api/openapi.json and src/api/openapi.ts from a running server: CLUSTER_URL=http://localhost:5080 npm run api-types
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const snapshot = new URL('src/api/openapi.json', import.meta.url)
const types = new URL('src/api/openapi.ts', import.meta.url)

/** Shapes only, in a fixed order: wording may change without breaking anybody. */
function shapeOf(value, isMap = false) {
  if (Array.isArray(value)) return value.map((one) => shapeOf(one))
  if (value === null || typeof value !== 'object') return value
  // Below these the keys are names of ours, not words of OpenAPI.
  const maps = ['properties', 'schemas', 'paths', 'content', 'responses']
  return Object.fromEntries(
    Object.keys(value)
      .filter((key) => isMap || !['summary', 'description', 'example', 'examples'].includes(key) || typeof value[key] === 'object')
      .sort()
      .map((key) => [key, shapeOf(value[key], !isMap && maps.includes(key))]),
  )
}

const HEAD = '/** Generated from openapi.json by `npm run api-types`; not to be edited. */\n\n'

export async function typesOf(document) {
  return HEAD + astToString(await openapiTS(document))
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const server = process.env['CLUSTER_URL'] ?? 'http://localhost:5080'
  const document = process.argv.includes('--offline') ? JSON.parse(await readFile(snapshot, 'utf8')) : await (await fetch(`${server}/openapi/v1.json`)).json()
  const shape = shapeOf(document)
  await writeFile(snapshot, `${JSON.stringify(shape, null, 2)}\n`)
  await writeFile(types, await typesOf(shape))
}
