import { memo, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
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
import { alertsPath } from './filters'
import type { Filters } from './filters'

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
}

export function AlertList({ alerts, total, names, filters, filtered }: Props) {
  const { t } = useWording()
  const ruleName = useRuleNames()
  const [frozen, freeze] = useState<Alert[] | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)

  const live = newestFirst(alerts).slice(0, ROWS)
  const shown = frozen ?? live
  const waiting = frozen === null ? 0 : live.filter((alert) => !frozen.includes(alert)).length
  const hidden = Math.max(0, total - shown.length)

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
          <Link className="wall-more" to={alertsPath(filters)}>
            {t('wall.more', { n: hidden })}
          </Link>
        )}
      </h2>
      {shown.length === 0 ? (
        <p className="wall-empty">{filtered ? t('wall.noneFiltered') : t('wall.none')}</p>
      ) : (
        <ul ref={list}>
          {shown.map((alert) => (
            <Row key={alert.id} alert={alert} names={names} ruleName={ruleName(alert)} />
          ))}
        </ul>
      )}
    </section>
  )
}

interface RowProps {
  alert: Alert
  names: Names
  ruleName: ReturnType<RuleNames>
}

const Row = memo(function Row({ alert, names, ruleName }: RowProps) {
  const { t, pick } = useWording()
  const subject = alert.subject === 'case' ? t('subject.case') : t('subject.suspect', { n: alert.subject })
  const facts = [alert.caseName ?? alert.case, subject, names.prosecutor(alert.prosecutor), alert.basis]
  return (
    <li>
      <Link className="wall-row" to={casePath(alert.case)} style={{ '--light': LIGHT[alert.level] }} data-level={alert.level}>
        <span className="wall-chip">
          {t(`light.${alert.level}`)}
          <small>{alert.level}</small>
        </span>
        <span className="wall-what">
          <strong>{pick(ruleName)}</strong>
          <span>
            {facts.filter(Boolean).map((fact, i) => (
              <span key={i}>{fact}</span>
            ))}
          </span>
        </span>
        <Due alert={alert} />
      </Link>
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
