import type { Me, Role } from '../api/types'

const has = (me: Me, ...roles: Role[]) => roles.some((role) => me.roles.includes(role))

/** The widest scope the wall may follow; the server has the last word. */
export function wallScope(me: Me): string | null {
  // The account of a fresh install holds every role and belongs to no procuratorate; a superior reads all below.
  if (has(me, 'superior')) return 'all'
  if (me.procuratorate !== null && has(me, 'monitor', 'leader', 'kiosk')) return `procuratorate:${me.procuratorate}`
  return null
}

/** What to follow where `all` is refused. */
export function narrowerScope(me: Me): string | null {
  return me.procuratorate === null ? null : `procuratorate:${me.procuratorate}`
}

/** The scope whose items tell a list page that something changed. */
export function listScope(me: Me): string | null {
  const wall = wallScope(me)
  if (wall !== null) return wall
  if (me.department !== null && has(me, 'head')) return `department:${me.department}`
  return me.prosecutor === null ? null : `prosecutor:${me.prosecutor}`
}

/** Whether this is a screen on a wall that nobody sits at: it shows, and leads nowhere. */
export function isKiosk(me: Me): boolean {
  return has(me, 'kiosk')
}

/** Whether the page of those who run the system is for this account. */
export function operates(me: Me): boolean {
  return has(me, 'system-admin')
}

/** Where a signed-in user starts. */
export function home(me: Me): string {
  if (wallScope(me) !== null) return '/wall'
  if (me.prosecutor !== null) return '/desk'
  if (operates(me) && me.department === null) return '/ops'
  return me.department === null ? '/cases' : `/departments/${encodeURIComponent(me.department)}`
}
