import { Descriptions } from 'antd'
import type { Balance, CarriedLoad } from '../../api/rebalancing'
import type { Names } from '../../app/names'
import { useWording } from '../../i18n/language'

interface Props {
  before: Balance
  after: Balance
  handover: number
  loads: CarriedLoad[]
  names: Names
}

/** What each carries now and would carry, as bars of one scale. */
export function Loads({ before, after, handover, loads, names }: Props) {
  const { t } = useWording()
  const most = Math.max(...loads.flatMap((l) => [l.before, l.after]), 1)
  const both = (measure: (b: Balance) => string) => `${measure(before)} → ${measure(after)}`
  return (
    <>
      <Descriptions
        size="small"
        column={4}
        items={[
          { key: 'cv', label: t('department.cv'), children: both((b) => b.cv.toFixed(3)) },
          { key: 'max', label: t('department.max'), children: both((b) => b.maxOverMean.toFixed(2)) },
          { key: 'misplaced', label: t('rebalancing.misplaced'), children: both((b) => b.misplaced.toFixed(1)) },
          { key: 'cost', label: t('rebalancing.cost'), children: handover.toFixed(1) },
        ]}
      />
      <ul className="loads">
        {loads.map((l) => (
          <li key={l.prosecutor}>
            <span>{names.prosecutor(l.prosecutor)}</span>
            <span className="load-bars" role="img" aria-label={`${t('rebalancing.before')} ${l.before.toFixed(1)}, ${t('rebalancing.after')} ${l.after.toFixed(1)}`}>
              <i className="load-before" style={{ width: `${(100 * l.before) / most}%` }} />
              <i className="load-after" style={{ width: `${(100 * l.after) / most}%` }} />
            </span>
            <span className="number">
              {l.before.toFixed(1)} → {l.after.toFixed(1)}
            </span>
            <span className="number">
              {t('rebalancing.cases')} {l.casesBefore} → {l.casesAfter}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
