import { useCallback, useEffect, useRef, useState } from 'react'
import type { FeedItem } from '../../api/types'
import { useFeedItems } from '../../live/useFeed'

/** Changes come in bursts; what depends on them is read again at most so often, in milliseconds. */
const SETTLE = 2000
/** Time alone moves a deadline into the week and begins a new day. */
const AGAIN = 60_000

export type Ask<T> = (query: { procuratorate: string | null; department: string | null }) => Promise<T>

/** What a wall shows beside its feed, read again whenever a case of the scope changes; null before the first answer. `ask` must be a constant, not made in a render. */
export function useBeside<T>(ask: Ask<T>, scope: string | null, department: string | null): T | null {
  const [held, hold] = useState<{ ask: Ask<T>; key: string; answer: T } | null>(null)
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const procuratorate = scope?.startsWith('procuratorate:') ? scope.slice('procuratorate:'.length) : null
  const key = `${procuratorate ?? ''} ${department ?? ''}`

  const read = useCallback(() => {
    clearTimeout(waiting.current)
    waiting.current = undefined
    ask({ procuratorate, department }).then(
      (answer) => hold({ ask, key, answer }),
      // The line at the foot says when the server is away; the next change asks again.
      () => undefined,
    )
  }, [ask, key, procuratorate, department])

  useEffect(() => {
    if (scope === null) return undefined
    read()
    const timer = setInterval(read, AGAIN)
    return () => {
      clearInterval(timer)
      clearTimeout(waiting.current)
    }
  }, [scope, read])

  const onItems = useCallback(
    (items: FeedItem[]) => {
      if (items.some((i) => i.kind === 'case')) waiting.current ??= setTimeout(read, SETTLE)
    },
    [read],
  )
  useFeedItems(scope, onItems, read)
  return held?.key === key && held.ask === ask ? held.answer : null
}
