import { Badge, Button, Card, Empty, Flex, Space, Table, Typography } from 'antd'
import { useCallback, useMemo } from 'react'
import { ActBar } from '../../acting/ActBar'
import type { Alert } from '../../api/types'
import { useRuleNames, useStageNames } from '../../app/names'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { newestFirst } from '../../live/alerts'
import { useFeed } from '../../live/useFeed'
import { Countdown } from '../../time/Countdown'
import { Instant } from '../../time/Instant'
import { caseColumns, CaseLink } from '../cases/columns'
import { byNextDue, deskFold } from './desk'
import { useNotices } from './useNotices'
import './desk.css'

const NONE: readonly Alert[] = []

export default function Desk() {
  const me = useMe()
  const wording = useWording()
  const { t, pick } = wording
  const ruleName = useRuleNames()
  const stage = useStageNames()
  const { state: desk, refused } = useFeed(me.prosecutor === null ? null : `prosecutor:${me.prosecutor}`, deskFold)
  const title = useCallback((alert: Alert) => `${alert.level} ${pick(ruleName(alert))}`, [pick, ruleName])
  const notices = useNotices(desk?.arrived ?? NONE, title)
  const cases = useMemo(() => [...(desk?.cases.values() ?? [])].sort(byNextDue), [desk?.cases])
  const alerts = useMemo(() => newestFirst(desk?.alerts.values() ?? []), [desk?.alerts])

  if (me.prosecutor === null || refused)
    return <p className="app-message">{t(refused ? 'app.refused' : 'desk.noProsecutor')}</p>
  return (
    <div className="desk">
      <section>
        <div className="page-head">
          <Typography.Title level={4}>{t('desk.cases')}</Typography.Title>
          <Typography.Text type="secondary">{cases.length}</Typography.Text>
        </div>
        <Table
          rowKey="id"
          size="middle"
          columns={caseColumns(wording, stage)}
          dataSource={cases}
          loading={desk === null}
          pagination={false}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: <Empty description={t('desk.noCases')} /> }}
        />
      </section>
      <section>
        <div className="page-head">
          <Typography.Title level={4}>{t('desk.notices')}</Typography.Title>
          <Badge count={notices.unread} title={t('desk.unread', { n: notices.unread })} />
          <Space style={{ marginLeft: 'auto' }}>
            {notices.unread > 0 && (
              <Button type="link" onClick={notices.markRead}>
                {t('desk.read')}
              </Button>
            )}
            {notices.permission === 'default' && <Button onClick={notices.ask}>{t('desk.notify')}</Button>}
            {notices.permission === 'denied' && <Typography.Text type="secondary">{t('desk.blocked')}</Typography.Text>}
          </Space>
        </div>
        {desk !== null && alerts.length === 0 && <Empty description={t('desk.noNotices')} />}
        <Flex vertical gap={10} component="ul" className="desk-notices">
          {alerts.map((alert) => (
            <li key={alert.id}>
              <Card size="small">
                <Flex justify="space-between" gap={12} align="center">
                  <Space>
                    <LevelTag level={alert.level} />
                    <Typography.Text strong>{pick(ruleName(alert))}</Typography.Text>
                  </Space>
                  <Countdown due={alert.dueOn} />
                </Flex>
                <p>{pick(alert.message)}</p>
                <Flex justify="space-between" gap={12} align="end">
                  <span>
                    <CaseLink id={alert.case} name={alert.caseName} />
                  </span>
                  <Typography.Text type="secondary">
                    {alert.basis} · <Instant at={alert.detectedAt ?? alert.raisedAt} />
                  </Typography.Text>
                </Flex>
                <Flex justify="end">
                  <ActBar alerts={[alert]} size="small" />
                </Flex>
              </Card>
            </li>
          ))}
        </Flex>
      </section>
    </div>
  )
}
