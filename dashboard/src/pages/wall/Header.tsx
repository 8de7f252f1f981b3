import { Link, useSearchParams } from 'react-router'
import type { Names } from '../../app/names'
import { useWording } from '../../i18n/language'
import { LEVELS } from '../../law/levels'
import { sum } from '../../live/counters'
import type { Office } from '../../live/office'
import { clockSpeed, useLegalNow } from '../../time/clock'
import { legal } from '../../time/remaining'
import { isKiosk } from '../../app/scope'
import { useMe } from '../../app/session'
import type { Filters } from './filters'
import { GROUPINGS, readGrouping } from './groups'
import type { Scenes } from './useScenes'

interface Props {
  office: Office | null
  scope: string | null
  names: Names
  filters: Filters
  scenes: Scenes
  sound: boolean
  onSound: (on: boolean) => void
}

export function Header({ office, scope, names, filters, scenes, sound, onSound }: Props) {
  const { t, language, setLanguage } = useWording()
  const kiosk = isKiosk(useMe())
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
      <nav className="wall-scenes" aria-label={t('wall.scenes')}>
        {scenes.all.map((scene, i) => (
          <button key={scene} type="button" aria-current={scene === scenes.shown || undefined} title={t('wall.sceneKey', { n: i + 1 })} onClick={() => scenes.show(scene)}>
            {t(`wall.scene.${scene}`)}
          </button>
        ))}
        <button type="button" aria-pressed={scenes.cycling} title={t('wall.cycleHint')} aria-label={t('wall.cycleHint')} onClick={() => scenes.setCycling(!scenes.cycling)}>
          ⟳
        </button>
      </nav>
      <nav className="wall-filters" aria-label={t('wall.filters')}>
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
        {scenes.shown === 'alerts' && <GroupBy />}
        <button type="button" aria-pressed={sound} title={t('wall.soundHint')} aria-label={t('wall.sound')} onClick={() => onSound(!sound)}>
          ♪
        </button>
        <button type="button" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t('app.language')}
        </button>
        {!kiosk && <Link to="/alerts?open=true">{t('wall.desk')}</Link>}
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

function GroupBy() {
  const { t } = useWording()
  const [search, setSearch] = useSearchParams()
  return (
    <select
      aria-label={t('wall.group')}
      value={readGrouping(search)}
      onChange={({ target }) =>
        setSearch((old) => {
          const next = new URLSearchParams(old)
          next.set('group', target.value)
          return next
        })
      }
    >
      {GROUPINGS.map((g) => (
        <option key={g} value={g}>
          {t(`wall.group.${g}`)}
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
