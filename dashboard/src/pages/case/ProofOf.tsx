import { Alert, Button, Tag, Typography } from 'antd'
import type { Deadline, EventRef, HistoryEntry, Proof } from '../../api/types'
import { useWording } from '../../i18n/language'
import { Instant } from '../../time/Instant'
import { entryOf, sum } from './proof'

interface Props {
  deadline: Deadline
  proof: Proof
  history: HistoryEntry[]
  onShow: (event: EventRef) => void
  /** Of no case: nothing but the input started it. */
  standalone?: boolean
}

const KIND = { start: 'proof.start', length: 'proof.length', excluded: 'proof.excluded', extension: 'proof.extend', roll: 'proof.roll', result: 'proof.result' } as const

/** The calculation as one would write it down: each step with its dates and days, and the sum below the line. */
export function ProofOf({ deadline, proof, history, onShow, standalone = false }: Props) {
  const { t, pick } = useWording()
  const { days, total, agrees } = sum(deadline, proof)
  const hours = deadline.clock === 'hours'
  const day = (n: number) => t('proof.day', { n })
  return (
    <div className="proof">
      <dl className="proof-grounds">
        {!standalone && (
          <div>
            <dt>{t('proof.trigger')}</dt>
            <dd>
              <Ground event={proof.trigger} history={history} onShow={onShow} />
            </dd>
          </div>
        )}
        {proof.extension && (
          <div>
            <dt>{t('proof.extension')}</dt>
            <dd>
              <Ground event={proof.extension} history={history} onShow={onShow} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('proof.article')}</dt>
          <dd>
            <strong>{deadline.basis}</strong> {pick(proof.article)}
          </dd>
        </div>
      </dl>
      <table className="proof-steps" aria-label={t('proof.title')}>
        <thead>
          <tr>
            <th scope="col">{t('proof.what')}</th>
            <th scope="col">{t('proof.from')}</th>
            <th scope="col">{t('proof.to')}</th>
            <th scope="col">{t('proof.days')}</th>
            <th scope="col">{t('proof.text')}</th>
          </tr>
        </thead>
        <tbody>
          {proof.steps.map((step, i) => {
            const key = KIND[step.kind as keyof typeof KIND] as (typeof KIND)[keyof typeof KIND] | undefined
            const moves = step.kind !== 'start' && step.kind !== 'result'
            return (
              <tr key={i} className="proof-step" data-kind={step.kind}>
                <th scope="row">{key === undefined ? step.kind : t(key)}</th>
                <td>{moves ? step.from : ''}</td>
                <td>{step.to}</td>
                <td>{moves && !hours && step.days !== null ? `+ ${step.days}` : ''}</td>
                <td>{pick(step.text)}</td>
              </tr>
            )
          })}
          {!hours && (
            <tr className="proof-total">
              <th scope="row">=</th>
              <td>{deadline.startedOn.slice(0, 10)}</td>
              <td>{deadline.dueOn.slice(0, 10)}</td>
              <td>{total}</td>
              <td>
                {t('proof.sum', {
                  from: deadline.startedOn.slice(0, 10),
                  days: days.length > 1 ? `(${days.join(' + ')} = ${day(total)})` : day(total),
                  to: deadline.dueOn.slice(0, 10),
                })}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {!hours && !agrees && <Alert type="error" showIcon title={t('proof.disagrees')} />}
      <Typography.Text type="secondary">
        {[
          t(`clock.${deadline.clock}`),
          hours ? t('proof.hours') : null,
          deadline.clock === 'custody' ? t('proof.custody') : null,
          deadline.extendedBy.length > 0 ? `${t('case.extended')} ${deadline.extendedBy.join(' + ')}` : null,
          t('proof.calendar', { n: proof.calendar }),
        ]
          .filter(Boolean)
          .join(' · ')}{' '}
        {deadline.provisional && <Tag color="gold">{t('proof.provisional')} · {t('case.provisional')}</Tag>}
      </Typography.Text>
    </div>
  )
}

/** An event that the calculation stands on, which leads to its row of the history. */
function Ground({ event, history, onShow }: { event: Proof['trigger'] | undefined; history: HistoryEntry[]; onShow: (event: EventRef) => void }) {
  const { t, code } = useWording()
  if (!event) return <>{t('rules.dash')}</>
  const entry = entryOf(event, history)
  const type = entry?.type ?? event.type
  return (
    <>
      <Button type="link" size="small" className="proof-ground" onClick={() => onShow(event)}>
        {type === undefined ? event.id : code('event', type)}
      </Button>{' '}
      {entry !== null && <Instant at={entry.time} />} <Typography.Text type="secondary">{event.id}</Typography.Text>
    </>
  )
}
