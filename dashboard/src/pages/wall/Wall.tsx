import { useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { get } from '../../api/client'
import { namesOf, useLimitNames } from '../../app/names'
import { isKiosk, narrowerScope, wallScope } from '../../app/scope'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { officeFold } from '../../live/office'
import { useFeed, useStale } from '../../live/useFeed'
import { AlertList } from './AlertList'
import { Assignments } from './Assignments'
import { countsOf, matches, readFilters } from './filters'
import { FreshnessLine } from './FreshnessLine'
import { readGrouping } from './groups'
import { Header } from './Header'
import { Lights } from './Lights'
import type { FlowDay } from './Lights'
import { useSound } from './sound'
import { Timeline } from './Timeline'
import { UnitTree } from './UnitTree'
import type { UpcomingAnswer } from './upcoming'
import { useBeside } from './useBeside'
import type { Ask } from './useBeside'
import { useScenes } from './useScenes'
import { WorkloadPanel } from './WorkloadPanel'
import './wall.css'

/** Fewer held alerts than this while the counters say there are more: the newest were cleared, older ones must be fetched. */
const RESERVE = 40

/** Rows of the workload and of the deadlines, beside the alerts and on a scene of their own: as many as stay readable from five metres. */
const BESIDE = { bars: 5, rows: 2 }
const ALONE = { bars: 12, rows: 14 }

const askDeadlines: Ask<UpcomingAnswer> = (query) => get('/api/wall/deadlines', query)
const askFlow: Ask<{ days: FlowDay[] }> = (query) => get('/api/wall/flow', query)

export default function Wall() {
  const me = useMe()
  const { t } = useWording()
  const [search] = useSearchParams()
  const filters = useMemo(() => readFilters(search), [search])

  const [narrowed, narrow] = useState(false)
  const widest = wallScope(me)
  const scope = narrowed ? narrowerScope(me) : widest
  const { state: office, refused, refresh } = useFeed(scope, officeFold)
  const stale = useStale()
  if (refused && !narrowed && narrowerScope(me) !== null) narrow(true)

  const counts = office && countsOf(office, filters)
  const held = office?.alerts.size ?? 0
  const total = office ? countsOf(office, { department: null, category: null, level: null }).total : 0
  const wanting = office !== null && (office.countersAged || held < Math.min(total, RESERVE))
  useEffect(() => {
    if (!wanting) return undefined
    const timer = setTimeout(refresh, 2000)
    return () => clearTimeout(timer)
  }, [wanting, refresh])

  const names = useMemo(() => namesOf(office?.units), [office?.units])
  const alerts = useMemo(
    () => (office ? [...office.alerts.values()].filter((alert) => matches(alert, filters)) : []),
    [office, filters],
  )
  const scenes = useScenes(office?.counters.size ?? 0, isKiosk(me))
  const beside = office === null ? null : scope
  const upcoming = useBeside(askDeadlines, beside, filters.department)
  const flow = useBeside(askFlow, beside, filters.department)
  const limits = useLimitNames()
  const [sound, setSound] = useSound(alerts)
  const filtered = filters.department !== null || filters.category !== null || filters.level !== null
  const listed = filters.level === null ? counts?.total : counts?.levels[filters.level]

  return (
    <main className="wall" data-stale={stale || undefined}>
      <Header office={office} scope={scope} names={names} filters={filters} scenes={scenes} sound={sound} onSound={setSound} />
      {scope === null || (refused && (narrowed || narrowerScope(me) === null)) ? (
        <p className="wall-empty">{t('wall.noScope')}</p>
      ) : office === null || counts === null ? (
        <p className="wall-empty">{t('app.loading')}</p>
      ) : (
        <>
          <Lights counts={counts} filters={filters} today={flow?.days.at(-1)} />
          <div className="wall-body" data-scene={scenes.shown}>
            {scenes.shown === 'alerts' && (
              <>
                <AlertList alerts={alerts} total={listed ?? 0} names={names} filters={filters} filtered={filtered} grouping={readGrouping(search)} />
                <div className="wall-aside">
                  <Timeline upcoming={upcoming} names={names} limits={limits} filters={filters} rows={BESIDE.rows} />
                  <WorkloadPanel workload={office.workload} department={filters.department} names={names} fit={BESIDE.bars} />
                </div>
              </>
            )}
            {scenes.shown === 'deadlines' && <Timeline upcoming={upcoming} names={names} limits={limits} filters={filters} rows={ALONE.rows} />}
            {scenes.shown === 'workload' && <WorkloadPanel workload={office.workload} department={filters.department} names={names} fit={ALONE.bars} fairness />}
            {scenes.shown === 'units' && <UnitTree units={office.units} counters={office.counters} />}
          </div>
          <Assignments assignments={office.assignments} names={names} />
        </>
      )}
      <FreshnessLine />
    </main>
  )
}
