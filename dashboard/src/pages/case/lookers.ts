export interface Allowed {
  role: string
  unit: string | null
  users: string[]
}

export interface Look {
  at: string
  user: string
  action: string
}

/** As `GET /api/cases/{id}/access` answers. */
export interface Access {
  allowed: Allowed[]
  reads: Look[]
}

export interface Looker {
  user: string
  times: number
  last: string
  actions: string[]
}

/** Opening the page leaves several entries at once: what is so close together is one look, in milliseconds. */
const ONE_LOOK = 60_000

/** The looks by account, who looked last on top. */
export function lookers(reads: readonly Look[]): Looker[] {
  const found = new Map<string, Looker & { first: number }>()
  for (const { at, user, action } of [...reads].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))) {
    const instant = Date.parse(at)
    const one = found.get(user) ?? { user, times: 0, last: at, actions: [], first: Infinity }
    if (one.first - instant > ONE_LOOK) one.times += 1
    one.first = instant
    if (!one.actions.includes(action)) one.actions.push(action)
    found.set(user, one)
  }
  return [...found.values()].map(({ user, times, last, actions }) => ({ user, times, last, actions }))
}
