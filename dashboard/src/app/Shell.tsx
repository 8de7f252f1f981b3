import { Badge, Button, Layout, Space, Typography } from 'antd'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router'
import { HeldActs } from '../acting/HeldActs'
import { useWording } from '../i18n/language'
import { useFreshness } from '../live/useFeed'
import { Boundary } from './Boundary'
import { pagesOf } from './find/entries'
import { remember } from './find/recent'
import { HelpMenu } from './help/HelpMenu'
import { hasSeenTour } from './help/tour'
import { useKeys } from './help/useKeys'
import { idIn } from './paths'
import { isKiosk, listScope } from './scope'
import { useMe, useSession } from './session'
import './print.css'
import { ThemeSwitch } from './ThemeSwitch'
import './shell.css'
import './find/find.css'

const loadFind = () => import('./find/Find')
const Find = lazy(loadFind)
const KeysDialog = lazy(() => import('./help/KeysDialog'))
const Tour = lazy(() => import('./help/Tour'))

export function Shell() {
  const me = useMe()
  return isKiosk(me) ? <Navigate to="/wall" replace /> : <Frame />
}

function Frame() {
  const me = useMe()
  const { signOut } = useSession()
  const { t, language, setLanguage } = useWording()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const [over, show] = useState<'find' | 'keys' | null>(null)
  const [touring, tour] = useState(() => !hasSeenTour(me))
  const pages = pagesOf(me)

  const find = useCallback(() => show('find'), [])
  const help = useCallback(() => show('keys'), [])
  const go = useCallback(
    (letter: string) => {
      const page = pagesOf(me).find((p) => p.letter === letter)
      if (page) void navigate(page.path)
    },
    [me, navigate],
  )
  useKeys({ find, help, go })
  // What is typed right after Ctrl+K must not be lost to a file that is still on its way.
  useEffect(() => void loadFind(), [])
  useEffect(() => {
    if (/^\/cases\/./.test(pathname)) remember({ kind: 'case', id: idIn(pathname) })
  }, [pathname])

  return (
    <Layout className="shell">
      <a className="shell-skip" href="#content">
        {t('app.skip')}
      </a>
      <Layout.Header className="shell-header">
        <Typography.Text strong className="shell-title">
          {t('app.title')}
        </Typography.Text>
        <nav className="shell-nav" aria-label={t('find.pages')}>
          {pages.map(({ key, name, path }) => (
            <NavLink key={key} to={path}>
              {t(name)}
            </NavLink>
          ))}
        </nav>
        <button type="button" className="find-box" aria-keyshortcuts="Control+K" onClick={find}>
          <span>{t('find.open')}</span>
          <kbd>Ctrl K</kbd>
        </button>
        <Space size={4} className="shell-tools">
          {/* These follow no feed: a light there would say nothing. */}
          {listScope(me) !== null && !/^\/(rules|ops|calculator)(\/|$)/.test(pathname) && <Live />}
          <ThemeSwitch />
          <HelpMenu onTour={() => tour(true)} onKeys={help} />
          <Button type="text" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
            {t('app.language')}
          </Button>
          <Typography.Text type="secondary" className="shell-user">
            {me.user}
          </Typography.Text>
          <Button type="text" onClick={() => void signOut()}>
            {t('app.signOut')}
          </Button>
        </Space>
      </Layout.Header>
      <Layout.Content className="shell-content" id="content" tabIndex={-1}>
        <Boundary of={pathname}>
          <Suspense fallback={<p className="app-message">{t('app.loading')}</p>}>
            <Outlet />
          </Suspense>
        </Boundary>
      </Layout.Content>
      <HeldActs />
      <Suspense>
        {over === 'find' && <Find close={() => show(null)} />}
        {over === 'keys' && <KeysDialog close={() => show(null)} />}
        {touring && <Tour end={() => tour(false)} />}
      </Suspense>
    </Layout>
  )
}

export function Missing() {
  const { t } = useWording()
  return (
    <div className="app-message">
      <p>
        {t('app.notFound')} · <Link to="/">{t('empty.goHome')}</Link>
      </p>
    </div>
  )
}

/** Whether what is on the page can be trusted to be current. */
function Live() {
  const { t } = useWording()
  const { connected, stale } = useFreshness()
  return (
    <span className="shell-live" role="status">
      {stale ? (
        <Badge status="error" text={<Typography.Text type="danger">{t('nav.stale')}</Typography.Text>} />
      ) : (
        <Badge status={connected ? 'success' : 'warning'} text={t(connected ? 'nav.connected' : 'wall.connecting')} />
      )}
    </span>
  )
}
