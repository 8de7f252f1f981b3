import { memo, useEffect, useMemo, useRef, useState } from 'react'
import type { Alert } from '../../api/types'
import type { Names, RuleNames } from '../../app/names'
import { useRuleNames } from '../../app/names'
import { casePath } from '../../app/paths'
import { useWording } from '../../i18n/language'
import { LIGHT } from '../../law/levels'
import { newestFirst } from '../../live/alerts'
import { legalNow, useLegalNow } from '../../time/clock'
import { remaining, shortInstant } from '../../time/remaining'
import { countdown, span } from '../../time/wording'
import { Drill } from './Drill'
import { alertsPath } from './filters'
import type { Filters } from './filters'
import { grouped } from './groups'
import type { Group, Grouping } from './groups'

/** More rows than any screen holds; the rest is one click away in the list page. */
const ROWS = 60

/** A pointer that has not moved for so many milliseconds was forgotten there: the wall must not stand still because of it. */
const RESTING = 30_000

interface Props {
  alerts: Alert[]
  total: number
  names: Names
  filters: Filters
  filtered: boolean
  grouping: Grouping
}

export function AlertList({ alerts, total, names, filters, filtered, grouping }: Props) {
  const { t } = useWording()
  const ruleName = useRuleNames()
  const [frozen, freeze] = useState<Group[] | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)

  const live = useMemo(() => grouped(newestFirst(alerts), grouping).slice(0, ROWS), [alerts, grouping])
  const shown = frozen ?? live
  const waiting = frozen === null ? 0 : newcomers(live, frozen)
  const hidden = Math.max(0, total - shown.reduce((n, group) => n + group.alerts.length, 0))

  // Nothing is held still before there is something to read.
  const hold = () => {
    freeze((old) => old ?? (live.length > 0 ? live : null))
    clearTimeout(rest.current)
    rest.current = setTimeout(resume, RESTING)
  }
  const resume = () => {
    clearTimeout(rest.current)
    freeze(null)
    list.current?.scrollTo({ top: 0 })
  }
  useEffect(() => () => clearTimeout(rest.current), [])

  return (
    <section
      className="wall-panel wall-list"
      data-paused={frozen !== null || undefined}
      // Not on entering: a page that is drawn under a resting pointer is entered too.
      onPointerMove={hold}
      onWheel={hold}
      onPointerLeave={resume}
      onFocus={hold}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || resume()}
    >
      <h2>
        {t('wall.list')}
        {frozen !== null && (
          <span className="wall-paused" role="status">
            {waiting === 0 ? t('wall.paused') : t('wall.pausedNew', { n: waiting })}
          </span>
        )}
        {hidden > 0 && (
          <Drill className="wall-more" to={alertsPath(filters)}>
            {t('wall.more', { n: hidden })}
          </Drill>
        )}
      </h2>
      {shown.length === 0 ? (
        <p className="wall-empty">{filtered ? t('wall.noneFiltered') : t('wall.none')}</p>
      ) : (
        <ul ref={list}>
          {shown.map((group) => (
            <Row key={group.head.id} group={group} grouping={grouping} filters={filters} names={names} ruleName={ruleName(group.head)} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** Alerts that came while the list stood still. */
function newcomers(live: readonly Group[], frozen: readonly Group[]): number {
  const held = new Set(frozen.flatMap((group) => group.alerts))
  return live.reduce((n, group) => n + group.alerts.filter((alert) => !held.has(alert)).length, 0)
}

interface RowProps {
  group: Group
  grouping: Grouping
  filters: Filters
  names: Names
  ruleName: ReturnType<RuleNames>
}

const Row = memo(function Row({ group, grouping, filters, names, ruleName }: RowProps) {
  const { t, pick } = useWording()
  const alert = group.head
  const others = group.alerts.length - 1
  const subject = alert.subject === 'case' ? t('subject.case') : t('subject.suspect', { n: alert.subject })
  const facts =
    grouping === 'rule' && others > 0
      ? [t('wall.ruleCases', { n: new Set(group.alerts.map((a) => a.case)).size }), alert.basis]
      : [alert.caseName ?? alert.case, subject, names.prosecutor(alert.prosecutor), alert.basis]
  const to = grouping === 'rule' && others > 0 ? alertsPath(filters, { rule: alert.rule }) : casePath(alert.case)
  return (
    <li>
      <Drill className="wall-row" to={to} style={{ '--light': LIGHT[alert.level] }} data-level={alert.level}>
        <span className="wall-chip">
          {t(`light.${alert.level}`)}
          <small>{alert.level}</small>
        </span>
        <span className="wall-what">
          <strong>
            {pick(ruleName)}
            {others > 0 && (
              <span className="wall-others" title={t('wall.others', { n: others })}>
                {group.levels.map(([level, n]) => (
                  <i key={level} style={{ color: LIGHT[level] }}>
                    {level}×{n}
                  </i>
                ))}
              </span>
            )}
          </strong>
          <span>
            {facts.filter(Boolean).map((fact, i) => (
              <span key={i}>{fact}</span>
            ))}
          </span>
        </span>
        <Due alert={alert} />
      </Drill>
    </li>
  )
})

function Due({ alert }: { alert: Alert }) {
  const w = useWording()
  const now = useLegalNow()
  if (alert.dueOn === null) {
    const since = remaining(Date.parse(alert.raisedAt), now)
    return (
      <span className="wall-due">
        <b className="wall-since">{w.t('time.since', { t: span(since, w) })}</b>
        <span>{shortInstant(alert.raisedAt, now)}</span>
      </span>
    )
  }
  const { text, overdue } = countdown(alert.dueOn, now, w)
  const due = alert.dueOn.length === 10 ? dayOf(alert.dueOn) : shortInstant(alert.dueOn, now)
  return (
    <span className="wall-due" data-overdue={overdue || undefined}>
      <b>{text}</b>
      <span>{w.t('wall.due', { t: due })}</span>
    </span>
  )
}

/** The year is said only when it is not the current one. */
function dayOf(date: string): string {
  return shortInstant(`${date}T00:00:00+08:00`, legalNow()).split(' ')[0] ?? date
}
