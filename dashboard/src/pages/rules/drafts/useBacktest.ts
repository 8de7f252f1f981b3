import { useCallback, useEffect, useState } from 'react'
import { ApiError, get, messageOf, post, remove } from '../../../api/client'
import type { Backtest } from '../../../api/catalogue'

/** Milliseconds between two looks at a running backtest. */
const LOOK = 1000

export interface Backtesting {
  test: Backtest | null
  failure: string | null
  start: () => Promise<void>
  cancel: () => Promise<void>
}

/** The backtest of a draft: what is known of it, and while it runs how far it is. */
export function useBacktest(draft: string | null, known: Backtest | null): Backtesting {
  const [read, setRead] = useState<{ draft: string; test: Backtest | null } | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const path = draft === null ? null : `/api/rules/drafts/${encodeURIComponent(draft)}/backtest`
  const test = read !== null && read.draft === draft ? read.test : known

  const call = useCallback(
    async (ask: (path: string) => Promise<unknown>) => {
      if (path === null || draft === null) return
      try {
        const answer = (await ask(path)) as Backtest | null
        if (answer !== null) setRead({ draft, test: answer })
        setFailure(null)
      } catch (error) {
        // None has been run yet.
        if (error instanceof ApiError && error.status === 404) setRead({ draft, test: null })
        else setFailure(messageOf(error))
      }
    },
    [path, draft],
  )
  const look = useCallback(() => call((p) => get(p)), [call])

  // What comes with the draft may leave the cases out: it is read whole.
  const one = known !== null
  useEffect(() => {
    if (one) void look()
  }, [one, look])
  const running = test?.state === 'running'
  useEffect(() => {
    if (!running) return undefined
    const timer = setInterval(() => void look(), LOOK)
    return () => clearInterval(timer)
  }, [running, look])

  return {
    test,
    failure,
    start: useCallback(() => call((p) => post(p, {})), [call]),
    cancel: useCallback(async () => {
      await call((p) => remove(p))
      await look()
    }, [call, look]),
  }
}
