import { Empty } from 'antd'
import { useMemo, useRef, useState, useLayoutEffect } from 'react'
import type { CaseBody, Deadline } from '../../api/types'
import { useWording } from '../../i18n/language'
import type { Wording } from '../../i18n/language'
import { legal } from '../../time/remaining'
import { custodyChart, days, ticks } from './custody'
import type { CustodyRow, LimitBar, MeasureBar } from './custody'
import { clipped } from './bones'

const LABEL = 132
const BAR = 18
const LANE = 22
const AXIS = 24

const dateOf = (at: number): string => legal(at).date
/** A limit of days is met until 24:00 of its last day: the date to tell is that day, not the midnight. */
const lastDay = (limit: Deadline): string => limit.dueOn.slice(0, 10)

/** Measures and custody limits of each suspect on one axis of time; what was missed in red. */
export function CustodyBars({ body, onLimit }: { body: CaseBody; onLimit: (limit: Deadline) => void }) {
  const w = useWording()
  const { t } = w
  const chart = useMemo(() => custodyChart(body), [body])
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(900)
  const drawn = chart !== null
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => setWidth(Math.max(480, element.clientWidth)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [drawn])
  if (chart === null) return <Empty description={t('custodyChart.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />

  const { from, to } = chart
  const x = (at: number) => LABEL + ((at - from) / (to - from)) * (width - LABEL - 8)
  const lanes = (row: CustodyRow) => (row.bars.length > 0 ? 1 : 0) + row.limits.length
  const tops = chart.rows.map((_, i) => AXIS + chart.rows.slice(0, i).reduce((sum, r) => sum + lanes(r) * LANE + 10, 0))
  const height = AXIS + chart.rows.reduce((sum, r) => sum + lanes(r) * LANE + 10, 0)
  return (
    <div ref={box} className="custody-bars">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t('custodyChart.chart')}>
        {ticks(from, to).filter(({ at }) => x(at) > LABEL + 16 && x(at) < width - 24).map(({ at, label }) => (
          <g key={at} className="custody-tick">
            <line x1={x(at)} x2={x(at)} y1={16} y2={height} />
            <text x={x(at)} y={12}>
              {label}
            </text>
          </g>
        ))}
        {chart.rows.map((row, i) => (
          <g key={row.suspect?.suspect ?? 'case'} transform={`translate(0 ${tops[i] ?? 0})`}>
            <text className="custody-name" x={0} y={15}>
              {row.suspect === null ? t('custodyChart.case') : clipped(`${row.suspect.suspect} ${row.suspect.name ?? ''}`, 17)}
            </text>
            {row.bars.map((bar, n) => (
              <Measured key={n} bar={bar} x={x} w={w} now={chart.now} />
            ))}
            {row.limits.map((bar, n) => (
              <Limited key={n} bar={bar} x={x} y={((row.bars.length > 0 ? 1 : 0) + n) * LANE} w={w} onLimit={onLimit} width={width} />
            ))}
          </g>
        ))}
        <g className="custody-now">
          <line x1={x(chart.now)} x2={x(chart.now)} y1={16} y2={height} />
        </g>
      </svg>
      <div className="custody-legend">
        {(['held', 'free', 'limit', 'extended', 'over'] as const).map((kind) => (
          <span key={kind}>
            <i data-kind={kind} />
            {t(`custodyChart.${kind}`)}
          </span>
        ))}
      </div>
    </div>
  )
}

interface Drawn {
  x: (at: number) => number
  w: Wording
}

function Measured({ bar, x, w, now }: Drawn & { bar: MeasureBar; now: number }) {
  const name = w.code('measure', bar.kind)
  const n = days(bar.from, bar.to)
  const words = bar.open
    ? w.t('custodyChart.open', { name, from: dateOf(bar.from), n })
    : w.t('custodyChart.bar', { name, from: dateOf(bar.from), to: dateOf(bar.to), n })
  const wide = x(bar.to) - x(bar.from)
  return (
    <g className="custody-measure" data-held={bar.held ? '' : undefined} role="img" tabIndex={0} aria-label={words}>
      <title>{[words, bar.organ].filter(Boolean).join(' · ')}</title>
      <rect x={x(bar.from)} y={2} width={Math.max(3, wide)} height={BAR} rx={3} />
      {bar.open && bar.until !== null && bar.until > now && <rect className="custody-until" x={x(bar.to)} y={2} width={Math.max(0, x(bar.until) - x(bar.to))} height={BAR} rx={3} />}
      <text x={x(bar.from) + 6} y={15}>
        {clipped(`${name} ${w.t('custodyChart.days', { n })}`, Math.floor((wide - 8) / 6.5))}
      </text>
    </g>
  )
}

function Limited({ bar, x, y, w, onLimit, width }: Drawn & { bar: LimitBar; y: number; onLimit: (limit: Deadline) => void; width: number }) {
  const { limit } = bar
  const name = w.pick(limit.name)
  const told = { name, from: limit.startedOn.slice(0, 10), due: lastDay(limit), base: dateOf(bar.base - 1) }
  const over = bar.missed === null ? 0 : Math.max(1, days(bar.missed[0], bar.missed[1]))
  const words = [
    w.t(bar.base < bar.due ? 'custodyChart.limitExtended' : 'custodyChart.limitBar', told),
    w.t(`deadline.${limit.status}`),
    bar.missed === null ? null : w.t('custodyChart.missedBy', { n: over }),
    limit.basis,
  ].filter(Boolean).join(' · ')
  const end = Math.max(x(bar.due), bar.missed === null ? 0 : x(bar.missed[1]))
  const label = `${limit.id} ${name} ${told.due.slice(5)}${bar.missed === null ? '' : ` · ${w.t('custodyChart.missedBy', { n: over })}`}`
  // Beside the bar where there is room, else before it.
  const after = end + 6 + label.length * 11 < width
  return (
    <g
      className="custody-limit"
      data-status={limit.status}
      role="button"
      tabIndex={0}
      aria-label={words}
      onClick={() => onLimit(limit)}
      onKeyDown={(e) => {
        if (e.key !== 'Enter' && e.key !== ' ') return
        e.preventDefault()
        onLimit(limit)
      }}
    >
      <title>{words}</title>
      <rect className="custody-hit" x={x(bar.from)} y={y} width={Math.max(4, end - x(bar.from))} height={LANE - 2} />
      <rect className="custody-base" x={x(bar.from)} y={y + 7} width={Math.max(2, x(bar.base) - x(bar.from))} height={8} />
      {bar.base < bar.due && <rect className="custody-extended" x={x(bar.base)} y={y + 7} width={Math.max(2, x(bar.due) - x(bar.base))} height={8} />}
      <line className="custody-due" x1={x(bar.due)} x2={x(bar.due)} y1={y + 3} y2={y + 19} />
      {bar.end < bar.due && limit.status !== 'running' && <circle className="custody-met" cx={x(bar.end)} cy={y + 11} r={5} />}
      {bar.missed !== null && <rect className="custody-over" x={x(bar.missed[0])} y={y + 5} width={Math.max(4, x(bar.missed[1]) - x(bar.missed[0]))} height={12} />}
      <text x={after ? end + 6 : x(bar.from) - 6} y={y + 15} textAnchor={after ? 'start' : 'end'}>
        {label}
      </text>
    </g>
  )
}
