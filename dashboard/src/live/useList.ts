import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { get } from '../api/client'
import type { FeedItem, Page } from '../api/types'
import { useFeedItems } from './useFeed'

const PAGE = 100
/** The server's own limit of one page. */
const MOST = 500

export interface List<T> {
  rows: T[]
  loading: boolean
  failure: string | null
  reload: () => void
  /** Loads the next page; `null` when there is none. */
  more: (() => void) | null
}

interface Options<T> {
  path: string
  query: Record<string, string | null>
  scope: string | null
  /** The row in an item, and whether it still belongs in the list; `undefined` when the item is of another kind. */
  read: (item: FeedItem) => { row: T; belongs: boolean } | undefined
}

/** Puts a changed row in its place, a new one first, and takes out one that no longer belongs. */
export function merge<T extends { id: string }>(rows: readonly T[], row: T, belongs: boolean): T[] {
  const at = rows.findIndex((r) => r.id === row.id)
  if (!belongs) return at < 0 ? [...rows] : rows.filter((r) => r.id !== row.id)
  if (at < 0) return [row, ...rows]
  return rows.map((r, i) => (i === at ? row : r))
}

/** A filtered, paged list that stays true: read through /api, then kept by the items of a scope. */
export function useList<T extends { id: string }>({ path, query, scope, read }: Options<T>): List<T> {
  const key = JSON.stringify(query)
  const [state, setState] = useState<{ key: string; rows: T[]; next: string | null } | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const generation = useRef(0)
  const count = useRef(PAGE)

  const load = useCallback(
    async (cursor: string | null, limit: number) => {
      const mine = cursor === null ? ++generation.current : generation.current
      try {
        const filters = JSON.parse(key) as Record<string, string | null>
        const page = await get<Page<T>>(path, { ...filters, limit: String(Math.min(limit, MOST)), cursor })
        if (mine !== generation.current) return
        setFailure(null)
        setState((old) => {
          const before = cursor === null || old?.key !== key ? [] : old.rows
          const known = new Set(before.map((r) => r.id))
          const rows = [...before, ...page.items.filter((r) => !known.has(r.id))]
          count.current = Math.max(PAGE, rows.length)
          return { key, rows, next: page.next }
        })
      } catch (error) {
        if (mine === generation.current) setFailure(error instanceof Error ? error.message : String(error))
      }
    },
    [path, key],
  )

  useEffect(() => {
    count.current = PAGE
    void load(null, PAGE)
  }, [load])

  const onItems = useCallback(
    (items: FeedItem[]) => {
      const changes = items.flatMap((item) => read(item) ?? [])
      if (changes.length > 0) setState((old) => old && { ...old, rows: changes.reduce((rows, c) => merge(rows, c.row, c.belongs), old.rows) })
    },
    [read],
  )
  // A snapshot means that items may have been missed: what is shown is read again, as far as it was read.
  const onSnapshot = useCallback(() => void load(null, count.current), [load])
  useFeedItems(scope, onItems, onSnapshot)

  const current = state?.key === key ? state : null
  const next = current?.next ?? null
  const more = useMemo(() => (next === null ? null : () => void load(next, PAGE)), [next, load])
  return { rows: current?.rows ?? [], loading: current === null && failure === null, failure, reload: onSnapshot, more }
}
