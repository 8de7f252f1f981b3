import { Button, Card, Empty, Flex, Space, Tag, Typography } from 'antd'
import { possible } from '../../acting/acts'
import type { Alert } from '../../api/types'
import { useRuleNames } from '../../app/names'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { isOpen } from '../../live/alerts'
import { Countdown } from '../../time/Countdown'
import { Instant } from '../../time/Instant'
import { CaseLink } from '../cases/columns'

export type Wish = 'acknowledge' | 'note' | 'reply' | 'extend'

/** Notices drawn at first; the gravest and newest are among them, and more are a click away. */
export const SHOWN = 50

interface Props {
  alerts: readonly Alert[]
  loading: boolean
  unread: ReadonlySet<string>
  held: ReadonlySet<string>
  onWish: (alert: Alert, wish: Wish) => void
}

/** What the reader may wish for on an own alert. */
export function useWishes(): (alert: Alert) => Wish[] {
  const me = useMe()
  return (alert) => {
    const acts = possible([alert], me)
    return [
      ...(acts.includes('acknowledge') ? (['acknowledge', 'note'] as const) : []),
      ...(acts.includes('reply') ? (['reply'] as const) : []),
      // What has ended cannot be extended any more.
      ...(isOpen(alert) && alert.dueOn !== null && alert.level.startsWith('W') && me.roles.includes('handler') ? (['extend'] as const) : []),
    ]
  }
}

export function NoticeList({ alerts, loading, unread, held, onWish }: Props) {
  const { t, pick } = useWording()
  const ruleName = useRuleNames()
  const wishes = useWishes()
  const names = { acknowledge: t('act.acknowledge'), note: t('desk.withNote'), reply: t('act.reply'), extend: t('desk.extend') }
  if (!loading && alerts.length === 0) return <Empty description={t('desk.noNotices')} />
  return (
    <ul className="desk-notices">
      {alerts.map((alert) => (
        <li key={alert.id} data-item={alert.id} data-unread={unread.has(alert.id) || undefined} tabIndex={-1}>
          <Card size="small">
            <Flex justify="space-between" gap={12} align="center" wrap>
              <Space wrap>
                <LevelTag level={alert.level} />
                <Typography.Text strong>{pick(ruleName(alert))}</Typography.Text>
                {alert.status !== undefined && alert.status !== 'open' && <Tag>{t(`status.${alert.status}`)}</Tag>}
              </Space>
              <Countdown due={alert.dueOn} />
            </Flex>
            <p>{pick(alert.message)}</p>
            {alert.status === 'noticed' && <p className="desk-demand">{alert.acts?.filter((a) => a.act === 'notice').at(-1)?.text}</p>}
            <Flex justify="space-between" gap={8} align="end" wrap>
              <span className="desk-case">
                <CaseLink id={alert.case} name={alert.caseName} />
              </span>
              <Typography.Text type="secondary">
                {alert.basis} · <Instant at={alert.detectedAt ?? alert.raisedAt} />
              </Typography.Text>
            </Flex>
            <Flex justify="end" gap={8} wrap className="desk-acts">
              {held.has(alert.id) ? (
                <Tag color="blue">{t('room.held')}</Tag>
              ) : (
                wishes(alert).map((wish, i) => (
                  <Button key={wish} size="small" type={i === 0 && wish !== 'extend' ? 'primary' : 'default'} onClick={() => onWish(alert, wish)}>
                    {names[wish]}
                  </Button>
                ))
              )}
            </Flex>
          </Card>
        </li>
      ))}
    </ul>
  )
}
