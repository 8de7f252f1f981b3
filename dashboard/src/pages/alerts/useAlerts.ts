import { useCallback, useEffect, useRef, useState } from 'react'
import { get, messageOf } from '../../api/client'
import type { Alert, FeedItem, Page } from '../../api/types'
import { useFeedItems } from '../../live/useFeed'
import { AlertBook, PAGE } from './AlertBook'
import { belongs } from './filter'
import type { AlertFilters } from './filter'

/** Bursts and pages that come one after the other are shown together, at most so often, in milliseconds. */
const SHOW_EVERY = 200

export interface AlertsRead {
  key: string
  alerts: readonly Alert[]
  /** Nothing is here yet. */
  loading: boolean
  /** Whether everything the filter finds is here. */
  complete: boolean
  truncated: boolean
  failure: string | null
  again: () => void
}

const NONE: readonly Alert[] = []

/** All alerts of a filter, however many, and true: read through /api page after page, then kept by the items of a scope. */
export function useAlerts(filters: AlertFilters, offices: ReadonlySet<string> | null, scope: string | null): AlertsRead {
  const key = JSON.stringify(filters)
  const [shown, show] = useState<{ key: string; alerts: readonly Alert[]; complete: boolean; truncated: boolean } | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const book = useRef<AlertBook>(null)
  const generation = useRef(0)
  /** Pages that the reading under way has; `null` while none is. */
  const pages = useRef<number | null>(null)
  /** Something may have been missed since the reading under way began. */
  const anew = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const changed = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      const { current } = book
      if (current !== null) show({ key, alerts: current.all, complete: current.complete, truncated: current.truncated })
    }, SHOW_EVERY)
  }, [key])

  const read = useCallback(async () => {
    const mine = ++generation.current
    const filter = JSON.parse(key) as AlertFilters
    const current = (book.current ??= new AlertBook())
    let first = true
    try {
      do {
        anew.current = false
        pages.current = 0
        await current.read(
          async (cursor) => {
            const page = await get<Page<Alert>>('/api/alerts', { ...filter, limit: String(PAGE), cursor })
            if (mine === generation.current) pages.current = (pages.current ?? 0) + 1
            return page
          },
          () => mine === generation.current,
          () => {
            if (first) show({ key, alerts: current.all, complete: current.complete, truncated: current.truncated })
            else changed()
            first = false
          },
        )
        if (mine !== generation.current) return
        setFailure(null)
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a snapshot sets it meanwhile
      } while (anew.current)
      pages.current = null
    } catch (error) {
      if (mine !== generation.current) return
      pages.current = null
      setFailure(messageOf(error))
    }
  }, [key, changed])

  useEffect(() => {
    book.current = new AlertBook()
    const reads = generation
    void read()
    return () => {
      reads.current++
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [read])

  const onItems = useCallback(
    (items: FeedItem[]) => {
      const filter = JSON.parse(key) as AlertFilters
      for (const item of items) if (item.kind === 'alert') book.current?.tell(item.payload, belongs(item.payload, filter, offices ?? undefined))
      if (items.some((item) => item.kind === 'alert')) changed()
    },
    [key, offices, changed],
  )
  // A snapshot means that items may have been missed: all is read again, after what is being read now, or a busy office would never be read to its end.
  const onSnapshot = useCallback(() => {
    if (pages.current === null) void read()
    else if (pages.current > 0) anew.current = true
  }, [read])
  // Until it is known which offices are meant, nothing is followed; the snapshot then has all read again.
  useFeedItems(offices === null ? null : scope, onItems, onSnapshot)

  const current = shown?.key === key ? shown : null
  return {
    key,
    alerts: current?.alerts ?? NONE,
    loading: current === null && failure === null,
    complete: current?.complete ?? false,
    truncated: current?.truncated ?? false,
    failure,
    again: () => void read(),
  }
}
