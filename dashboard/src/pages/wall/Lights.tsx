import type { Level } from '../../api/types'
import { useWording } from '../../i18n/language'
import { LIGHT, REFERRED, VIOLATIONS, WARNINGS } from '../../law/levels'
import { Drill } from './Drill'
import { alertsPath, casesPath, flowPath } from './filters'
import type { Counts, Filters } from './filters'

/** Cases of a day. */
export interface FlowDay {
  date: string
  accepted: number
  closed: number
}

interface Props {
  counts: Counts
  filters: Filters
  today: FlowDay | undefined
}

export function Lights({ counts, filters, today }: Props) {
  const { t } = useWording()
  const shown = (n: number) => (counts.exact ? String(n) : t('wall.atLeast', { n }))
  const light = (level: Level, kind: string) => {
    const n = counts.levels[level] ?? 0
    return (
      <Drill
        key={level}
        className={`light light-${kind}`}
        data-zero={n === 0 || undefined}
        data-dim={(filters.level !== null && filters.level !== level) || undefined}
        style={{ '--light': LIGHT[level] }}
        to={alertsPath(filters, { level })}
      >
        <span className="light-name">
          <b>{level}</b> {t(`level.${level}`)}
        </span>
        <span className="light-number">{shown(n)}</span>
      </Drill>
    )
  }
  return (
    <section className="lights">
      <div className="lights-group" aria-label={t('wall.violations')} role="group">
        {VIOLATIONS.map((level) => light(level, 'violation'))}
      </div>
      <div className="lights-group" aria-label={t('wall.warnings')} role="group">
        {WARNINGS.map((level) => light(level, 'warning'))}
      </div>
      <div className="lights-minor">{REFERRED.map((level) => light(level, 'minor'))}</div>
      <div className="lights-totals">
        <Drill to={alertsPath({ ...filters, level: null })}>
          <span>{t('wall.openAlerts')}</span>
          <b>{shown(counts.total)}</b>
        </Drill>
        <Drill to={casesPath(filters)}>
          <span>{t('wall.openCases')}</span>
          <b>{counts.openCases}</b>
        </Drill>
      </div>
      <div className="lights-totals">
        <Drill to={flowPath(filters, 'acceptedFrom', today?.date)}>
          <span>{t('wall.acceptedToday')}</span>
          <b>{today?.accepted ?? '–'}</b>
        </Drill>
        <Drill to={flowPath(filters, 'closedFrom', today?.date)}>
          <span>{t('wall.closedToday')}</span>
          <b>{today?.closed ?? '–'}</b>
        </Drill>
      </div>
    </section>
  )
}
