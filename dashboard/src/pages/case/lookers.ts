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

/** The looks by account, who looked last on top. Opening the page is several looks at once: they are counted as they were written. */
export function lookers(reads: readonly Look[]): Looker[] {
  const found = new Map<string, Looker>()
  for (const { at, user, action } of reads) {
    const one = found.get(user) ?? { user, times: 0, last: at, actions: [] }
    one.times += 1
    if (Date.parse(at) > Date.parse(one.last)) one.last = at
    if (!one.actions.includes(action)) one.actions.push(action)
    found.set(user, one)
  }
  return [...found.values()].sort((a, b) => Date.parse(b.last) - Date.parse(a.last))
}
