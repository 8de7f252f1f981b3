import { BarChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import type { EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTheme } from '../../../app/theme'
import { useWording } from '../../../i18n/language'
import type { Week } from './draft'

register([BarChart, GridComponent, TooltipComponent, CanvasRenderer])

const LIVE = '#9aa7b5'
const DRAFT = '#3d85c0'

export default function WeekChart({ weeks }: { weeks: Week[] }) {
  const { t } = useWording()
  const { theme } = useTheme()
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
    const style = getComputedStyle(element)
    const [line, muted] = [style.getPropertyValue('--office-line'), style.getPropertyValue('--office-muted')]
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: style.fontFamily },
        color: [LIVE, DRAFT],
        tooltip: { trigger: 'axis', confine: true },
        grid: { left: 8, right: 8, top: 12, bottom: 8, containLabel: true },
        xAxis: { type: 'category', axisLabel: { color: muted }, data: weeks.map((w) => w.week) },
        yAxis: { type: 'value', minInterval: 1, axisLabel: { color: muted }, splitLine: { lineStyle: { color: line } } },
        series: [
          { type: 'bar', name: t('draft.live'), data: weeks.map((w) => w.live) },
          { type: 'bar', name: t('draft.draft'), data: weeks.map((w) => w.draft) },
        ],
      },
      { notMerge: true },
    )
  }, [weeks, t, theme])

  return (
    <>
      <div className="week-legend" aria-hidden="true">
        <i style={{ background: LIVE }} /> {t('draft.live')} <i style={{ background: DRAFT }} /> {t('draft.draft')}
      </div>
      <div className="week-chart" ref={box} role="img" aria-label={t('draft.weekly')} />
    </>
  )
}
