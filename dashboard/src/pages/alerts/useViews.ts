import { useCallback, useEffect, useState } from 'react'
import { get, put } from '../../api/client'

export interface View {
  name: string
  query: string
}

export interface Views {
  views: readonly View[]
  /** Reads what is kept, changes it, and keeps that, so that what another tab saved meanwhile stays. */
  change: (to: (views: readonly View[]) => View[]) => Promise<void>
}

const PATH = '/api/me/views'

/** The reader's own views, kept by the server. */
export function useViews(): Views {
  const [views, setViews] = useState<readonly View[]>([])
  const read = useCallback(async () => {
    const answer = await get<{ views: View[] }>(PATH)
    setViews(answer.views)
    return answer.views
  }, [])
  // Without them the page is as it would be without views.
  useEffect(() => void read().catch(() => undefined), [read])
  const change = useCallback(
    async (to: (views: readonly View[]) => View[]) => {
      const answer = (await put(PATH, { views: to(await read()) })) as { views: View[] }
      setViews(answer.views)
    },
    [read],
  )
  return { views, change }
}
