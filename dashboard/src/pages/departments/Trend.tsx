import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import type { EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

register([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer])

export interface Series {
  name: string
  color: string
  kind: 'line' | 'bar'
  /** Bars of one stack stand on each other. */
  stack?: string
  values: (number | null)[]
}

interface Props {
  title: string
  /** First and last day of each point. */
  days: { from: string; until: string }[]
  series: Series[]
  format: (value: number) => string
  /** A whole number of something, so that the axis has no halves. */
  whole?: boolean
  onPick?: (point: number, series: number) => void
}

const MUTED = '#7d8894'

/** A few measures over days or weeks. */
export default function Trend({ title, days, series, format, whole = false, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  const pick = useRef(onPick)
  useEffect(() => {
    pick.current = onPick
  }, [onPick])

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const made = init(element)
    chart.current = made
    made.on('click', (at) => pick.current?.(at.dataIndex, at.seriesIndex ?? 0))
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    const element = box.current
    if (!element) return
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: getComputedStyle(element).fontFamily },
        tooltip: {
          trigger: 'axis',
          confine: true,
          valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '–'),
        },
        grid: { left: 4, right: 12, top: 10, bottom: 2, containLabel: true },
        xAxis: {
          type: 'category',
          data: days.map((d) => (d.from === d.until ? d.until : `${d.from} – ${d.until}`)),
          boundaryGap: series.some((s) => s.kind === 'bar'),
          axisLine: { lineStyle: { color: '#8888' } },
          axisTick: { show: false },
          axisLabel: { color: MUTED, hideOverlap: true, formatter: (value: string) => value.slice(-5) },
        },
        yAxis: {
          type: 'value',
          min: 0,
          splitNumber: 3,
          ...(whole ? { minInterval: 1 } : {}),
          splitLine: { lineStyle: { color: '#8884' } },
          axisLabel: { color: MUTED, formatter: (value: number) => (value === 0 ? '0' : format(value)) },
        },
        series: series.map((s) => ({
          type: s.kind,
          name: s.name,
          color: s.color,
          ...(s.stack === undefined ? {} : { stack: s.stack }),
          ...(s.kind === 'line'
            ? {
                lineStyle: { width: 2 },
                // A day on which something was measured between two on which nothing was is a line of no length.
                showSymbol: s.values.some((v, i) => v !== null && (s.values[i - 1] ?? null) === null && (s.values[i + 1] ?? null) === null),
                symbolSize: 4,
              }
            : { barMaxWidth: 14 }),
          data: s.values,
        })),
      },
      { notMerge: true },
    )
  }, [days, series, format, whole])

  return (
    <figure className="trend">
      <figcaption>
        {title}
        <span aria-hidden="true">
          {series.map((s) => (
            <span key={s.name}>
              <i style={{ background: s.color }} /> {s.name}
            </span>
          ))}
        </span>
      </figcaption>
      <div className="trend-chart" ref={box} role="img" aria-label={title} />
    </figure>
  )
}
