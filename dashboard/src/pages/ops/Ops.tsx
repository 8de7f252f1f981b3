import { Alert, Badge, Card, Skeleton, Statistic, Table, Tag, Typography } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ClusterStatus, Latency, NamedCount, NodeStatus } from '../../api/operations'
import { operates } from '../../app/scope'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { Instant } from '../../time/Instant'
import { age } from '../../time/wording'
import Lines from './Lines'
import type { Line } from './Lines'
import { errorsOf, EVERY, KEPT, latency, pointOf, rate, shortVersion, STALE_AFTER, sum, totals, withPoint, worst } from './ops'
import type { LatencyName, Point } from './ops'
import { usePolled } from './usePolled'
import './ops.css'

const HALF = '#9aa7b5'
const MOST = '#3d85c0'
const STATES: Record<string, 'success' | 'warning' | 'error' | 'processing'> = {
  running: 'success', starting: 'processing', stopping: 'warning', silent: 'error', dead: 'error',
}

/** How the system itself is doing, for those who run it. Nothing of any case. */
export default function Ops() {
  const me = useMe()
  const { t } = useWording()
  const { value, failure, answeredAt } = usePolled<ClusterStatus>(operates(me) ? '/api/ops/status' : null, EVERY)
  const history = useHistory(value)

  if (!operates(me)) return <p className="app-message">{t('app.refused')}</p>
  return (
    <>
      <div className="page-head">
        <Typography.Title level={4}>{t('ops.title')}</Typography.Title>
        <Freshness answeredAt={answeredAt} failure={failure} />
      </div>
      {failure !== null && <Alert type="error" showIcon className="ops-failure" title={t('app.failed', { detail: failure })} />}
      {value !== null ? <Status status={value} history={history} /> : failure === null && <Skeleton active paragraph={{ rows: 10 }} />}
    </>
  )
}

/** The readings of this visit to the page. */
function useHistory(status: ClusterStatus | null): Point[] {
  const kept = useRef<Point[]>([])
  const [history, setHistory] = useState<Point[]>([])
  useEffect(() => {
    if (status === null) return
    kept.current = withPoint(kept.current, pointOf(status))
    setHistory(kept.current)
  }, [status])
  return history
}

function Freshness({ answeredAt, failure }: { answeredAt: number | null; failure: string | null }) {
  const wording = useWording()
  const { t } = wording
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500)
    return () => clearInterval(timer)
  }, [])
  if (answeredAt === null) return failure === null ? <Badge status="processing" text={t('app.loading')} /> : null
  const silent = Math.max(0, now - answeredAt)
  const text = t('ops.updated', { t: age(silent, wording) })
  return silent > STALE_AFTER ? (
    <Badge status="error" text={<Typography.Text type="danger">{t('ops.stale', { t: age(silent, wording) })}</Typography.Text>} />
  ) : (
    <Badge status={failure === null ? 'success' : 'warning'} text={text} />
  )
}

function Status({ status, history }: { status: ClusterStatus; history: Point[] }) {
  const wording = useWording()
  const { t } = wording
  const { nodes } = status
  const errors = useMemo(() => errorsOf(nodes), [nodes])
  const open = errors.filter((e) => e.open).length
  return (
    <div className="ops">
      <div className="ops-now">
        <Figure title={t('ops.nodes')} value={`${nodes.filter((n) => n.state === 'running').length} / ${nodes.length}`} />
        <Figure title={t('ops.events')} value={rate(sum(nodes, (n) => n.eventsPerSecond))} />
        <Figure title={t('ops.calls')} value={rate(sum(nodes, (n) => n.callsPerSecond))} />
        <Figure title={t('ops.replyP99')} value={latency(worst(nodes, 'reply').p99, wording)} />
        <Figure title={t('ops.commitP99')} value={latency(worst(nodes, 'commit').p99, wording)} />
        <Figure title={t('ops.dueP99')} value={latency(worst(nodes, 'dueLateness').p99, wording)} />
        <Figure title={t('ops.feedP99')} value={latency(worst(nodes, 'feedLag').p99, wording)} />
        <Figure title={t('ops.clients')} value={String(sum(nodes, (n) => n.hubClients))} />
        <Figure title={t('ops.openAlerts')} value={String(open)} danger={open > 0} />
      </div>
      <div className="ops-lines">
        <RateLines history={history} />
        <LatencyLines title={t('ops.commit')} of="commit" history={history} />
        <LatencyLines title={t('ops.due')} of="dueLateness" history={history} />
      </div>
      <Nodes nodes={nodes} />
      <div className="ops-lists">
        <Counts title={t('ops.activations')} prefix="ops.kind" counts={totals(nodes.map((n) => n.activations), false)} empty={t('ops.noActivations')} />
        <Counts title={t('ops.queues')} prefix="ops.queue" counts={totals(nodes.map((n) => n.queues), true)} empty={t('app.none')} />
        <Errors errors={errors} several={nodes.length > 1} />
      </div>
    </div>
  )
}

function Figure({ title, value, danger = false }: { title: string; value: string; danger?: boolean }) {
  return (
    <Card size="small">
      <Statistic title={title} value={value} formatter={(shown) => shown} styles={danger ? { content: { color: 'var(--office-bad)' } } : {}} />
    </Card>
  )
}

function RateLines({ history }: { history: Point[] }) {
  const { t } = useWording()
  const at = useMemo(() => history.map((p) => p.at), [history])
  const lines = useMemo<Line[]>(() => [{ name: t('ops.events'), color: MOST, values: history.map((p) => p.events) }], [history, t])
  return (
    <Card size="small" title={t('ops.events')}>
      <Lines label={t('ops.events')} at={at} lines={lines} format={rate} span={KEPT * EVERY} />
    </Card>
  )
}

function LatencyLines({ title, of, history }: { title: string; of: LatencyName; history: Point[] }) {
  const wording = useWording()
  const { t } = wording
  const at = useMemo(() => history.map((p) => p.at), [history])
  const lines = useMemo<Line[]>(
    () => [
      { name: t('ops.p50'), color: HALF, values: history.map((p) => p.p50[of]) },
      { name: t('ops.p99'), color: MOST, values: history.map((p) => p.p99[of]) },
    ],
    [history, of, t],
  )
  const format = useCallback((seconds: number) => latency(seconds, { t }), [t])
  return (
    <Card size="small" title={title}>
      <Lines label={title} at={at} lines={lines} format={format} span={KEPT * EVERY} />
    </Card>
  )
}

function Nodes({ nodes }: { nodes: NodeStatus[] }) {
  const wording = useWording()
  const { t, code } = wording
  const both = ({ p50, p99 }: Latency) => <span className="number">{p99 === null ? '–' : `${latency(p50, wording)} / ${latency(p99, wording)}`}</span>
  return (
    <Table
      rowKey="name"
      size="small"
      className="ops-nodes"
      pagination={false}
      scroll={{ x: 'max-content' }}
      title={() => <Typography.Text strong>{t('ops.nodeList')}</Typography.Text>}
      dataSource={nodes}
      columns={[
        { key: 'name', title: t('ops.node'), dataIndex: 'name' },
        { key: 'role', title: t('ops.role'), render: (_, n) => code('ops.role', n.role) },
        { key: 'state', title: t('ops.state'), render: (_, n) => <Badge status={STATES[n.state] ?? 'warning'} text={code('ops.state', n.state)} /> },
        { key: 'version', title: t('ops.version'), render: (_, n) => <span title={n.version}>{shortVersion(n.version)}</span> },
        { key: 'since', title: t('ops.since'), render: (_, n) => <Instant at={n.since} /> },
        { key: 'grains', title: t('ops.grains'), align: 'right', render: (_, n) => sum(n.activations, (a) => a.count).toLocaleString('en') },
        { key: 'calls', title: t('ops.calls'), align: 'right', render: (_, n) => rate(n.callsPerSecond) },
        { key: 'events', title: t('ops.events'), align: 'right', render: (_, n) => rate(n.eventsPerSecond) },
        { key: 'waiting', title: t('ops.waiting'), align: 'right', render: (_, n) => sum(n.queues, (q) => q.count).toLocaleString('en') },
        { key: 'reply', title: t('ops.reply'), align: 'right', render: (_, n) => both(n.reply) },
        { key: 'commit', title: t('ops.commit'), align: 'right', render: (_, n) => both(n.commit) },
        { key: 'due', title: t('ops.due'), align: 'right', render: (_, n) => both(n.dueLateness) },
        { key: 'clients', title: t('ops.clients'), align: 'right', dataIndex: 'hubClients' },
      ]}
    />
  )
}

function Counts({ title, prefix, counts, empty }: { title: string; prefix: string; counts: NamedCount[]; empty: string }) {
  const { code } = useWording()
  return (
    <Card size="small" title={title}>
      {counts.length === 0 ? (
        <Typography.Text type="secondary">{empty}</Typography.Text>
      ) : (
        <dl className="ops-counts">
          {counts.map(({ name, count }) => (
            <div key={name}>
              <dt>{code(prefix, name)}</dt>
              <dd className="number">{count.toLocaleString('en')}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  )
}

function Errors({ errors, several }: { errors: ReturnType<typeof errorsOf>; several: boolean }) {
  const { t, code } = useWording()
  return (
    <Card size="small" title={t('ops.errors')}>
      {errors.length === 0 ? (
        <Typography.Text type="secondary">{t('ops.noErrors')}</Typography.Text>
      ) : (
        <Table
          rowKey={(e) => `${e.node} ${e.kind} ${String(e.open)}`}
          size="small"
          pagination={false}
          dataSource={errors}
          columns={[
            {
              key: 'kind',
              title: t('ops.errorKind'),
              render: (_, e) => (
                <>
                  {code('ops.error', e.kind)} {e.open && <Tag color="red">{t('ops.goesOn')}</Tag>}
                </>
              ),
            },
            ...(several ? [{ key: 'node', title: t('ops.node'), dataIndex: 'node' }] : []),
            { key: 'error', title: t('ops.errorType'), render: (_, e) => e.error ?? '–' },
            { key: 'last', title: t('ops.errorLast'), render: (_, e) => <Instant at={e.last} /> },
            { key: 'count', title: t('ops.errorCount'), align: 'right', render: (_, e) => e.count.toLocaleString('en') },
          ]}
        />
      )}
    </Card>
  )
}
