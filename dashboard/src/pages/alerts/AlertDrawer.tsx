import { Button, Drawer, Empty, Flex, Input, Space, Tag, Timeline, Typography } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ActBar } from '../../acting/ActBar'
import { grace } from '../../acting/held'
import type { Alert, AlertAct } from '../../api/types'
import type { Names, RuleNames } from '../../app/names'
import { casePath } from '../../app/paths'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { isOpen } from '../../live/alerts'
import { Countdown } from '../../time/Countdown'
import { Instant } from '../../time/Instant'

interface Props {
  alert: Alert | null
  names: Names
  ruleName: RuleNames
  close: () => void
}

/** One alert: what it says and why, what was done about it by whom, and room for a note. */
export function AlertDrawer({ alert, names, ruleName, close }: Props) {
  const { pick } = useWording()
  return (
    <Drawer open={alert !== null} onClose={close} size={560} title={alert === null ? '' : pick(ruleName(alert))} destroyOnHidden>
      {alert !== null && <Body key={alert.id} alert={alert} names={names} />}
    </Drawer>
  )
}

function Body({ alert, names }: { alert: Alert; names: Names }) {
  const { t, pick } = useWording()
  const acts = [...(alert.acts ?? [])].reverse()
  return (
    <Flex vertical gap={16}>
      <Space wrap>
        <LevelTag level={alert.level} />
        <Tag>{t(`status.${alert.status ?? 'open'}`)}</Tag>
        {alert.blocking && <Tag color="red">{t('case.blocking')}</Tag>}
        {isOpen(alert) && <Countdown due={alert.dueOn} />}
      </Space>
      <Typography.Paragraph style={{ margin: 0 }}>{pick(alert.message)}</Typography.Paragraph>
      <Typography.Text type="secondary">
        <Link to={`/rules?rule=${encodeURIComponent(alert.rule)}`}>{alert.rule}</Link> · {t('case.basis')} {alert.basis}
      </Typography.Text>
      <div>
        <Link to={casePath(alert.case)}>{alert.caseName ?? alert.case}</Link>
        <Typography.Text type="secondary" style={{ display: 'block' }}>
          {alert.case} · {names.department(alert.department)} {names.prosecutor(alert.prosecutor)}
        </Typography.Text>
      </div>
      <ActBar alerts={[alert]} hold />
      <Note alert={alert} />
      <section aria-label={t('room.acts')}>
        <Typography.Title level={5}>{t('room.acts')}</Typography.Title>
        {acts.length === 0 ? (
          <Empty description={t('room.noActs')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
        ) : (
          <Timeline items={acts.map((act, i) => ({ key: i, content: <Done act={act} /> }))} />
        )}
        {(alert.status === 'noticed' || alert.status === 'replied') && (
          <a href={`/api/alerts/${encodeURIComponent(alert.id)}/notice.docx`} download>
            {t('act.document')}
          </a>
        )}
      </section>
    </Flex>
  )
}

function Done({ act }: { act: AlertAct }) {
  const { code } = useWording()
  const said = [act.kind && code('act.kind', act.kind), act.to && code('act.to', act.to), act.note, act.reason, act.text].filter(Boolean)
  return (
    <>
      <b>{code('act', act.act)}</b> {act.by}{' '}
      <Typography.Text type="secondary">
        <Instant at={act.at} />
      </Typography.Text>
      {said.map((text, i) => (
        <div key={i} className="act-said">
          {text}
        </div>
      ))}
    </>
  )
}

/** A note is an acknowledgement that says something: it goes into the case's history like every act. */
function Note({ alert }: { alert: Alert }) {
  const { t } = useWording()
  const me = useMe()
  const [note, setNote] = useState('')
  if (!isOpen(alert) || !me.roles.some((r) => r === 'handler' || r === 'head' || r === 'monitor' || r === 'leader')) return null
  return (
    <Flex vertical gap={8} align="end">
      <Input.TextArea aria-label={t('room.note')} placeholder={t('room.note')} rows={2} maxLength={500} value={note} onChange={(e) => setNote(e.target.value)} />
      <Button
        disabled={note.trim() === ''}
        onClick={() => {
          grace.hold({ key: crypto.randomUUID(), act: 'acknowledge', ids: [alert.id], said: { note } })
          setNote('')
        }}
      >
        {t('room.addNote')}
      </Button>
    </Flex>
  )
}
