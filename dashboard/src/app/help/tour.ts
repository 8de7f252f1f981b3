import type { Me } from '../../api/types'
import type { Key } from '../../i18n/zh-CN'
import { listScope, operates } from '../scope'

export interface Stop {
  title: Key
  text: Key
  /** What it is about; where that is not to be seen, the stop stands in the middle. */
  target: string | null
}

type Name = 'welcome' | 'find' | 'nav' | 'desk' | 'alerts' | 'departments' | 'ops' | 'live' | 'help'

const stop = (name: Name, target: string | null): Stop => ({ title: `tour.${name}.title`, text: `tour.${name}.text`, target })

const page = (name: 'desk' | 'alerts' | 'departments' | 'ops'): Stop => stop(name, `.shell-nav a[href="/${name}"]`)

/** Five or six stops; the fourth is the page that people of this account work with. */
export function tourOf(me: Me): Stop[] {
  return [
    stop('welcome', null),
    stop('find', '.find-box'),
    stop('nav', '.shell-nav'),
    page(me.prosecutor !== null ? 'desk' : me.roles.includes('head') ? 'departments' : operates(me) && listScope(me) === null ? 'ops' : 'alerts'),
    ...(listScope(me) === null ? [] : [stop('live', '.shell-live')]),
    stop('help', '.shell-help'),
  ]
}

const stored = 'tour-seen'

function seen(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(stored) ?? '[]')
    return Array.isArray(kept) ? kept.filter((k) => typeof k === 'string') : []
  } catch {
    return []
  }
}

/** Whether this account has seen or skipped the tour on this browser. */
export const hasSeenTour = (me: Me): boolean => seen().includes(me.user)

export function rememberTour(me: Me): void {
  localStorage.setItem(stored, JSON.stringify([...new Set([...seen(), me.user])].slice(-50)))
}
