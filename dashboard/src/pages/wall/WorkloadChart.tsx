import { BarChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import type { EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef, useState } from 'react'
import { useWording } from '../../i18n/language'
import type { Bar } from './bars'

register([BarChart, GridComponent, MarkLineComponent, CanvasRenderer])

interface Props {
  bars: Bar[]
  /** Rows to leave room for, so that bars keep their thickness from group to group. */
  rows: number
  /** The longest value of all groups: one scale for all. */
  most: number
  mean: number
  onOpen: (bar: Bar) => void
}

const INK = '#dfe7ef'
const MUTED = '#8b98a7'
const PANEL = '#121921'

export default function WorkloadChart({ bars, rows, most, mean, onOpen }: Props) {
  const { t } = useWording()
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  const [{ rem, fontFamily }, setType] = useState({ rem: 16, fontFamily: 'sans-serif' })

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const made = init(element)
    chart.current = made
    const observer = new ResizeObserver(() => {
      made.resize()
      // A canvas knows neither rem nor inheritance.
      setType({
        rem: parseFloat(getComputedStyle(document.documentElement).fontSize),
        fontFamily: getComputedStyle(element).fontFamily,
      })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    const offices = bars.some((b) => b.kind === 'department')
    const blanks = Array.from({ length: Math.max(0, rows - bars.length) }, () => '')
    chart.current?.setOption(
      {
        animationDuration: 0,
        animationDurationUpdate: 400,
        textStyle: { fontFamily },
        grid: { left: 0, right: 11 * rem, top: 1.8 * rem, bottom: 0, containLabel: true },
        xAxis: { type: 'value', max: most, show: false },
        yAxis: {
          type: 'category',
          inverse: true,
          data: [...bars.map((b) => b.label), ...blanks],
          axisLine: { show: false },
          axisTick: { show: false },
          axisLabel: { color: INK, fontSize: 1.35 * rem, margin: rem, width: (offices ? 17 : 12) * rem, overflow: 'truncate' },
        },
        series: [
          {
            type: 'bar',
            name: t('wall.load'),
            barWidth: (offices ? 1.5 : 1.05) * rem,
            barGap: '15%',
            data: bars.map((b) => ({
              value: b.load,
              itemStyle: { color: b.onDuty ? '#5f95c4' : '#3f4c5a', borderRadius: 0.15 * rem },
            })),
            label: {
              show: true,
              position: 'right',
              distance: 0.4 * rem,
              formatter: ({ dataIndex }: { dataIndex: number }) => {
                const bar = bars[dataIndex]
                if (!bar) return ''
                const rest = bar.onDuty ? t('wall.cases', { n: bar.openCases }) : t('wall.offDuty')
                return `{a|${bar.load.toFixed(1)}}{b|${rest}}`
              },
              rich: {
                a: { color: INK, fontSize: 1.4 * rem, fontWeight: 600 },
                b: { color: MUTED, fontSize: 1.15 * rem, padding: [0, 0, 0, 0.5 * rem] },
              },
              // The mean line passes behind the figures.
              backgroundColor: PANEL,
              padding: [0, 0.2 * rem],
            },
            markLine:
              mean > 0
                ? {
                    silent: true,
                    z: 1,
                    symbol: 'none',
                    animation: false,
                    lineStyle: { color: MUTED, type: 'dashed', width: 0.08 * rem },
                    label: {
                      position: 'start',
                      rotate: 0,
                      color: MUTED,
                      fontSize: 1.1 * rem,
                      formatter: t('wall.mean', { n: mean.toFixed(1) }),
                    },
                    data: [{ xAxis: mean }],
                  }
                : { data: [] },
          },
          {
            type: 'bar',
            name: t('wall.weight'),
            barWidth: 0.28 * rem,
            silent: true,
            // The sum of a department's weights is no measure beside its load per head.
            data: offices ? [] : bars.map((b) => ({ value: b.weight, itemStyle: { color: '#46586b' } })),
          },
        ],
      },
      { notMerge: false, replaceMerge: ['series'] },
    )
  }, [bars, rows, most, mean, rem, fontFamily, t])

  useEffect(() => {
    const made = chart.current
    if (!made) return undefined
    const open = ({ dataIndex }: { dataIndex: number }) => {
      const bar = bars[dataIndex]
      if (bar) onOpen(bar)
    }
    made.on('click', open)
    return () => {
      made.off('click', open)
    }
  }, [bars, onOpen])

  return <div className="wall-chart" ref={box} aria-hidden="true" />
}
