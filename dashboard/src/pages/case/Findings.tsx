import { Button, Card, Empty, Flex, Space, Tag, Typography } from 'antd'
import { Link } from 'react-router'
import type { Alert, EventRef, HistoryEntry } from '../../api/types'
import { ActBar } from '../../acting/ActBar'
import { useRuleNames } from '../../app/names'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { gravity } from '../../law/levels'
import { isOpen } from '../../live/alerts'
import { Countdown } from '../../time/Countdown'
import { Instant } from '../../time/Instant'
import { entryOf } from './proof'

/** So many cleared findings are shown at once; more wait to be asked for. */
const SHOWN = 3

interface Props {
  alerts: Alert[]
  history: HistoryEntry[]
  onShow: (event: EventRef) => void
}

/** Open findings by gravity, then what was cleared. */
export function Findings({ alerts, history, onShow }: Props) {
  const { t } = useWording()
  const open = alerts.filter(isOpen).sort((a, b) => gravity(a.level) - gravity(b.level))
  const past = alerts.filter((a) => !isOpen(a)).sort((a, b) => Date.parse(b.raisedAt) - Date.parse(a.raisedAt))
  if (alerts.length === 0) return <Empty description={t('app.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
  return (
    <Flex vertical gap={8}>
      {open.map((a) => (
        <Finding key={a.id} alert={a} history={history} onShow={onShow} />
      ))}
      {past.length > 0 && (
        <details className="findings-past" open={past.length <= SHOWN}>
          <summary>
            {t('case.pastFindings')} <span className="number">{past.length}</span>
          </summary>
          <Flex vertical gap={8}>
            {past.map((a) => (
              <Finding key={a.id} alert={a} history={history} onShow={onShow} />
            ))}
          </Flex>
        </details>
      )}
    </Flex>
  )
}

function Finding({ alert, history, onShow }: { alert: Alert } & Pick<Props, 'history' | 'onShow'>) {
  const { t, pick, code } = useWording()
  const ruleName = useRuleNames()
  const open = isOpen(alert)
  return (
    <Card size="small" {...(open ? {} : { className: 'finding-past' })}>
      <Flex justify="space-between" align="center" gap={12} wrap>
        <Space wrap>
          <LevelTag level={alert.level} />
          <Typography.Text strong>{pick(ruleName(alert))}</Typography.Text>
          <Typography.Text type="secondary">
            {alert.subject === 'case' ? t('subject.case') : t('subject.suspect', { n: alert.subject })}
          </Typography.Text>
          {alert.blocking && <Tag color="red">{t('case.blocking')}</Tag>}
          <Tag>{t(`status.${alert.status ?? 'open'}`)}</Tag>
        </Space>
        {open && <Countdown due={alert.dueOn} />}
      </Flex>
      <Typography.Paragraph style={{ margin: '6px 0' }}>{pick(alert.message)}</Typography.Paragraph>
      <Flex justify="space-between" align="center" gap={12} wrap>
        <Typography.Text type="secondary">
          <Link to={`/rules?rule=${encodeURIComponent(alert.rule)}`}>{alert.rule}</Link> {t('case.basis')} {alert.basis} · <Instant at={alert.raisedAt} />
          {alert.clearedAt !== null && (
            <>
              {' → '}
              <Instant at={alert.clearedAt} />
            </>
          )}
          {alert.evidence.length > 0 && ` · ${t('case.evidence')}`}
          {alert.evidence.map((event) => {
            const entry = entryOf(event, history)
            return (
              <Button key={`${event.source} ${event.id}`} type="link" size="small" title={event.id} onClick={() => onShow(event)}>
                {entry === null ? event.id : code('event', entry.type)} {entry !== null && <Instant at={entry.time} />}
              </Button>
            )
          })}
        </Typography.Text>
        <Space wrap>
          {(alert.status === 'noticed' || alert.status === 'replied') && (
            <a href={`/api/alerts/${encodeURIComponent(alert.id)}/notice.docx`} download>
              {t('act.document')}
            </a>
          )}
          <ActBar alerts={[alert]} size="small" />
        </Space>
      </Flex>
    </Card>
  )
}
