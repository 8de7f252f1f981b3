import { Card, Empty, Table, Typography } from 'antd'
import { useCallback } from 'react'
import { Link } from 'react-router'
import { get } from '../../api/client'
import type { LimitNames, Names } from '../../app/names'
import { casePath } from '../../app/paths'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { useLegalNow } from '../../time/clock'
import { Countdown } from '../../time/Countdown'
import { useBeside } from '../wall/useBeside'
import type { Ask } from '../wall/useBeside'
import { WITHIN, within } from '../wall/upcoming'
import type { UpcomingAnswer } from '../wall/upcoming'
import { instant, listOf, nextDays } from './rollup'
import type { Within } from './rollup'

/** So many of the next deadlines are listed; the numbers above lead to all of them. */
const SHOWN = 15

interface Props {
  scope: string
  within: Within
  names: Names
  limit: LimitNames
}

/** The deadlines of the week: how many on which day, and the next of them. */
export function Due({ scope, within: whole, names, limit }: Props) {
  const { t, pick } = useWording()
  const ask: Ask<UpcomingAnswer> = useCallback(() => get<UpcomingAnswer>('/api/wall/deadlines', { ...whole }), [whole])
  const answer = useBeside(ask, scope, null)
  // A whole second: a link must not change while a finger is on its way to it, nor count what is past.
  const now = Math.floor(useLegalNow() / 1000) * 1000
  const items = answer?.items ?? []
  const list = (from: number, until: number) => listOf('cases', { ...whole, dueAfter: instant(from), dueBefore: instant(until + 1000) })
  const days = nextDays(now).map((day) => ({ ...day, n: items.filter((i) => Date.parse(i.dueAt) > day.from && Date.parse(i.dueAt) <= day.until).length }))
  const most = Math.max(1, ...days.map((d) => d.n))
  return (
    <Card size="small" title={t('board.due')} className="board-due">
      <div className="board-within">
        {WITHIN.map((hours) => {
          const n = within(items, now, hours).length
          return (
            <div key={hours} className="board-total">
              <span>{t(`board.within${hours}`)}</span>
              <b className="number">{n === 0 ? 0 : <Link to={list(now, now + hours * 3_600_000)}>{n}</Link>}</b>
            </div>
          )
        })}
      </div>
      <h5>{t('board.perDay')}</h5>
      <ol className="board-days">
        {days.map((day) => (
          <li key={day.date}>
            <span className="number">{day.date.slice(5)}</span>
            <i style={{ width: `${(day.n / most) * 100}%` }} aria-hidden />
            {day.n === 0 ? <span className="board-zero">0</span> : <Link aria-label={t('board.dayCases', { t: day.date, n: day.n })} to={list(day.from, day.until)}>{day.n}</Link>}
          </li>
        ))}
      </ol>
      {answer !== null && items.length === 0 ? (
        <Empty description={t('board.noDue')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      ) : (
        <Table
          rowKey="case"
          size="small"
          pagination={false}
          loading={answer === null}
          dataSource={items.slice(0, SHOWN)}
          columns={[
            {
              key: 'case',
              title: t('list.case'),
              render: (_, i) => (
                <>
                  <Link to={casePath(i.case)}>{i.name ?? i.case}</Link> <LevelTag level={i.light} />
                  <small>
                    {i.case} · {pick(limit(i.limit))}
                  </small>
                </>
              ),
            },
            { key: 'who', title: t('list.prosecutor'), width: 86, render: (_, i) => names.prosecutor(i.prosecutor) || t('board.unassigned') },
            { key: 'left', title: t('list.left'), width: 124, render: (_, i) => <Countdown due={i.dueAt} /> },
          ]}
        />
      )}
      {(answer?.more === true || items.length > SHOWN) && <Typography.Text type="secondary">{t('board.more')}</Typography.Text>}
    </Card>
  )
}
