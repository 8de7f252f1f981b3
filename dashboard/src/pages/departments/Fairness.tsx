import { Alert, Button, Card, Empty, Flex, Select, Table, Typography } from 'antd'
import dayjs from 'dayjs'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { FairnessOverTime, Given, GivenKind, Pair } from '../../api/record'
import { useRead } from '../../api/useRead'
import type { Names } from '../../app/names'
import { useWording } from '../../i18n/language'
import { legalNow } from '../../time/clock'
import { legal } from '../../time/remaining'
import { CaseLink } from '../cases/columns'
import { GivenList } from './GivenList'
import type { Series } from './Trend'

const Trend = lazy(() => import('./Trend'))

const PERIODS = [30, 90, 180, 365] as const

const BLUE = '#1677ff'
const TEAL = '#13a8a8'
const ORANGE = '#d46b08'
const GREY = '#8c8c8c'

const two = (value: number) => value.toFixed(2)
const one = (value: number) => value.toFixed(1)
const hours = (value: number) => value.toFixed(value < 1 ? 2 : 1)
const count = (value: number) => String(value)

/** How fair assignment was over time: trends, and the cases behind every number. */
export function Fairness({ department, names }: { department: string; names: Names }) {
  const { t } = useWording()
  const [days, setDays] = useState<number>(90)
  const [until] = useState(() => legal(legalNow()).date)
  const from = dayjs(until).subtract(days - 1, 'day').format('YYYY-MM-DD')
  const path = `/api/departments/${encodeURIComponent(department)}/fairness`
  const { value, failure } = useRead<FairnessOverTime>(`${path}?from=${from}&until=${until}`)
  const [shown, show] = useState<{ kind: GivenKind; from: string; until: string } | null>(null)

  return (
    <Card
      size="small"
      title={t('fairness.title')}
      className="fairness"
      loading={value === null && failure === null}
      extra={
        <Select
          aria-label={t('fairness.period')}
          size="small"
          value={days}
          options={PERIODS.map((n) => ({ value: n, label: t('fairness.days', { n }) }))}
          onChange={setDays}
          popupMatchSelectWidth={false}
        />
      }
    >
      {failure !== null && <Alert type="error" showIcon title={t('app.failed', { detail: failure })} />}
      {value !== null && (
        <>
          <Typography.Text type="secondary">{t('fairness.hint')}</Typography.Text>
          <Totals total={value.total} shareOf={value.shareOf} onShow={(kind) => show({ kind, from, until })} />
          <Charts value={value} onShow={(point, kind) => show({ kind, from: point.from, until: point.until })} />
          <Pairs pairs={value.pairs} names={names} />
        </>
      )}
      {shown !== null && <GivenList path={`${path}/cases`} {...shown} names={names} onClose={() => show(null)} />}
    </Card>
  )
}

function Totals({ total, shareOf, onShow }: { total: Given; shareOf: number; onShow: (kind: GivenKind) => void }) {
  const { t } = useWording()
  const share = (of: number | null) => (of === null ? t('fairness.few', { n: shareOf }) : t('fairness.share', { p: `${(100 * of).toFixed(1)}%` }))
  return (
    <Flex wrap gap={24} className="fairness-totals">
      <span>
        {t('fairness.assigned')}{' '}
        <Button type="link" size="small" disabled={total.assigned === 0} onClick={() => onShow('assigned')}>
          {t('fairness.cases', { n: total.assigned })}
        </Button>
      </span>
      <span>
        {t('fairness.designated')}{' '}
        <Button type="link" size="small" disabled={total.designated === 0} onClick={() => onShow('designated')}>
          {t('fairness.cases', { n: total.designated })}
        </Button>
        <Typography.Text type="secondary">{share(total.designatedShare)}</Typography.Text>
      </span>
      <span>
        {t('fairness.reassigned')}{' '}
        <Button type="link" size="small" disabled={total.reassigned === 0} onClick={() => onShow('reassigned')}>
          {t('fairness.times', { n: total.reassigned })}
        </Button>
        <Typography.Text type="secondary">{share(total.reassignedShare)}</Typography.Text>
      </span>
      {total.medianWait !== null && total.p90Wait !== null && (
        <span>
          {t('fairness.wait')} {t('fairness.median')} <b className="number">{hours(total.medianWait)}</b>, {t('fairness.p90')} <b className="number">{hours(total.p90Wait)}</b>
        </span>
      )}
    </Flex>
  )
}

function Charts({ value, onShow }: { value: FairnessOverTime; onShow: (point: { from: string; until: string }, kind: GivenKind) => void }) {
  const { t } = useWording()
  const { points } = value
  const line = (name: string, color: string, values: (number | null)[]): Series => ({ name, color, kind: 'line', values })
  const step = t(value.days === 1 ? 'fairness.step.1' : 'fairness.step.7')
  const [even, most, wait, given] = useMemo(
    () => [
      [line(t('fairness.cv'), BLUE, points.map((p) => (p.people === 0 ? null : p.cv))), line(t('fairness.gini'), TEAL, points.map((p) => (p.people === 0 ? null : p.gini)))],
      [line(t('fairness.maxOverMean'), ORANGE, points.map((p) => (p.people === 0 ? null : p.maxOverMean)))],
      [line(t('fairness.median'), BLUE, points.map((p) => p.given.medianWait)), line(t('fairness.p90'), ORANGE, points.map((p) => p.given.p90Wait))],
      [
        { name: t('fairness.drawn'), color: BLUE, kind: 'bar' as const, stack: 'given', values: points.map((p) => p.given.assigned - p.given.designated) },
        { name: t('fairness.designated'), color: ORANGE, kind: 'bar' as const, stack: 'given', values: points.map((p) => p.given.designated) },
        { name: t('fairness.reassigned'), color: GREY, kind: 'bar' as const, values: points.map((p) => p.given.reassigned) },
      ],
    ] as const satisfies readonly (readonly Series[])[],
    [points, t],
  )
  if (value.total.assigned === 0 && points.every((p) => p.people === 0)) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('fairness.nothing')} />
  const kinds: GivenKind[] = ['assigned', 'designated', 'reassigned']
  return (
    <Suspense fallback={<div className="trend-chart" />}>
      <div className="fairness-charts">
        <Trend title={t('fairness.even', { step })} days={points} series={[...even]} format={two} />
        <Trend title={t('fairness.max', { step })} days={points} series={[...most]} format={two} />
        <Trend title={t('fairness.wait')} days={points} series={[...wait]} format={hours} />
        <Trend
          title={`${t('fairness.given')} · ${t('fairness.pick')}`}
          days={points}
          series={[...given]}
          format={count}
          whole
          onPick={(point, series) => {
            const at = points[point]
            if (at !== undefined) onShow(at, kinds[series] ?? 'assigned')
          }}
        />
      </div>
    </Suspense>
  )
}

function Pairs({ pairs, names }: { pairs: Pair[]; names: Names }) {
  const { t } = useWording()
  return (
    <section className="fairness-pairs">
      <Typography.Title level={5}>{t('pairs.title')}</Typography.Title>
      {pairs.length === 0 ? (
        <Typography.Text type="secondary">{t('pairs.none')}</Typography.Text>
      ) : (
        <>
          <Typography.Text type="secondary">{t('pairs.hint')}</Typography.Text>
          <Table
            rowKey={(p) => `${p.kind} ${p.prosecutor} ${p.other}`}
            size="small"
            pagination={false}
            dataSource={pairs}
            expandable={{
              expandRowByClick: true,
              expandedRowRender: (p) => (
                <Flex wrap gap={16}>
                  {p.cases.map((id) => (
                    <span key={id}>
                      <CaseLink id={id} name={null} />
                    </span>
                  ))}
                </Flex>
              ),
            }}
            columns={[
              { key: 'handler', title: t('pairs.handler'), render: (_, p) => names.prosecutor(p.prosecutor) },
              { key: 'kind', title: '', width: 100, render: (_, p) => t(`pairs.kind.${p.kind}`) },
              { key: 'other', title: t('pairs.other'), dataIndex: 'other' },
              { key: 'count', title: t('pairs.count'), align: 'right', dataIndex: 'count' },
              { key: 'expected', title: t('pairs.expected'), align: 'right', render: (_, p) => one(p.expected) },
              { key: 'chance', title: t('pairs.chance'), align: 'right', render: (_, p) => (p.chance < 0.0001 ? '< 0.01%' : `${(100 * p.chance).toFixed(2)}%`) },
            ]}
          />
        </>
      )}
    </section>
  )
}
