import { Button, Card, Empty, Flex, Space, Tag, Typography } from 'antd'
import { Link } from 'react-router'
import type { Alert, EventRef, HistoryEntry } from '../../api/types'
import { ActBar } from '../../acting/ActBar'
import { useRuleNames } from '../../app/names'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { isOpen } from '../../live/alerts'
import { Countdown } from '../../time/Countdown'
import { Instant } from '../../time/Instant'
import { byRule } from './grouping'
import type { FindingGroup } from './grouping'
import { entryOf } from './proof'

/** So many cleared findings are shown at once; more wait to be asked for. */
const SHOWN = 3

interface Props {
  alerts: Alert[]
  history: HistoryEntry[]
  onShow: (event: EventRef) => void
  /** The past is shown: what was found then is no longer there to act upon. */
  past?: boolean
}

/** Open findings by gravity and rule, then what was cleared. */
export function Findings({ alerts, history, onShow, past = false }: Props) {
  const { t } = useWording()
  const open = byRule(alerts.filter(isOpen))
  const over = alerts.filter((a) => !isOpen(a)).sort((a, b) => Date.parse(b.raisedAt) - Date.parse(a.raisedAt))
  if (alerts.length === 0) return <Empty description={t('app.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
  const group = (g: FindingGroup) => <Group key={g.alerts[0]?.id} group={g} history={history} onShow={onShow} past={past} />
  return (
    <Flex vertical gap={8}>
      {past && <Typography.Text type="warning">{t('finding.pastNoActs')}</Typography.Text>}
      {open.map(group)}
      {over.length > 0 && (
        <details className="findings-past" open={over.length <= SHOWN}>
          <summary>
            {t('case.pastFindings')} <span className="number">{over.length}</span>
          </summary>
          <Flex vertical gap={8}>
            {over.map((a) => group({ rule: a.rule, alerts: [a] }))}
          </Flex>
        </details>
      )}
    </Flex>
  )
}

/** A rule with its article, and each of its findings. */
function Group({ group, history, onShow, past }: { group: FindingGroup; past: boolean } & Pick<Props, 'history' | 'onShow'>) {
  const { t, pick } = useWording()
  const ruleName = useRuleNames()
  const first = group.alerts[0]
  if (first === undefined) return null
  return (
    <Card size="small" {...(isOpen(first) ? {} : { className: 'finding-past' })}>
      <Space wrap size={[8, 2]}>
        <LevelTag level={first.level} />
        <Typography.Text strong>{pick(ruleName(first))}</Typography.Text>
        <Link to={`/rules?rule=${encodeURIComponent(first.rule)}`}>{first.rule}</Link>
        <Typography.Text type="secondary">
          {t('case.basis')} {first.basis}
        </Typography.Text>
        {group.alerts.length > 1 && <Tag>{t('finding.cases', { n: group.alerts.length })}</Tag>}
      </Space>
      {group.alerts.map((a) => (
        <Finding key={a.id} alert={a} history={history} onShow={onShow} past={past} differs={a.level !== first.level} />
      ))}
    </Card>
  )
}

function Finding({ alert, history, onShow, past, differs }: { alert: Alert; past: boolean; differs: boolean } & Pick<Props, 'history' | 'onShow'>) {
  const { t, pick, code } = useWording()
  const open = isOpen(alert)
  return (
    <div className="finding">
      <Flex justify="space-between" align="center" gap={12} wrap>
        <Space wrap>
          {differs && <LevelTag level={alert.level} />}
          <Typography.Text type="secondary">{alert.subject === 'case' ? t('subject.case') : t('subject.suspect', { n: alert.subject })}</Typography.Text>
          <span>{pick(alert.message)}</span>
          {alert.blocking && <Tag color="red">{t('case.blocking')}</Tag>}
          <Tag>{t(`status.${alert.status ?? 'open'}`)}</Tag>
        </Space>
        {open && !past && <Countdown due={alert.dueOn} />}
      </Flex>
      <Flex justify="space-between" align="center" gap={12} wrap>
        <Typography.Text type="secondary">
          <Instant at={alert.raisedAt} />
          {alert.clearedAt !== null && (
            <>
              {' → '}
              <Instant at={alert.clearedAt} />
            </>
          )}
          {' · '}
          {t('finding.evidence')}
          {alert.evidence.length === 0 && ` ${t('finding.noEvidence')}`}
          {alert.evidence.map((event) => {
            const entry = entryOf(event, history)
            return (
              <Button key={`${event.source} ${event.id}`} type="link" size="small" title={event.id} onClick={() => onShow(event)}>
                {entry === null ? event.id : code('event', entry.type)} {entry !== null && <Instant at={entry.time} />}
              </Button>
            )
          })}
        </Typography.Text>
        <Space wrap className="no-print">
          {(alert.status === 'noticed' || alert.status === 'replied') && (
            <a href={`/api/alerts/${encodeURIComponent(alert.id)}/notice.docx`} download>
              {t('act.document')}
            </a>
          )}
          {!past && <ActBar alerts={[alert]} size="small" />}
        </Space>
      </Flex>
    </div>
  )
}
