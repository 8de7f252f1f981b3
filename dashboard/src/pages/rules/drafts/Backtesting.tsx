import { Alert, Button, Card, Empty, Flex, Progress, Space, Table, Tag, Typography } from 'antd'
import { lazy, Suspense, useMemo } from 'react'
import type { Backtest, BacktestSide, CatalogueFacts, Draft } from '../../../api/catalogue'
import { useMe } from '../../../app/session'
import { useWording } from '../../../i18n/language'
import { LevelTag } from '../../../law/LevelTag'
import { Instant } from '../../../time/Instant'
import { age } from '../../../time/wording'
import { CaseLink } from '../../cases/columns'
import { progress, refusal, weeks } from './draft'
import { Explained } from './Explained'
import { useBacktest } from './useBacktest'

const WeekChart = lazy(() => import('./WeekChart'))

const COLOR = { added: 'red', removed: 'green', changed: 'gold' } as const

/** What the draft would have raised on past cases, beside what the live version raises on them. */
export function Backtesting({ draft, facts }: { draft: Draft | null; facts: CatalogueFacts | null }) {
  const { t } = useWording()
  const refused = refusal('backtest', useMe(), draft, facts)
  const { test, failure, start, cancel } = useBacktest(draft?.id ?? null, draft?.backtest ?? null)
  const running = test?.state === 'running'
  const why = refused === null ? null : t(refused)
  return (
    <Card
      size="small"
      title={t('draft.test')}
      style={{ marginTop: 16 }}
      extra={
        running ? (
          <Button size="small" onClick={() => void cancel()}>
            {t('draft.testCancel')}
          </Button>
        ) : (
          <Explained why={why}>
            <Button size="small" type="primary" disabled={refused !== null} onClick={() => void start()}>
              {t(test === null ? 'draft.testStart' : 'draft.testAgain')}
            </Button>
          </Explained>
        )
      }
    >
      <Typography.Paragraph type="secondary">{why ?? t('draft.testHelp')}</Typography.Paragraph>
      {failure !== null && <Alert type="error" showIcon title={t('draft.failed', { detail: failure })} />}
      {test !== null && <State test={test} />}
      {test?.state === 'done' && <Result test={test} />}
    </Card>
  )
}

function State({ test }: { test: Backtest }) {
  const w = useWording()
  const { t } = w
  const { percent, left } = progress(test)
  if (test.state === 'failed') return <Alert type="error" showIcon title={t('draft.testFailed')} />
  if (test.state === 'cancelled') return <Alert type="warning" showIcon title={t('draft.testCancelled')} />
  if (test.state === 'done') {
    // By the pace, which is real: the instants are of a clock that may be simulated.
    const took = test.casesPerSecond ? ((test.done ?? 0) / test.casesPerSecond) * 1000 : null
    return (
      <Typography.Paragraph>
        {t('draft.testDone', { n: (test.total ?? test.done ?? 0).toLocaleString(), t: took === null ? t('rules.dash') : age(took, w) })}
        {test.casesPerSecond ? ` · ${t('draft.testPace', { n: Math.round(test.casesPerSecond) })}` : ''}
      </Typography.Paragraph>
    )
  }
  return (
    <Flex vertical>
      <Progress percent={percent} status="active" />
      <Typography.Text type="secondary" className="number">
        {[
          t('draft.testRunning', { done: (test.done ?? 0).toLocaleString(), of: test.total?.toLocaleString() ?? t('rules.dash') }),
          test.casesPerSecond ? t('draft.testPace', { n: Math.round(test.casesPerSecond) }) : null,
          left === null ? null : t('draft.testLeft', { t: age(left * 1000, w) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography.Text>
    </Flex>
  )
}

function Result({ test }: { test: Backtest }) {
  const { t } = useWording()
  const rules = useMemo(() => test.rules ?? [], [test.rules])
  const series = useMemo(() => weeks(rules), [rules])
  const cases = test.cases ?? []
  const total = test.casesTotal ?? cases.length
  const mean = (side: 'live' | 'draft') => (series.length === 0 ? 0 : series.reduce((sum, w) => sum + w[side], 0) / series.length).toFixed(1)
  return (
    <>
      <Table
        rowKey="rule"
        size="small"
        pagination={false}
        dataSource={rules}
        columns={[
          { key: 'rule', title: t('draft.testRule'), dataIndex: 'rule', width: 140 },
          { key: 'live', title: t('draft.live'), render: (_, r) => (r.live === null ? t('draft.noLive') : <Side side={r.live} />) },
          { key: 'draft', title: t('draft.draft'), render: (_, r) => <Side side={r.draft} /> },
          { key: 'added', title: t('draft.added'), align: 'right', width: 120, render: (_, r) => <span className="number">{r.added > 0 ? `+${r.added}` : 0}</span> },
          { key: 'removed', title: t('draft.removed'), align: 'right', width: 120, render: (_, r) => <span className="number">{r.removed > 0 ? `−${r.removed}` : 0}</span> },
        ]}
      />
      {series.length > 0 && (
        <>
          <Typography.Paragraph style={{ margin: '16px 0 4px' }}>
            <strong>{t('draft.weekly')}</strong> {t('draft.perWeek', { live: mean('live'), draft: mean('draft') })}
          </Typography.Paragraph>
          <Suspense fallback={<div className="week-chart" />}>
            <WeekChart weeks={series} />
          </Suspense>
        </>
      )}
      <Typography.Title level={5} style={{ margin: '16px 0 8px' }}>
        {cases.length < total ? t('draft.testCasesFirst', { n: total.toLocaleString(), shown: cases.length }) : t('draft.testCases', { n: total.toLocaleString() })}
      </Typography.Title>
      <Table
        rowKey={(c) => `${c.case} ${c.rule} ${c.subject} ${c.change} ${c.raisedAt ?? ''}`}
        size="small"
        dataSource={cases}
        pagination={{ defaultPageSize: 20, showSizeChanger: true, hideOnSinglePage: true }}
        locale={{ emptyText: <Empty description={t('list.empty')} image={Empty.PRESENTED_IMAGE_SIMPLE} /> }}
        columns={[
          { key: 'change', title: t('draft.change'), width: 110, render: (_, c) => <Tag color={COLOR[c.change]}>{t(`draft.change.${c.change}`)}</Tag> },
          { key: 'case', title: t('list.case'), render: (_, c) => <CaseLink id={c.case} name={null} /> },
          { key: 'rule', title: t('draft.testRule'), width: 120, dataIndex: 'rule' },
          { key: 'subject', title: t('draft.subject'), width: 160, render: (_, c) => (c.subject === 'case' ? t('subject.case') : t('subject.suspect', { n: c.subject })) },
          { key: 'level', title: t('list.light'), width: 110, render: (_, c) => <LevelTag level={c.level} /> },
          { key: 'raised', title: t('list.raised'), width: 140, render: (_, c) => <Instant at={c.raisedAt} /> },
        ]}
      />
    </>
  )
}

function Side({ side }: { side: BacktestSide }) {
  const { t } = useWording()
  return (
    <Space className="number">
      <span>{t('draft.alerts', { n: side.alerts.toLocaleString() })}</span>
      <Typography.Text type="secondary">{t('draft.cases', { n: side.cases.toLocaleString() })}</Typography.Text>
    </Space>
  )
}
