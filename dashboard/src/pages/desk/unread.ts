import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Alert } from '../../api/types'

/** An alert at a level: when the level rises it is news again. The beginning of an id tells a prosecutor's alerts apart. */
export const markOf = (alert: Pick<Alert, 'id' | 'level'>) => `${alert.id.slice(0, 12)}${alert.level}`

/** What was read, kept in the browser so that all its tabs and windows agree. */
class Marks {
  private readonly listeners = new Set<() => void>()
  private readonly name: string

  constructor(user: string) {
    this.name = `desk.read.${user}`
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const others = (event: StorageEvent) => {
      if (event.key === this.name) listener()
    }
    this.listeners.add(listener)
    window.addEventListener('storage', others)
    return () => {
      this.listeners.delete(listener)
      window.removeEventListener('storage', others)
    }
  }

  /** As it is stored; `null` before anything was read here. */
  readonly read = (): string | null => localStorage.getItem(this.name)

  write(marks: Iterable<string>): void {
    localStorage.setItem(this.name, [...marks].sort().join(' '))
    for (const listener of this.listeners) listener()
  }
}

export function marksIn(stored: string | null): ReadonlySet<string> {
  return new Set((stored ?? '').split(' ').filter((mark) => mark !== ''))
}

export interface Unread {
  ids: ReadonlySet<string>
  markAll: () => void
  mark: (alert: Alert) => void
}

/** Which of the open alerts have not been read in this browser by this account; `null` alerts are not known yet. */
export function useUnread(user: string, alerts: readonly Alert[] | null): Unread {
  const marks = useMemo(() => new Marks(user), [user])
  const stored = useSyncExternalStore(marks.subscribe, marks.read)
  // Who has never been here begins with nothing to catch up on.
  useEffect(() => {
    if (stored === null && alerts !== null) marks.write(alerts.map(markOf))
  }, [stored, alerts, marks])
  return useMemo(() => {
    const read = marksIn(stored)
    const known = alerts ?? []
    return {
      ids: new Set(stored === null ? [] : known.filter((a) => !read.has(markOf(a))).map((a) => a.id)),
      // What is over is forgotten, so this does not grow.
      markAll: () => marks.write(known.map(markOf)),
      mark: (alert) => marks.write(new Set([...marksIn(marks.read()), markOf(alert)])),
    }
  }, [stored, alerts, marks])
}
