import { Button, Empty, Flex, Typography } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import type { CaseRow, Text } from '../../api/types'
import { useRead } from '../../api/useRead'
import { useWording } from '../../i18n/language'
import { legalNow } from '../../time/clock'
import { CaseLink } from '../cases/columns'
import { CalendarLink } from './CalendarLink'
import { dayOf, monthOf, plus, weeksOf } from './month'

/** A change of the cases is followed by others; the calendar is read once they are quiet for so many milliseconds. */
const QUIET = 1500

interface Deadline {
  case: string
  caseName: string | null
  id: string
  subject: string
  name: Text
  dueOn: string
}

interface Props {
  prosecutor: string
  /** Changes whenever a case does. */
  cases: ReadonlyMap<string, CaseRow> | undefined
}

/** The running limits of one's own cases by the day on which they end. */
export function MonthCalendar({ prosecutor, cases }: Props) {
  const { t, pick } = useWording()
  const path = `/api/prosecutors/${encodeURIComponent(prosecutor)}`
  const { value, failure, reload } = useRead<{ items: Deadline[] }>(`${path}/deadlines`)
  useEffect(() => {
    if (cases === undefined) return undefined
    const timer = setTimeout(() => void reload(), QUIET)
    return () => clearTimeout(timer)
  }, [cases, reload])

  const today = dayOf(legalNow())
  const [month, setMonth] = useState(() => monthOf(today))
  const [day, setDay] = useState<string | null>(null)
  const byDay = useMemo(() => {
    const days = new Map<string, Deadline[]>()
    for (const deadline of value?.items ?? []) {
      const due = deadline.dueOn.length === 10 ? deadline.dueOn : dayOf(Date.parse(deadline.dueOn))
      const list = days.get(due)
      if (list === undefined) days.set(due, [deadline])
      else list.push(deadline)
    }
    return days
  }, [value])
  const shown = day === null ? [] : (byDay.get(day) ?? [])

  return (
    <section className="desk-calendar" aria-label={t('desk.calendar')}>
      <div className="page-head">
        <Typography.Title level={4}>{t('desk.calendar')}</Typography.Title>
        <span className="desk-gap" />
        <CalendarLink path={path} />
      </div>
      <Flex align="center" gap={4} className="month-head">
        <Typography.Text strong className="number" aria-live="polite">
          {t('desk.calendar.month', { y: month.year, m: month.month })}
        </Typography.Text>
        <span className="desk-gap" />
        <Button type="text" size="small" aria-label={t('desk.calendar.previous')} onClick={() => setMonth(plus(month, -1))}>
          ‹
        </Button>
        <Button type="text" size="small" onClick={() => setMonth(monthOf(today))}>
          {t('desk.calendar.today')}
        </Button>
        <Button type="text" size="small" aria-label={t('desk.calendar.next')} onClick={() => setMonth(plus(month, 1))}>
          ›
        </Button>
      </Flex>
      <table className="month">
        <thead>
          <tr>
            {t('desk.calendar.days')
              .split(',')
              .map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week[0]}>
              {week.map((date) => {
                const due = byDay.get(date) ?? []
                return (
                  <td
                    key={date}
                    data-other={monthOf(date).month !== month.month || undefined}
                    data-today={date === today || undefined}
                    data-past={date < today || undefined}
                  >
                    {due.length === 0 ? (
                      <span className="month-day">{Number(date.slice(8))}</span>
                    ) : (
                      <button
                        type="button"
                        className="month-day"
                        aria-pressed={date === day}
                        aria-label={t('desk.calendar.day', { date, n: due.length })}
                        onClick={() => setDay(date === day ? null : date)}
                      >
                        {Number(date.slice(8))} <b>{due.length}</b>
                      </button>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {failure !== null && <Typography.Text type="danger">{t('app.failed', { detail: failure })}</Typography.Text>}
      {day === null ? (
        <Typography.Text type="secondary">{t('desk.calendar.pick')}</Typography.Text>
      ) : shown.length === 0 ? (
        <Empty description={t('desk.calendar.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      ) : (
        <ul className="month-due" aria-label={t('desk.calendar.day', { date: day, n: shown.length })}>
          {shown.map((d, i) => (
            <li key={i}>
              <b>{pick(d.name)}</b> {d.subject !== 'case' && t('subject.suspect', { n: d.subject })} <span className="number">{d.dueOn.length > 10 ? d.dueOn.slice(11, 16) : ''}</span>
              <div>
                <CaseLink id={d.case} name={d.caseName} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
