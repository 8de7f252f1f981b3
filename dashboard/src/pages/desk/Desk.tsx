import { Badge, Button, Modal, Typography } from 'antd'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { ActDialog } from '../../acting/ActDialog'
import { grace, useHeld } from '../../acting/held'
import type { Alert } from '../../api/types'
import { useRuleNames } from '../../app/names'
import { casePath } from '../../app/paths'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { newestFirst } from '../../live/alerts'
import { useFeed } from '../../live/useFeed'
import { CaseList } from './CaseList'
import { byNextDue, deskFold } from './desk'
import { ExtendDialog } from './ExtendDialog'
import { MonthCalendar } from './MonthCalendar'
import { NoticeList, SHOWN, useWishes } from './NoticeList'
import type { Wish } from './NoticeList'
import { useUnread } from './unread'
import { further, useKeys } from './useKeys'
import { useNotices } from './useNotices'
import './desk.css'

const NONE: readonly Alert[] = []
const KEYS = [
  ['j / k', 'move'],
  ['n', 'notices'],
  ['c', 'cases'],
  ['Enter', 'enter'],
  ['a', 'acknowledge'],
  ['r', 'reply'],
  ['e', 'extend'],
  ['m', 'read'],
  ['?', 'help'],
] as const

export default function Desk() {
  const me = useMe()
  const { t, pick } = useWording()
  const ruleName = useRuleNames()
  const navigate = useNavigate()
  const { state: desk, refused } = useFeed(me.prosecutor === null ? null : `prosecutor:${me.prosecutor}`, deskFold)
  const cases = useMemo(() => [...(desk?.cases.values() ?? [])].sort(byNextDue), [desk?.cases])
  const alerts = useMemo(() => (desk === null ? null : newestFirst(desk.alerts.values())), [desk])
  const unread = useUnread(me.user, alerts)
  const title = useCallback((alert: Alert) => `${alert.level} ${pick(ruleName(alert))}`, [pick, ruleName])
  const notices = useNotices(desk?.arrived ?? NONE, unread.ids.size, title)
  const held = useHeld()
  const heldIds = useMemo(() => new Set(held.flatMap((h) => h.ids)), [held])
  const wishes = useWishes()
  const [wish, setWish] = useState<{ alert: Alert; wish: Wish } | null>(null)
  const [help, setHelp] = useState(false)
  const [all, showAll] = useState(false)
  const page = useRef<HTMLDivElement>(null)

  const onWish = (alert: Alert, wanted: Wish) => {
    unread.mark(alert)
    if (wanted === 'acknowledge') grace.hold({ key: crypto.randomUUID(), act: 'acknowledge', ids: [alert.id], said: {} })
    else setWish({ alert, wish: wanted })
  }

  const focused = () => document.activeElement?.closest<HTMLElement>('[data-item]') ?? null
  const focusIn = (list: string, step: number) => {
    const items = [...(page.current?.querySelectorAll<HTMLElement>(`${list} [data-item]`) ?? [])]
    items[further(items.findIndex((i) => i === focused()), step, items.length)]?.focus()
  }
  const move = (step: number) => focusIn(focused()?.closest('.desk-cases') ? '.desk-cases' : '.desk-notices', step)
  const alertAt = () => alerts?.find((a) => a.id === focused()?.dataset['item'])
  const act = (wanted: Wish) => {
    const alert = alertAt()
    if (alert !== undefined && !heldIds.has(alert.id) && wishes(alert).includes(wanted)) onWish(alert, wanted)
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    n: () => focusIn('.desk-notices', 1),
    c: () => focusIn('.desk-cases', 1),
    Enter: () => {
      const id = alertAt()?.case ?? focused()?.dataset['item']
      if (id !== undefined) void navigate(casePath(id))
    },
    a: () => act('acknowledge'),
    r: () => act('reply'),
    e: () => act('extend'),
    m: unread.markAll,
    '?': () => setHelp(true),
  })

  if (me.prosecutor === null || refused)
    return <p className="app-message">{t(refused ? 'app.refused' : 'desk.noProsecutor')}</p>
  const listed = alerts ?? NONE
  return (
    <div className="desk" ref={page}>
      <section className="desk-own" aria-label={t('desk.cases')}>
        <div className="page-head">
          <Typography.Title level={4}>{t('desk.cases')}</Typography.Title>
          {desk !== null && <Typography.Text type="secondary">{t('desk.caseCount', { n: cases.length })}</Typography.Text>}
        </div>
        <CaseList cases={cases} loading={desk === null} />
      </section>
      <section className="desk-news" aria-label={t('desk.notices')}>
        <div className="page-head">
          <Typography.Title level={4}>{t('desk.notices')}</Typography.Title>
          <Badge count={unread.ids.size} title={t('desk.unread', { n: unread.ids.size })} />
          <span className="desk-gap" />
          {unread.ids.size > 0 && (
            <Button type="link" onClick={unread.markAll}>
              {t('desk.read')}
            </Button>
          )}
          {notices.telling === 'default' && <Button onClick={notices.ask}>{t('desk.notify')}</Button>}
          {notices.telling === 'off' && <Button onClick={() => notices.turn(true)}>{t('desk.notify')}</Button>}
          {notices.telling === 'granted' && (
            <Typography.Text type="secondary">
              {t('desk.notifyOn')}{' '}
              <Button type="link" size="small" onClick={() => notices.turn(false)}>
                {t('desk.notifyOff')}
              </Button>
            </Typography.Text>
          )}
          {notices.telling === 'denied' && <Typography.Text type="secondary">{t('desk.blocked')}</Typography.Text>}
          {notices.telling === 'unsupported' && <Typography.Text type="secondary">{t('desk.unsupported')}</Typography.Text>}
          <Button type="text" aria-label={t('desk.help')} title={t('desk.help')} onClick={() => setHelp(true)}>
            ?
          </Button>
        </div>
        <NoticeList alerts={all ? listed : listed.slice(0, SHOWN)} loading={alerts === null} unread={unread.ids} held={heldIds} onWish={onWish} />
        {!all && listed.length > SHOWN && (
          <Button className="page-more" onClick={() => showAll(true)}>
            {t('app.more')} ({listed.length - SHOWN})
          </Button>
        )}
      </section>
      <MonthCalendar prosecutor={me.prosecutor} cases={desk?.cases} />
      {wish?.wish === 'extend' && <ExtendDialog alert={wish.alert} close={() => setWish(null)} />}
      {(wish?.wish === 'reply' || wish?.wish === 'note') && (
        <ActDialog act={wish.wish === 'reply' ? 'reply' : 'acknowledge'} alerts={[wish.alert]} hold done={() => setWish(null)} cancel={() => setWish(null)} />
      )}
      <Modal open={help} title={t('desk.help')} footer={null} onCancel={() => setHelp(false)}>
        <dl className="desk-keys">
          {KEYS.map(([key, name]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(`desk.keys.${name}`)}</dd>
            </div>
          ))}
        </dl>
      </Modal>
    </div>
  )
}
