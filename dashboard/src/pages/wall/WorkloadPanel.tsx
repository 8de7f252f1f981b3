import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { Workload } from '../../api/types'
import type { Names } from '../../app/names'
import { departmentPath } from '../../app/paths'
import { isKiosk } from '../../app/scope'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { barsOf, meanLoad } from './bars'
import type { Bar } from './bars'
import { Drill } from './Drill'
import { Fairness } from './Fairness'

const Chart = lazy(() => import('./WorkloadChart'))

const PAGE_MS = 15_000

interface Props {
  workload: ReadonlyMap<string, Workload>
  department: string | null
  names: Names
  /** Rows that stay readable from five metres in the height of the panel. */
  fit: number
  /** Whether there is room for the measures of fairness. */
  fairness?: boolean
}

export function WorkloadPanel({ workload, department, names, fit, fairness = false }: Props) {
  const { t } = useWording()
  const kiosk = isKiosk(useMe())
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const [held, hold] = useState(false)
  const [beat, setBeat] = useState(0)

  const bars = useMemo(
    () => barsOf([...workload.values()], department, names, fit, fairness),
    [workload, department, names, fit, fairness],
  )
  const mean = meanLoad(bars)
  const pages = Math.max(1, Math.ceil(bars.length / fit))
  const page = beat % pages
  // Groups of even size: a last page with one bar would look like a fault.
  const size = Math.ceil(bars.length / pages)
  const shown = useMemo(() => bars.slice(page * size, page * size + size), [bars, page, size])
  const most = useMemo(() => Math.max(1, ...bars.map((b) => (b.kind === 'department' ? b.load : Math.max(b.load, b.weight)))), [bars])
  const unassigned = [...workload.values()]
    .filter((w) => department === null || w.department === department)
    .reduce((a, w) => a + w.unassigned, 0)

  const findings = [...workload.values()]
    .filter((w) => department === null || w.department === department)
    .reduce((a, w) => a + (w.findings?.length ?? 0), 0)

  useEffect(() => {
    if (pages === 1 || held) return undefined
    const timer = setInterval(() => setBeat((n) => n + 1), PAGE_MS)
    return () => clearInterval(timer)
  }, [pages, held])

  const target = (bar: Bar): string => {
    if (bar.kind === 'prosecutor') return `/cases?open=true&prosecutor=${encodeURIComponent(bar.id)}`
    const next = new URLSearchParams(search)
    next.set('department', bar.id)
    return `/wall?${next.toString()}`
  }

  return (
    <section
      className="wall-panel wall-workload"
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
    >
      <h2>
        {department === null ? (
          t('wall.workload')
        ) : (
          <Drill to={departmentPath(department)}>{`${t('wall.workload')} · ${names.department(department)}`}</Drill>
        )}
        <span className="wall-unit">{t('wall.workloadUnit')}</span>
        {unassigned > 0 && <span className="wall-paused">{t('wall.unassigned', { n: unassigned })}</span>}
        {findings > 0 && (
          <Drill className="wall-paused" to={department === null ? '/alerts' : departmentPath(department)}>
            {t('wall.departmentFindings', { n: findings })}
          </Drill>
        )}
        {pages > 1 && <span className="wall-more">{t('wall.page', { n: page + 1, of: pages })}</span>}
      </h2>
      <Suspense fallback={<div className="wall-chart" />}>
        <Chart bars={shown} rows={Math.max(size, Math.ceil(fit / 2))} most={most} mean={mean} onOpen={(bar) => kiosk || void navigate(target(bar))} />
      </Suspense>
      {fairness && <Fairness workload={[...workload.values()].filter((w) => department === null || w.department === department)} names={names} />}
      {/* The chart is one picture to the keyboard and to a screen reader; these are its bars. */}
      <ul className="wall-bars">
        {bars.map((bar) => (
          <li key={bar.id}>
            <Drill to={target(bar)}>{`${bar.label} ${bar.load.toFixed(1)} · ${t('wall.cases', { n: bar.openCases })}`}</Drill>
          </li>
        ))}
      </ul>
    </section>
  )
}
