/** A case id may hold slashes, brackets and Chinese: it is one path segment, percent-encoded. */
export function casePath(id: string): string {
  return `/cases/${encodeURIComponent(id)}`
}

export function departmentPath(id: string): string {
  return `/departments/${encodeURIComponent(id)}`
}

export function procuratoratePath(code: string): string {
  return `/procuratorates/${encodeURIComponent(code)}`
}

/** What /api expects for the same case. */
export function caseUrl(id: string): string {
  return `/api/cases/${encodeURIComponent(id)}`
}

/**
 * The id in the address `/cases/ID` or `/departments/ID`. Taken from the raw path and decoded once: a router that
 * decodes segments itself cannot tell an id with `%2F` in it from one with a slash.
 */
export function idIn(pathname: string): string {
  const raw = pathname.split('/').slice(2).join('/')
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}
