/** A case id may hold slashes, brackets and Chinese: it is one path segment, percent-encoded. */
export function casePath(id: string): string {
  return `/cases/${encodeURIComponent(id)}`
}

export function departmentPath(id: string): string {
  return `/departments/${encodeURIComponent(id)}`
}

/** What /api expects for the same case. */
export function caseUrl(id: string): string {
  return `/api/cases/${encodeURIComponent(id)}`
}
