import { LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import type { EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTheme } from '../../app/theme'
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

/** A few lines over the last minutes. */
export default function Lines({ label, at, lines, format, span }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  const { theme } = useTheme()

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
    const style = getComputedStyle(element)
    const [line, muted] = [style.getPropertyValue('--office-line'), style.getPropertyValue('--office-muted')]
    const newest = at[at.length - 1] ?? 0
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: style.fontFamily },
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
          axisLine: { lineStyle: { color: line } },
          axisTick: { show: false },
          axisLabel: { color: muted, hideOverlap: true, formatter: (value: number) => legal(value).time.slice(0, 5) },
        },
        yAxis: {
          type: 'value',
          min: 0,
          splitNumber: 3,
          splitLine: { lineStyle: { color: line } },
          axisLabel: { color: muted, formatter: (value: number) => (value === 0 ? '0' : format(value)) },
        },
        series: lines.map(({ name, color, values }) => ({
          type: 'line',
          name,
          color,
          lineStyle: { width: 2 },
          // One reading between two in which nothing happened is a line of no length.
          showSymbol: values.some((v, i) => v !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null),
          symbolSize: 4,
          data: values.map((value, i) => [at[i], value]),
        })),
      },
      { notMerge: true },
    )
  }, [at, lines, format, span, theme])

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
