import { lazy, Suspense } from 'react'
import type { ReactNode } from 'react'
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router'
import { LanguageProvider, useWording } from '../i18n/language'
import { Boundary } from './Boundary'
import { home } from './scope'
import { ThemeProvider } from './theme'
import { SessionProvider, useMe, useSession } from './session'

// Each page is a chunk of its own; the wall and what it needs load without Ant Design.
const Wall = lazy(() => import('../pages/wall/Wall'))
const Office = lazy(() => import('./Office'))

export function App() {
  return (
    <LanguageProvider>
      <ThemeProvider>
      <SessionProvider>
        {/* A transition gives way to every tick of the clock: with a quick clock on a full page a new address would never be shown. */}
        <BrowserRouter useTransitions={false}>
          <Boundary of="">
          <Suspense fallback={<Loading />}>
            <Routes>
              <Route path="/wall" element={<SignedIn><Wall /></SignedIn>} />
              <Route path="/" element={<SignedIn><Home /></SignedIn>} />
              <Route path="*" element={<Office />} />
            </Routes>
          </Suspense>
          </Boundary>
        </BrowserRouter>
      </SessionProvider>
      </ThemeProvider>
    </LanguageProvider>
  )
}

function Loading() {
  const { t } = useWording()
  return <p className="app-message">{t('app.loading')}</p>
}

function Home() {
  return <Navigate to={home(useMe())} replace />
}

export function SignedIn({ children }: { children: ReactNode }) {
  const { me, failure, reload } = useSession()
  const { pathname, search } = useLocation()
  const { t } = useWording()
  if (me === undefined)
    return failure === null ? (
      <Loading />
    ) : (
      <div className="app-message" role="alert">
        <div>
          <p>{t('app.failed', { detail: failure })}</p>
          <button type="button" onClick={() => void reload()}>
            {t('fail.retry')}
          </button>
        </div>
      </div>
    )
  if (me === null || me.mustChangePassword)
    return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />
  return children
}
