import type { Names, LimitNames } from '../../app/names'
import { casePath } from '../../app/paths'
import { useWording } from '../../i18n/language'
import { LIGHT } from '../../law/levels'
import { useLegalNow } from '../../time/clock'
import { countdown } from '../../time/wording'
import { shortInstant } from '../../time/remaining'
import { Drill } from './Drill'
import type { Filters } from './filters'
import { midnights, pins, within, WITHIN } from './upcoming'
import type { Upcoming, UpcomingAnswer } from './upcoming'

/** More on one pin are a number. */
const STACK = 6
const NO_LIGHT = '#4f6f8f'

interface Props {
  upcoming: UpcomingAnswer | null
  names: Names
  limits: LimitNames
  filters: Filters
  /** How many of the soonest are listed below the axis. */
  rows: number
}

/** The deadlines of the next seven days on one axis, and the soonest in words. */
export function Timeline({ upcoming, names, limits, filters, rows }: Props) {
  const { t } = useWording()
  const now = useLegalNow()
  const items = upcoming?.items.filter((i) => Date.parse(i.dueAt) > now) ?? []
  return (
    <section className="wall-panel wall-timeline">
      <h2>
        {t('wall.deadlines')}
        <span className="wall-within">
          {WITHIN.map((hours) => (
            <Drill key={hours} to={duePath(filters, now, hours)}>
              {t(`wall.within${hours}`)} <b>{within(items, now, hours).length}{hours === 168 && upcoming?.more ? '+' : ''}</b>
            </Drill>
          ))}
        </span>
      </h2>
      <Axis items={items} now={now} />
      {upcoming !== null && items.length === 0 && <p className="wall-empty">{t('wall.noDeadlines')}</p>}
      <ul className="wall-soon" data-columns={rows > 8 || undefined}>
        {items.slice(0, rows).map((item) => (
          <Soon key={item.case} item={item} now={now} names={names} limits={limits} />
        ))}
      </ul>
    </section>
  )
}

function Axis({ items, now }: { items: readonly Upcoming[]; now: number }) {
  const { t } = useWording()
  const days = midnights(now)
  return (
    <div className="wall-axis" role="img" aria-label={t('wall.axis', { n: items.length })}>
      {days.map(({ at, date }) => (
        <i key={date} style={{ left: `${at * 100}%` }}>
          {date}
        </i>
      ))}
      {pins(items, now).map((pin) => (
        <span key={pin.at} className="wall-pin" style={{ left: `${pin.at * 100}%` }}>
          {pin.items.length > STACK && <small>{pin.items.length}</small>}
          {pin.items.slice(0, STACK).map((item) => (
            <b key={item.case} style={{ background: item.light ? LIGHT[item.light] : NO_LIGHT }} />
          ))}
        </span>
      ))}
    </div>
  )
}

interface SoonProps {
  item: Upcoming
  now: number
  names: Names
  limits: LimitNames
}

function Soon({ item, now, names, limits }: SoonProps) {
  const w = useWording()
  const left = countdown(item.dueAt, now, w).text
  return (
    <li>
      <Drill className="wall-soon-row" to={casePath(item.case)} style={{ '--light': item.light ? LIGHT[item.light] : NO_LIGHT }}>
        <b>{left}</b>
        <span className="wall-soon-what">
          <strong>{w.pick(limits(item.limit))}</strong>
          <span>{[item.name ?? item.case, names.prosecutor(item.prosecutor)].filter(Boolean).join(' · ')}</span>
        </span>
        {item.custody && <em>{w.t('wall.custody')}</em>}
        <time>{item.dueOn.length === 10 ? item.dueOn.slice(5) : shortInstant(item.dueAt, now)}</time>
      </Drill>
    </li>
  )
}

function duePath(f: Filters, now: number, hours: number): string {
  const search = new URLSearchParams({
    open: 'true',
    dueAfter: new Date(now).toISOString(),
    dueBefore: new Date(now + hours * 3_600_000).toISOString(),
  })
  if (f.department !== null) search.set('department', f.department)
  return `/cases?${search.toString()}`
}
