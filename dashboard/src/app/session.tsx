import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { ApiError, post, readMe, whenSignedOut } from '../api/client'
import type { Me } from '../api/types'
import { setClock } from '../time/clock'

export interface Session {
  /** `undefined` until the server has answered; `null` when nobody is signed in. */
  me: Me | null | undefined
  /** Why the server could not be asked, when it could not. */
  failure: string | null
  reload: () => Promise<void>
  signOut: () => Promise<void>
}

const Context = createContext<Session | null>(null)

export function SessionProvider({ children }: { children: ReactNode }) {
  const [me, setMe] = useState<Me | null | undefined>(undefined)
  const [failure, setFailure] = useState<string | null>(null)

  const reload = useCallback(async () => {
    try {
      const answer = await readMe()
      setClock(answer.me.now, answer.sent, answer.received, answer.me.clock)
      setMe(answer.me)
      setFailure(null)
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) setMe(null)
      else setFailure(error instanceof Error ? error.message : String(error))
    }
  }, [])

  const signOut = useCallback(async () => {
    await post('/api/logout', {}).catch(() => undefined)
    setMe(null)
  }, [])

  useEffect(() => {
    whenSignedOut(() => setMe(null))
    void reload()
  }, [reload])

  const value = useMemo(() => ({ me, failure, reload, signOut }), [me, failure, reload, signOut])
  return <Context value={value}>{children}</Context>
}

export function useSession(): Session {
  const value = use(Context)
  if (!value) throw new Error('useSession outside SessionProvider')
  return value
}

/** Only for what is shown under a session. */
export function useMe(): Me {
  const { me } = useSession()
  if (!me) throw new Error('useMe without a session')
  return me
}
