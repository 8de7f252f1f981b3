import { App, Button, Input, Popover, Space, Typography } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { messageOf } from '../../api/client'
import { useWording } from '../../i18n/language'
import { canonical } from './filter'
import { useViews } from './useViews'

/** Tabs of the house, before the reader's own. */
const BUILT_IN = [
  { name: 'room.view.open', query: 'open=true' },
  { name: 'room.view.grave', query: 'open=true&level=L3' },
  { name: 'room.view.cases', query: 'open=true&sort=due&group=case' },
  { name: 'room.view.all', query: '' },
] as const

const LONGEST = 40

/** Filters that have a name, as tabs; the address stays the truth, a tab only leads to one. */
export function ViewTabs() {
  const { t } = useWording()
  const { message } = App.useApp()
  const [search, setSearch] = useSearchParams()
  const { views, change } = useViews()
  const [naming, setNaming] = useState<string | null>(null)
  const here = canonical(search)
  const tabs = [
    ...BUILT_IN.map((v) => ({ key: `= ${v.query}`, label: t(v.name), query: canonical(v.query), closable: false })),
    ...views.map((v) => ({ key: v.name, label: v.name, query: canonical(v.query), closable: true })),
  ]
  const active = tabs.find((tab) => tab.closable && tab.query === here) ?? tabs.find((tab) => tab.query === here)

  const keep = async (to: Parameters<typeof change>[0]) => {
    try {
      await change(to)
      setNaming(null)
    } catch (error) {
      void message.error(messageOf(error))
    }
  }
  const save = () => {
    const name = (naming ?? '').trim()
    if (name !== '') void keep((old) => [...old.filter((v) => v.name !== name), { name, query: here }])
  }

  return (
    <div className="alerts-viewbar">
      <Typography.Title level={4} className="alerts-title">
        {t('nav.alerts')}
      </Typography.Title>
      <nav className="alerts-views" aria-label={t('room.views')}>
        {tabs.map((tab) => (
          <span key={tab.key} data-active={tab === active || undefined}>
            <button type="button" aria-current={tab === active || undefined} onClick={() => setSearch(tab.query || 'all=')}>
              {tab.label}
            </button>
            {tab.closable && (
              <button type="button" aria-label={t('room.removeView', { name: tab.label })} onClick={() => void keep((old) => old.filter((v) => v.name !== tab.key))}>
                ×
              </button>
            )}
          </span>
        ))}
      </nav>
      <Popover
        trigger="click"
        open={naming !== null}
        onOpenChange={(open) => setNaming(open ? '' : null)}
        content={
          <Space.Compact>
            <Input
              autoFocus
              aria-label={t('room.viewName')}
              placeholder={t('room.viewName')}
              maxLength={LONGEST}
              value={naming ?? ''}
              onChange={(e) => setNaming(e.target.value)}
              onPressEnter={save}
            />
            <Button type="primary" disabled={(naming ?? '').trim() === ''} onClick={save}>
              {t('room.save')}
            </Button>
          </Space.Compact>
        }
      >
        <Button type="text" disabled={active?.closable === true}>
          {t('room.saveView')}
        </Button>
      </Popover>
    </div>
  )
}
