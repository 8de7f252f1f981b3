import { useCallback, useEffect, useRef, useState } from 'react'
import { get } from '../../api/client'
import type { FeedItem } from '../../api/types'
import { useFeedItems } from '../../live/useFeed'
import type { UpcomingAnswer } from './upcoming'

/** Changes come in bursts; the deadlines are read again at most so often, in milliseconds. */
const SETTLE = 2000
/** A deadline that nobody touches moves into the week by itself. */
const AGAIN = 60_000

/** The deadlines of the next seven days, read again whenever a case of the scope changes; null before the first answer. */
export function useUpcoming(scope: string | null, department: string | null): UpcomingAnswer | null {
  const [held, hold] = useState<{ key: string; answer: UpcomingAnswer } | null>(null)
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const procuratorate = scope?.startsWith('procuratorate:') ? scope.slice('procuratorate:'.length) : null
  const key = `${procuratorate ?? ''} ${department ?? ''}`

  const read = useCallback(() => {
    clearTimeout(waiting.current)
    waiting.current = undefined
    get<UpcomingAnswer>('/api/wall/deadlines', { procuratorate, department }).then(
      (answer) => hold({ key, answer }),
      // The line at the foot says when the server is away; the next change asks again.
      () => undefined,
    )
  }, [key, procuratorate, department])

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
  return held?.key === key ? held.answer : null
}
