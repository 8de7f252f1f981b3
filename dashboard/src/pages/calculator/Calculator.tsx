import { Alert, App, Button, Card, DatePicker, Empty, Flex, Form, Select, Space, Statistic, Switch, Tag, Typography } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { ApiError, messageOf, post } from '../../api/client'
import type { Limit } from '../../api/catalogue'
import type { Deadline } from '../../api/types'
import { useRead } from '../../api/useRead'
import { useWording } from '../../i18n/language'
import { Countdown } from '../../time/Countdown'
import { ProofOf } from '../case/ProofOf'
import { finds, folded, periodOf } from '../rules/catalogue'
import { bodyOf, fieldOf, readInputs, writeInputs } from './inputs'
import type { Field, Inputs } from './inputs'
import '../case/case.css'
import './calculator.css'

interface Refusal {
  field: Field | null
  detail: string
}

type Answer = { key: string; deadline: Deadline } | { key: string; refused: Refusal }

/** A hand that types asks once, when it rests. */
const SETTLE = 300
const NO_HISTORY: never[] = []

/** Any limit from any start, step by step; the address is the question, so that it can be passed on. */
export default function Calculator() {
  const { t, pick } = useWording()
  const { message } = App.useApp()
  const [search, setSearch] = useSearchParams()
  const inputs = useMemo(() => readInputs(search), [search])
  const set = (more: Partial<Inputs>) => setSearch(writeInputs({ ...inputs, ...more }), { replace: true })
  const { value: limits, failure } = useRead<{ items: Limit[] }>('/api/limits')
  const limit = limits?.items.find((l) => l.id === inputs.limit)

  const body = useMemo(() => bodyOf(inputs), [inputs])
  const key = JSON.stringify(body)
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    if (key === 'null') return undefined
    let current = true
    const timer = setTimeout(() => {
      post('/api/deadlines/compute', JSON.parse(key)).then(
        (deadline) => current && setAnswer({ key, deadline: deadline as Deadline }),
        (error: unknown) => current && setAnswer({ key, refused: { field: error instanceof ApiError ? fieldOf(error.problem['pointer']) : null, detail: messageOf(error) } }),
      )
    }, SETTLE)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [key])
  const mine = answer?.key === key ? answer : null
  const refused = mine !== null && 'refused' in mine ? mine.refused : null
  const wrong = (field: Field) => (refused?.field === field ? { validateStatus: 'error' as const, help: field.startsWith('excluded') ? t('calculator.wrong.excluded') : t(`calculator.wrong.${field as 'limit' | 'start' | 'variant' | 'extensions'}`) } : {})
  const hours = limit?.clock === 'hours'

  return (
    <>
      <div className="page-head">
        <Typography.Title level={4}>{t('calculator.title')}</Typography.Title>
        <Typography.Text type="secondary">{t('calculator.help')}</Typography.Text>
        <Space className="calculator-acts no-print">
          <Button onClick={() => setSearch({}, { replace: true })}>{t('calculator.reset')}</Button>
          <Button type="primary" disabled={body === null} onClick={() => void navigator.clipboard.writeText(location.href).then(() => message.success(t('calculator.copied')), () => undefined)}>
            {t('calculator.copy')}
          </Button>
        </Space>
      </div>
      {failure !== null && <Alert type="error" showIcon title={t('app.failed', { detail: failure })} />}
      <div className="calculator">
        <Card size="small" className="calculator-form">
          <Form layout="vertical">
            <Form.Item label={t('calculator.limit')} htmlFor="limit" required {...wrong('limit')}>
              <LimitSelect limits={limits?.items ?? null} value={inputs.limit} choose={(id) => set({ limit: id, variant: null })} />
            </Form.Item>
            {limit && <Chosen limit={limit} />}
            <Flex gap={16} wrap>
              <Form.Item label={t(hours ? 'calculator.startTime' : 'calculator.start')} htmlFor="start" required {...wrong('start')}>
                <DatePicker
                  id="start"
                  {...(hours ? { showTime: { format: 'HH:mm' } } : {})}
                  value={startOf(inputs.start)}
                  onChange={(at) => set({ start: at ? (hours ? at.format('YYYY-MM-DDTHH:mm:00+08:00') : at.format('YYYY-MM-DD')) : null })}
                />
              </Form.Item>
              <Form.Item label={t('calculator.custody')} htmlFor="custody">
                <Switch id="custody" checked={inputs.custody} onChange={(custody) => set({ custody })} />
              </Form.Item>
              {((limit?.variants?.length ?? 0) > 0 || inputs.variant !== null) && (
                <Form.Item label={t('calculator.variant')} htmlFor="variant" {...wrong('variant')}>
                  <Select
                    id="variant"
                    style={{ minWidth: 150 }}
                    value={inputs.variant ?? ''}
                    options={[{ value: '', label: limit?.length ? t('calculator.plain') : t('rules.dash') }, ...(limit?.variants ?? []).map((v) => ({ value: v, label: v }))]}
                    onChange={(v: string) => set({ variant: v === '' ? null : v })}
                  />
                </Form.Item>
              )}
            </Flex>
            <Form.Item label={t('calculator.extensions')} htmlFor="extensions" extra={t('calculator.extensionsHint')} {...wrong('extensions')}>
              <Select
                id="extensions"
                mode="tags"
                tokenSeparators={[',', ' ', '，', '、']}
                value={inputs.extensions}
                options={[...new Set(limit?.extensions ?? [])].map((e) => ({ value: e, label: e }))}
                onChange={(extensions: string[]) => set({ extensions })}
              />
            </Form.Item>
            <Typography.Paragraph className="calculator-excluded">{t('calculator.excluded')}</Typography.Paragraph>
            {inputs.excluded.map((spanned, i) => (
              <Form.Item key={i} {...wrong(`excluded.${i}`)} {...(spanned.from === '' || spanned.until === '' ? { help: t('calculator.noEnd'), validateStatus: 'warning' as const } : {})}>
                <Space>
                  {(['from', 'until'] as const).map((end) => (
                    <DatePicker
                      key={end}
                      aria-label={t(`calculator.${end}`)}
                      placeholder={t(`calculator.${end}`)}
                      value={startOf(spanned[end] || null)}
                      onChange={(at) => set({ excluded: inputs.excluded.map((e, n) => (n === i ? { ...e, [end]: at ? at.format('YYYY-MM-DD') : '' } : e)) })}
                    />
                  ))}
                  <Button type="link" danger onClick={() => set({ excluded: inputs.excluded.filter((_, n) => n !== i) })}>
                    {t('calculator.remove')}
                  </Button>
                </Space>
              </Form.Item>
            ))}
            <div>
              <Button size="small" onClick={() => set({ excluded: [...inputs.excluded, { from: '', until: '' }] })}>
                {t('calculator.add')}
              </Button>
            </div>
          </Form>
        </Card>
        <Card size="small" className="calculator-answer" aria-live="polite">
          {refused !== null && <Alert type="error" showIcon title={refused.field === null ? refused.detail : t('calculator.wrong')} {...(refused.field === null ? {} : { description: refused.detail })} />}
          {mine !== null && 'deadline' in mine ? (
            <>
              <Flex gap={40} align="end" wrap className="calculator-due">
                <Statistic title={t('calculator.due')} value={mine.deadline.dueOn.slice(0, 16).replace('T', ' ')} />
                <Statistic title={t('calculator.left')} valueRender={() => <Countdown due={mine.deadline.dueOn} />} />
                <Space>
                  <Tag>{t(`clock.${mine.deadline.clock}`)}</Tag>
                  {mine.deadline.status === 'missed' && <Tag color="red">{t('calculator.expired')}</Tag>}
                  {mine.deadline.provisional && <Tag color="gold">{t('case.provisional')}</Tag>}
                </Space>
              </Flex>
              <Typography.Paragraph strong>
                {mine.deadline.id} {pick(mine.deadline.name)}
              </Typography.Paragraph>
              {mine.deadline.proof && <ProofOf deadline={mine.deadline} proof={mine.deadline.proof} history={NO_HISTORY} onShow={() => undefined} standalone />}
            </>
          ) : refused === null ? (
            <Empty description={t('calculator.choose')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
          ) : null}
        </Card>
      </div>
    </>
  )
}

/** Shown as it stands in legal time, whatever the zone of the browser. */
function startOf(text: string | null) {
  const match = text === null ? null : /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?/.exec(text)
  const day = match === null ? null : dayjs(`${match[1] ?? ''}T${match[2] ?? '00:00'}:00`)
  return day?.isValid() ? day : null
}

/** All limits, found by number, name or article in either language. */
function LimitSelect({ limits, value, choose }: { limits: Limit[] | null; value: string | null; choose: (id: string | null) => void }) {
  const { t, pick } = useWording()
  const options = useMemo(
    () =>
      (limits ?? []).map((l) => ({
        value: l.id,
        label: `${l.id} ${pick(l.name)}`,
        text: folded([l.id, l.name.zh, l.name.en, l.basis ?? ''].join('\n')),
        disabled: Boolean(l.notComputable),
        title: l.notComputable ? t('limits.notComputable') : pick(l.name),
      })),
    [limits, pick, t],
  )
  return (
    <Select
      id="limit"
      allowClear
      loading={limits === null}
      placeholder={t('calculator.limitHint')}
      showSearch={{ filterOption: (input, option) => option !== undefined && finds(input, option.text) }}
      value={value}
      options={options}
      onChange={(id: string | undefined) => choose(id ?? null)}
    />
  )
}

function Chosen({ limit }: { limit: Limit }) {
  const { t, pick } = useWording()
  const period = (text: string) => {
    const parts = periodOf(text)
    return parts === null ? text : t(`period.${parts.unit}`, { n: parts.n })
  }
  const length = limit.before ? t('limits.before', { n: period(limit.before) }) : limit.length ? period(limit.length) : null
  return (
    <Typography.Paragraph type="secondary" className="calculator-limit">
      {[length, limit.basis, pick(limit.start)].filter(Boolean).join(' · ')} <Link to="/rules/limits">{t('rules.basis')}</Link>
    </Typography.Paragraph>
  )
}
