import { createContext, lazy, Suspense, use, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { ApiError, messageOf, post, readMe, whenExpired } from '../api/client'
import type { Me } from '../api/types'
import { setClock } from '../time/clock'

const SignInAgain = lazy(() => import('./SignInAgain'))

export interface Session {
  /** `undefined` until the server has answered; `null` when nobody is signed in. */
  me: Me | null | undefined
  /** Why the server could not be asked, when it could not. */
  failure: string | null
  reload: () => Promise<void>
  signOut: () => Promise<void>
}

const Context = createContext<Session | null>(null)

/** What the tabs of this browser tell each other: they share one cookie, so what one does to the session it does to all. */
type Told = { kind: 'in'; user: string } | { kind: 'out' }

interface Expiry {
  answer: Promise<boolean>
  settle: (signedIn: boolean) => void
}

function expiry(): Expiry {
  let settle: (signedIn: boolean) => void = () => undefined
  const answer = new Promise<boolean>((resolve) => (settle = resolve))
  return { answer, settle }
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [me, setMe] = useState<Me | null | undefined>(undefined)
  const [failure, setFailure] = useState<string | null>(null)
  const [over, setOver] = useState<Expiry | null>(null)
  const user = useRef<string | null>(null)
  const pending = useRef<Expiry | null>(null)
  const tabs = useRef<BroadcastChannel>(null)

  /** Ends the wait of the calls that met the end of the session. */
  const settle = useCallback((signedIn: boolean) => {
    pending.current?.settle(signedIn)
    pending.current = null
    setOver(null)
  }, [])

  const enter = useCallback(
    async (tell: boolean) => {
      try {
        const answer = await readMe()
        if (user.current !== null && user.current !== answer.me.user) {
          // Somebody else: nothing that is on this page is theirs.
          location.assign('/')
          return
        }
        setClock(answer.me.now, answer.sent, answer.received, answer.me.clock)
        user.current = answer.me.user
        setMe(answer.me)
        setFailure(null)
        if (tell) tabs.current?.postMessage({ kind: 'in', user: answer.me.user } satisfies Told)
        settle(!answer.me.mustChangePassword)
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 401)) setFailure(messageOf(error))
        else if (user.current === null) setMe(null)
      }
    },
    [settle],
  )

  const leave = useCallback(() => {
    sessionStorage.clear()
    user.current = null
    setMe(null)
    settle(false)
  }, [settle])

  const reload = useCallback(() => enter(true), [enter])
  const signOut = useCallback(async () => {
    await post('/api/logout', {}).catch(() => undefined)
    leave()
    tabs.current?.postMessage({ kind: 'out' } satisfies Told)
  }, [leave])

  useEffect(() => {
    const channel = new BroadcastChannel('session')
    tabs.current = channel
    channel.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'out') leave()
      else void enter(false)
    }
    whenExpired(() => {
      if (user.current === null) return Promise.resolve(false)
      // One dialog for all the calls that met the same end.
      if (pending.current === null) {
        pending.current = expiry()
        setOver(pending.current)
      }
      return pending.current.answer
    })
    void enter(false)
    return () => channel.close()
  }, [enter, leave])

  const value = useMemo(() => ({ me, failure, reload, signOut }), [me, failure, reload, signOut])
  return (
    <Context value={value}>
      {children}
      {over !== null && me && (
        <Suspense>
          <SignInAgain user={me.user} />
        </Suspense>
      )}
    </Context>
  )
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
