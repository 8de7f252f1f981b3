import { LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import type { EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { legal } from '../../time/remaining'

register([LineChart, GridComponent, TooltipComponent, CanvasRenderer])

export interface Line {
  name: string
  color: string
  values: (number | null)[]
}

interface Props {
  label: string
  /** Instants of the readings, in milliseconds. */
  at: number[]
  lines: Line[]
  format: (value: number) => string
  /** Milliseconds that the axis always spans, so that lines grow in from the right. */
  span: number
}

const MUTED = '#6b7785'

/** A few lines over the last minutes. */
export default function Lines({ label, at, lines, format, span }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const made = init(element)
    chart.current = made
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
    const newest = at[at.length - 1] ?? 0
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: getComputedStyle(element).fontFamily },
        tooltip: {
          trigger: 'axis',
          confine: true,
          axisPointer: { label: { formatter: ({ value }: { value: number }) => legal(value).time } },
          valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '–'),
        },
        grid: { left: 4, right: 12, top: 10, bottom: 2, containLabel: true },
        xAxis: {
          type: 'time',
          min: newest - span,
          max: newest,
          splitNumber: 3,
          axisLine: { lineStyle: { color: '#d5dce4' } },
          axisTick: { show: false },
          axisLabel: { color: MUTED, hideOverlap: true, formatter: (value: number) => legal(value).time.slice(0, 5) },
        },
        yAxis: {
          type: 'value',
          min: 0,
          splitNumber: 3,
          splitLine: { lineStyle: { color: '#eef1f5' } },
          axisLabel: { color: MUTED, formatter: (value: number) => (value === 0 ? '0' : format(value)) },
        },
        series: lines.map((line) => ({
          type: 'line',
          name: line.name,
          color: line.color,
          lineStyle: { width: 2 },
          // One reading between two in which nothing happened is a line of no length.
          showSymbol: line.values.some((v, i) => v !== null && (line.values[i - 1] ?? null) === null && (line.values[i + 1] ?? null) === null),
          symbolSize: 4,
          data: line.values.map((value, i) => [at[i], value]),
        })),
      },
      { notMerge: true },
    )
  }, [at, lines, format, span])

  return (
    <>
      <div className="ops-legend" aria-hidden="true">
        {lines.map((line) => (
          <span key={line.name}>
            <i style={{ background: line.color }} /> {line.name}
          </span>
        ))}
      </div>
      <div className="ops-chart" ref={box} role="img" aria-label={label} />
    </>
  )
}
