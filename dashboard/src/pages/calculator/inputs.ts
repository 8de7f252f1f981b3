/** What the calculator is asked, as its address says it. */
export interface Inputs {
  limit: string | null
  /** A date, or an instant with an offset. */
  start: string | null
  custody: boolean
  variant: string | null
  extensions: string[]
  /** Days that do not count; one that is not filled in yet has an empty end. */
  excluded: { from: string; until: string }[]
}

/** As many as a hand would ever type; the server has a limit of its own. */
const MOST = 50

export function readInputs(search: URLSearchParams): Inputs {
  return {
    limit: search.get('limit') || null,
    start: search.get('start') || null,
    custody: search.get('custody') === 'true',
    variant: search.get('variant') || null,
    extensions: (search.get('extensions') ?? '').split(',').map((e) => e.trim()).filter(Boolean).slice(0, MOST),
    excluded: search.getAll('excluded').slice(0, MOST).map((span) => {
      const [from = '', until = ''] = span.split('..')
      return { from, until }
    }),
  }
}

export function writeInputs(inputs: Inputs): URLSearchParams {
  const search = new URLSearchParams()
  if (inputs.limit !== null) search.set('limit', inputs.limit)
  if (inputs.start !== null) search.set('start', inputs.start)
  if (inputs.custody) search.set('custody', 'true')
  if (inputs.variant !== null) search.set('variant', inputs.variant)
  if (inputs.extensions.length > 0) search.set('extensions', inputs.extensions.join(','))
  for (const { from, until } of inputs.excluded) search.append('excluded', `${from}..${until}`)
  return search
}

/** The body of POST /api/deadlines/compute; null while something it needs is not there. */
export function bodyOf(inputs: Inputs): object | null {
  if (inputs.limit === null || inputs.start === null || inputs.excluded.some((e) => e.from === '' || e.until === '')) return null
  return {
    limit: inputs.limit,
    start: inputs.start,
    custody: inputs.custody,
    ...(inputs.variant === null ? {} : { variant: inputs.variant }),
    ...(inputs.extensions.length === 0 ? {} : { extensions: inputs.extensions }),
    ...(inputs.excluded.length === 0 ? {} : { excluded: inputs.excluded }),
  }
}

export type Field = 'limit' | 'start' | 'variant' | 'extensions' | `excluded.${number}`

/** Which input a refusal is about, by the pointer of the problem; null for the whole. */
export function fieldOf(pointer: unknown): Field | null {
  if (typeof pointer !== 'string') return null
  const [, name, index] = pointer.split('/')
  if (name === 'excluded' && index !== undefined && /^\d+$/.test(index)) return `excluded.${Number(index)}`
  return name === 'limit' || name === 'start' || name === 'variant' || name === 'extensions' ? name : null
}
