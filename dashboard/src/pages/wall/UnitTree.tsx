import type { Counters, Units } from '../../api/types'
import { useWording } from '../../i18n/language'
import { LIGHT, REFERRED, VIOLATIONS, WARNINGS } from '../../law/levels'
import type { CountersByOffice } from '../../live/counters'
import { totalOf } from '../../live/counters'
import { Drill } from './Drill'
import { treeOf } from './tree'
import type { Unit } from './tree'

interface Props {
  units: Units
  counters: CountersByOffice
}

const SHOWN = [...VIOLATIONS, ...WARNINGS]

/** Every procuratorate below with its lights, in the order of the tree: it says where to look, not who is best. */
export function UnitTree({ units, counters }: Props) {
  const { t } = useWording()
  return (
    <section className="wall-panel wall-units">
      <h2>{t('wall.units')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('wall.unit')}</th>
            {SHOWN.map((level) => (
              <th key={level} scope="col" style={{ color: LIGHT[level] }}>
                {level} {t(`level.${level}`)}
              </th>
            ))}
            <th scope="col">{t('wall.otherAlerts')}</th>
            <th scope="col">{t('wall.openCases')}</th>
          </tr>
        </thead>
        <tbody>
          {treeOf(units).map((unit) => (
            <Row key={unit.code} unit={unit} counters={counters.get(unit.code)} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ unit, counters }: { unit: Unit; counters: Counters | undefined }) {
  const levels = counters?.levels ?? {}
  const office = encodeURIComponent(unit.code)
  const number = (n: number, to: string, colour?: string) =>
    n === 0 ? <span className="wall-zero">0</span> : <Drill to={to} style={{ color: colour }}>{n}</Drill>
  const other = totalOf(Object.fromEntries(REFERRED.map((level) => [level, levels[level] ?? 0])))
  return (
    <tr>
      <th scope="row" style={{ paddingLeft: `${1.3 + unit.depth * 2}rem` }}>
        {unit.name}
      </th>
      {SHOWN.map((level) => (
        <td key={level}>{number(levels[level] ?? 0, `/alerts?open=true&procuratorate=${office}&level=${level}`, LIGHT[level])}</td>
      ))}
      <td>{number(other, `/alerts?open=true&procuratorate=${office}`)}</td>
      <td>{number(counters?.openCases ?? 0, `/cases?open=true&procuratorate=${office}`)}</td>
    </tr>
  )
}
