import type { Workload } from '../../api/types'
import type { Names } from '../../app/names'
import { departmentPath } from '../../app/paths'
import { useWording } from '../../i18n/language'
import { Drill } from './Drill'

interface Props {
  workload: readonly Workload[]
  names: Names
}

/** How evenly each department's load lies, in the order of the departments: a spread says where to look and ranks nobody. */
export function Fairness({ workload, names }: Props) {
  const { t } = useWording()
  const shown = workload.filter((w) => w.prosecutors.length > 1 && w.fairness !== null).sort((a, b) => (a.department < b.department ? -1 : 1))
  return (
    <dl className="wall-fairness">
      {shown.map(({ department, name, fairness, unassigned }) => (
        <div key={department}>
          <dt>
            <Drill to={departmentPath(department)}>{name ?? names.department(department)}</Drill>
          </dt>
          <dd>{t('wall.cv', { n: fairness?.cv.toFixed(2) ?? '' })}</dd>
          <dd>{t('wall.gini', { n: fairness?.gini.toFixed(2) ?? '' })}</dd>
          <dd>{t('wall.maxOverMean', { n: fairness?.maxOverMean.toFixed(2) ?? '' })}</dd>
          <dd data-some={unassigned > 0 || undefined}>{t('wall.unassigned', { n: unassigned })}</dd>
        </div>
      ))}
    </dl>
  )
}
