import { Link, useSearchParams } from 'react-router'
import type { Names } from '../../app/names'
import { useWording } from '../../i18n/language'
import { LEVELS } from '../../law/levels'
import { sum } from '../../live/counters'
import type { Office } from '../../live/office'
import { clockSpeed, useLegalNow } from '../../time/clock'
import { legal } from '../../time/remaining'
import type { Filters } from './filters'

interface Props {
  office: Office | null
  scope: string | null
  names: Names
  filters: Filters
}

export function Header({ office, scope, names, filters }: Props) {
  const { t, language, setLanguage } = useWording()
  const unit = scope === 'all' ? t('wall.allOffices') : names.procuratorate(scope?.replace('procuratorate:', ''))
  const departments = (office?.units.departments ?? [])
    .filter((d) => scope === 'all' || scope === `procuratorate:${d.procuratorate}`)
    .map((d) => ({ value: d.id, label: d.name }))
  const categories = office ? Object.keys(sum(office.counters).categories).sort() : []

  return (
    <header className="wall-header">
      <h1>
        {t('app.title')}
        <span className="wall-unit">{unit}</span>
      </h1>
      <nav className="wall-filters">
        <Filter name="department" value={filters.department} options={departments} label={t('wall.filterDepartment')} />
        <Filter
          name="category"
          value={filters.category}
          options={categories.map((c) => ({ value: c, label: c }))}
          label={t('wall.filterCategory')}
        />
        <Filter
          name="level"
          value={filters.level}
          options={LEVELS.map((l) => ({ value: l, label: `${l} ${t(`level.${l}`)}` }))}
          label={t('wall.filterLevel')}
        />
        <button type="button" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t('app.language')}
        </button>
        <Link to="/alerts?open=true">{t('wall.desk')}</Link>
      </nav>
      <ServerClock />
    </header>
  )
}

interface FilterProps {
  name: keyof Filters
  value: string | null
  options: { value: string; label: string }[]
  label: string
}

function Filter({ name, value, options, label }: FilterProps) {
  const { t } = useWording()
  const [, setSearch] = useSearchParams()
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      data-active={value !== null || undefined}
      onChange={({ target }) =>
        setSearch((old) => {
          const next = new URLSearchParams(old)
          if (target.value === '') next.delete(name)
          else next.set(name, target.value)
          return next
        })
      }
    >
      <option value="">{t('wall.filterAny', { label })}</option>
      {value !== null && !options.some((o) => o.value === value) && <option value={value}>{value}</option>}
      {options.map((o) => (
        <option key={o.value} value={o.value}>
          {o.label}
        </option>
      ))}
    </select>
  )
}

function ServerClock() {
  const { t, code } = useWording()
  const now = legal(useLegalNow())
  const { simulated, speed } = clockSpeed()
  return (
    <div className="wall-clock">
      <span className="wall-date">
        {simulated && <span className="wall-simulated">{t('wall.simulated', { speed })}</span>}
        {now.date} {code('weekday', String(now.weekday))}
      </span>
      <time>{now.time}</time>
    </div>
  )
}
