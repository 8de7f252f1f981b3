import { Badge, Button, Layout, Menu, Space, Typography } from 'antd'
import { Suspense } from 'react'
import { Link, Navigate, Outlet, useLocation } from 'react-router'
import { HeldActs } from '../acting/HeldActs'
import { useWording } from '../i18n/language'
import { useFreshness } from '../live/useFeed'
import { isKiosk, listScope, operates, wallScope } from './scope'
import { useMe, useSession } from './session'
import './print.css'
import './shell.css'

export function Shell() {
  const me = useMe()
  const { signOut } = useSession()
  const { t, language, setLanguage } = useWording()
  const { pathname } = useLocation()
  if (isKiosk(me)) return <Navigate to="/wall" replace />
  const entries = [
    ...(wallScope(me) === null ? [] : (['wall'] as const)),
    ...(me.prosecutor === null ? [] : (['desk'] as const)),
    ...(['cases', 'alerts', 'departments'] as const),
    ...(wallScope(me) === null ? [] : (['procuratorates'] as const)),
    ...(['rules', 'calculator'] as const),
    ...(operates(me) ? (['ops'] as const) : []),
  ]
  return (
    <Layout className="shell">
      <Layout.Header className="shell-header">
        <Typography.Text strong className="shell-title">
          {t('app.title')}
        </Typography.Text>
        <Menu
          mode="horizontal"
          selectedKeys={[pathname.split('/')[1] ?? '']}
          items={entries.map((key) => ({ key, label: <Link to={`/${key}`}>{t(`nav.${key}`)}</Link> }))}
        />
        <Space size="middle">
          {/* These follow no feed: a light there would say nothing. */}
          {listScope(me) !== null && !/^\/(rules|ops|calculator)(\/|$)/.test(pathname) && <Live />}
          <Button type="text" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
            {t('app.language')}
          </Button>
          <Typography.Text type="secondary" className="shell-user">{me.user}</Typography.Text>
          <Button type="text" onClick={() => void signOut()}>
            {t('app.signOut')}
          </Button>
        </Space>
      </Layout.Header>
      <Layout.Content className="shell-content">
        <Suspense fallback={<p className="app-message">{t('app.loading')}</p>}>
          <Outlet />
        </Suspense>
      </Layout.Content>
      <HeldActs />
    </Layout>
  )
}

/** Whether what is on the page can be trusted to be current. */
function Live() {
  const { t } = useWording()
  const { connected, stale } = useFreshness()
  return stale ? (
    <Badge status="error" text={<Typography.Text type="danger">{t('nav.stale')}</Typography.Text>} />
  ) : (
    <Badge status={connected ? 'success' : 'warning'} text={t(connected ? 'nav.connected' : 'wall.connecting')} />
  )
}
