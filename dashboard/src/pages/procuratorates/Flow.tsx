import { Card } from 'antd'
import { useCallback } from 'react'
import { Link } from 'react-router'
import { get } from '../../api/client'
import { useWording } from '../../i18n/language'
import type { Ask } from '../wall/useBeside'
import { useBeside } from '../wall/useBeside'
import { flowList } from './rollup'
import type { Within } from './rollup'

interface Answer {
  days: { date: string; accepted: number; closed: number }[]
}

const DAYS = 31
const HEIGHT = 56

/** Cases accepted and closed on each of the last days: above the line what came, below it what went. */
export function Flow({ scope, within }: { scope: string; within: Within }) {
  const { t } = useWording()
  const ask: Ask<Answer> = useCallback(() => get<Answer>('/api/wall/flow', { ...within, days: String(DAYS) }), [within])
  const answer = useBeside(ask, scope, null)
  const days = answer?.days ?? []
  const first = days[0]?.date
  const most = Math.max(1, ...days.flatMap((d) => [d.accepted, d.closed]))
  const sum = (read: (d: Answer['days'][number]) => number) => days.reduce((n, d) => n + read(d), 0)
  const total = (name: string, n: number, filter: 'acceptedFrom' | 'closedFrom') => (
    <div className="board-total" data-name={name}>
      <span>{name}</span>
      <b className="number">{first === undefined ? '…' : n === 0 ? 0 : <Link to={flowList(filter, first, within)}>{n}</Link>}</b>
    </div>
  )
  return (
    <Card size="small" title={t('board.flow', { n: DAYS })}>
      <div className="board-flow">
        {total(t('board.accepted'), sum((d) => d.accepted), 'acceptedFrom')}
        {total(t('board.closed'), sum((d) => d.closed), 'closedFrom')}
        <div>
          <svg viewBox={`0 0 ${DAYS * 12} ${2 * HEIGHT + 2}`} preserveAspectRatio="none" role="img" aria-label={t('board.flow', { n: DAYS })}>
            {days.map((d, i) => (
              <g key={d.date}>
                <title>{t('board.flowDay', { t: d.date, in: d.accepted, out: d.closed })}</title>
                <rect className="flow-hit" x={i * 12} y={0} width={12} height={2 * HEIGHT + 2} />
                <rect className="flow-in" x={i * 12 + 2} y={HEIGHT - (d.accepted / most) * HEIGHT} width={8} height={(d.accepted / most) * HEIGHT} />
                <rect className="flow-out" x={i * 12 + 2} y={HEIGHT + 2} width={8} height={(d.closed / most) * HEIGHT} />
              </g>
            ))}
            <line x1={0} x2={DAYS * 12} y1={HEIGHT + 1} y2={HEIGHT + 1} />
          </svg>
          <div className="board-flow-ends number">
            <span>{first}</span>
            <span>{days.at(-1)?.date}</span>
          </div>
        </div>
      </div>
    </Card>
  )
}
