import { Alert, Button, Flex, Radio, Select, Table, Tag, Typography } from 'antd'
import { useState } from 'react'
import { get, messageOf, post } from '../../api/client'
import type { CaseBody } from '../../api/types'
import { useRuleNames } from '../../app/names'
import { caseUrl } from '../../app/paths'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { roundOf } from './Deadlines'
import { consequences, eventsOf, inCustody, suppositions, together } from './whatif'
import type { AlertChange, Consequences, DeadlineChange, Supposition } from './whatif'

/** What would follow if something happened now: the same case assessed with one more event, which nobody stores. */
export function WhatIf({ body, asOf }: { body: CaseBody; asOf: string | null }) {
  const { t } = useWording()
  const offered = suppositions(body)
  const held = inCustody(body)
  const [chosen, choose] = useState<Supposition | null>(null)
  const [who, setWho] = useState<string[] | null>(null)
  const [measure, setMeasure] = useState<'release' | 'bail'>('bail')
  const [answer, setAnswer] = useState<{ at: string; result: Consequences } | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const what = chosen !== null && offered.includes(chosen) ? chosen : (offered[0] ?? null)
  const suspects = (who ?? held).filter((s) => held.includes(s))

  if (what === null) return <Typography.Text type="secondary">{t('whatif.none')}</Typography.Text>

  const reckon = async () => {
    setBusy(true)
    try {
      // Both sides at one instant: what only time changes is no consequence.
      const now = await get<CaseBody>(caseUrl(body.id), { asOf })
      const events = eventsOf({ what, suspects, measure, reason: t('whatif.reason') }, now, now.asOf)
      const then = (await post('/api/assess', { case: body.id, events, asOf: now.asOf })) as CaseBody
      setAnswer({ at: now.asOf, result: consequences(now, then) })
      setFailure(null)
    } catch (error) {
      setAnswer(null)
      setFailure(messageOf(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Flex vertical gap={12}>
      <Flex gap={12} align="center" wrap>
        <Radio.Group
          optionType="button"
          value={what}
          options={offered.map((value) => ({ value, label: t(`whatif.${value}`) }))}
          onChange={(e) => {
            choose(e.target.value as Supposition)
            setAnswer(null)
          }}
        />
        {what === 'custodyEnded' && (
          <>
            <Select<'release' | 'bail'>
              aria-label={t('case.measure')}
              value={measure}
              onChange={(value) => {
                setMeasure(value)
                setAnswer(null)
              }}
              options={(['bail', 'release'] as const).map((value) => ({ value, label: t(`whatif.${value}`) }))}
              popupMatchSelectWidth={false}
            />
            {held.length > 1 && (
              <Select
                mode="multiple"
                maxTagCount={3}
                aria-label={t('whatif.who')}
                style={{ minWidth: 200 }}
                value={suspects}
                onChange={(value: string[]) => {
                  setWho(value)
                  setAnswer(null)
                }}
                options={held.map((value) => ({ value, label: `${value} ${body.suspects.find((s) => s.suspect === value)?.name ?? ''}` }))}
              />
            )}
          </>
        )}
        <Button type="primary" loading={busy} disabled={what === 'custodyEnded' && suspects.length === 0} onClick={() => void reckon()}>
          {t('whatif.compute')}
        </Button>
        <Typography.Text type="secondary">{t('whatif.help')}</Typography.Text>
      </Flex>
      {failure !== null && <Alert type="error" showIcon title={t('whatif.failed', { detail: failure })} />}
      {answer !== null && <Answer at={answer.at} result={answer.result} />}
    </Flex>
  )
}

function Answer({ at, result }: { at: string; result: Consequences }) {
  const { t, pick } = useWording()
  const nothing = result.clears.length + result.appears.length + result.changes.length === 0
  const nameOf = (c: DeadlineChange) => (c.kind === 'begun' ? c.after : c.before)
  return (
    <div className="whatif">
      <Typography.Text strong>{t('whatif.choose', { t: at.slice(0, 16).replace('T', ' ') })}</Typography.Text>
      {result.deadlines.length === 0 ? (
        <Typography.Paragraph>{t('whatif.noDeadlines')}</Typography.Paragraph>
      ) : (
        <Table
          rowKey={({ change: c, subjects }) => `${c.kind} ${nameOf(c).id} ${nameOf(c).instance} ${subjects.join(' ')}`}
          size="small"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={together(result.deadlines)}
          columns={[
            {
              key: 'limit',
              title: t('whatif.limit'),
              render: (_, { change: c, subjects }) => (
                <>
                  {pick(nameOf(c).name)}
                  <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
                    {[nameOf(c).id, roundOf(nameOf(c), t), subjects[0] === 'case' ? null : t('subject.suspect', { n: subjects.join(t('explain.comma')) })].filter(Boolean).join(' · ')}
                  </Typography.Text>
                </>
              ),
            },
            { key: 'before', title: t('whatif.before'), render: (_, { change: c }) => <span className="number">{c.kind === 'begun' ? t('rules.dash') : due(c.before.dueOn)}</span> },
            { key: 'after', title: t('whatif.after'), render: (_, { change: c }) => <strong className="number">{c.kind === 'moved' || c.kind === 'begun' ? due(c.after.dueOn) : t('rules.dash')}</strong> },
            { key: 'shift', title: t('whatif.shift'), render: (_, { change }) => <Shift change={change} /> },
          ]}
        />
      )}
      {result.unchanged.length > 0 && (
        <Typography.Text type="secondary">
          {t('whatif.same')}: {result.unchanged.map((d) => `${pick(d.name)} ${due(d.dueOn)}`).join(t('explain.semicolon'))}
        </Typography.Text>
      )}
      {nothing ? (
        <Typography.Paragraph>{t('whatif.noAlerts')}</Typography.Paragraph>
      ) : (
        <>
          <Alerts title={t('whatif.clears')} alerts={result.clears} />
          <Alerts title={t('whatif.appears')} alerts={result.appears} />
          <Alerts title={t('whatif.changes')} alerts={result.changes} />
        </>
      )}
    </div>
  )
}

const due = (text: string) => text.slice(0, 16).replace('T', ' ')

function Shift({ change }: { change: DeadlineChange }) {
  const { t } = useWording()
  switch (change.kind) {
    case 'moved':
      return <Tag color={change.days > 0 ? 'blue' : 'orange'}>{t(change.days > 0 ? 'whatif.later' : 'whatif.earlier', { n: Math.abs(change.days) })}</Tag>
    case 'begun':
      return <Tag color="blue">{t('whatif.begins')}</Tag>
    case 'gone':
      return <Tag>{t('whatif.gone')}</Tag>
    case 'ended':
      return <Tag color={change.after.status === 'missed' ? 'red' : 'default'}>{t(`deadline.${change.after.status}`)}</Tag>
  }
}

function Alerts({ title, alerts }: { title: string; alerts: AlertChange[] }) {
  const { t, pick } = useWording()
  const ruleName = useRuleNames()
  if (alerts.length === 0) return null
  return (
    <div>
      <Typography.Text strong>{title}</Typography.Text>
      <ul className="whatif-alerts">
        {alerts.map(({ key, name, alert, from }) => (
          <li key={key}>
            {from !== null && `${from} → `}
            <LevelTag level={alert.level} /> {alert.rule} {pick(name ?? ruleName(alert))}
            {alert.subject !== 'case' && <Typography.Text type="secondary"> {t('subject.suspect', { n: alert.subject })}</Typography.Text>}
          </li>
        ))}
      </ul>
    </div>
  )
}
