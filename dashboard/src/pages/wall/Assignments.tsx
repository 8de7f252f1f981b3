import type { Assignment } from '../../api/types'
import type { Names } from '../../app/names'
import { casePath } from '../../app/paths'
import { useWording } from '../../i18n/language'
import { useLegalNow } from '../../time/clock'
import { shortInstant } from '../../time/remaining'
import { Drill } from './Drill'

/** As many as fit side by side. */
const SHOWN = 4

export function Assignments({ assignments, names }: { assignments: readonly Assignment[]; names: Names }) {
  const { t, code } = useWording()
  const now = useLegalNow()
  return (
    <section className="wall-panel wall-assignments">
      <h2>{t('wall.assignments')}</h2>
      {assignments.length === 0 && <p>{t('wall.noAssignments')}</p>}
      <ol>
        {assignments.slice(0, SHOWN).map((a) => (
          <li key={`${a.case} ${a.at}`}>
            <Drill to={casePath(a.case)}>
              <span>
                <b>{names.prosecutor(a.prosecutor)}</b>
                <i>{code('mode', a.mode)}</i>
                {a.number !== null && <i>{t('wall.draw', { n: a.number })}</i>}
                <time>{shortInstant(a.at, now)}</time>
              </span>
              <span>{a.case}</span>
            </Drill>
          </li>
        ))}
      </ol>
    </section>
  )
}
