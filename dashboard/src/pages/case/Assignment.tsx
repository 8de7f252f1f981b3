import { Alert, Button, Empty, Table, Tag, Timeline, Typography } from 'antd'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { useRead } from '../../api/useRead'
import type { Names } from '../../app/names'
import { departmentPath } from '../../app/paths'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { Instant } from '../../time/Instant'
import { canVerify, verify } from '../departments/verify'
import type { Verdict } from '../departments/verify'

interface Chance {
  prosecutor: string
  load: number
  score: number
  probability: number
}

interface Draw {
  department: string
  date: string
  number: number
  case: string
  mode: string
  eligible: Chance[]
  excluded: { prosecutor: string; reason: string }[]
  u: number
  chosen: string
  commitment: string
  secret: string | null
}

/** More names than these wait to be asked for. */
const MOST_EXCLUDED = 12

interface Step {
  at: string
  mode: string
  prosecutor: string | null
  reason: string | null
  approvedBy: string | null
  draw: Draw | null
}

/** How the case came to whoever handles it: each draw with every chance, each decision with its reason. */
export function Assignment({ id, version, names }: { id: string; version: number; names: Names }) {
  const { t, code } = useWording()
  const { value: data, failure, reload } = useRead<{ steps: Step[] }>(`/api/cases/${encodeURIComponent(id)}/assignment`)
  // Somebody may have given it to somebody else.
  useEffect(() => void reload(), [reload, version])
  if (failure !== null) return <Alert type="error" showIcon title={t('app.failed', { detail: failure })} />
  if (data === null) return <p className="app-message">{t('app.loading')}</p>
  if (data.steps.length === 0) return <Empty description={t('assignment.waits')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
  return (
    <Timeline
      items={data.steps.map((step, i) => ({
        key: i,
        content: (
          <>
            <Instant at={step.at} /> <Tag>{code('mode', step.mode)}</Tag> <b>{names.prosecutor(step.prosecutor)}</b>
            {step.reason !== null && <p>{t('assignment.reason', { reason: step.reason, by: step.approvedBy ?? '—' })}</p>}
            {step.draw && <Explained draw={step.draw} names={names} />}
          </>
        ),
      }))}
    />
  )
}

/** One draw as a person reads it: everybody's chance as a bar, who took no part and why, and a check that runs here. */
function Explained({ draw, names }: { draw: Draw; names: Names }) {
  const { t, code } = useWording()
  const me = useMe()
  const reasons = new Map<string, string[]>()
  for (const { prosecutor, reason } of draw.excluded) reasons.set(reason, [...(reasons.get(reason) ?? []), names.prosecutor(prosecutor)])
  const overseer = me.roles.some((role) => role === 'head' || role === 'monitor' || role === 'leader' || role === 'superior')
  return (
    <div className="draw-explained">
      <Table<Chance>
        rowKey="prosecutor"
        size="small"
        pagination={false}
        dataSource={draw.eligible}
        rowClassName={(e) => (e.prosecutor === draw.chosen ? 'draw-chosen' : '')}
        columns={[
          {
            key: 'name',
            title: t('department.eligible'),
            width: 150,
            render: (_, e) =>
              e.prosecutor === draw.chosen ? (
                <>
                  <b>{names.prosecutor(e.prosecutor)}</b> <Tag color="green">{t(draw.mode === 'random' ? 'assignment.chosen' : 'assignment.given')}</Tag>
                </>
              ) : (
                names.prosecutor(e.prosecutor)
              ),
          },
          { key: 'load', title: t('assignment.load'), align: 'right', width: 90, render: (_, e) => <span className="number">{e.load.toFixed(2)}</span> },
          {
            key: 'chance',
            title: t('assignment.chance'),
            render: (_, e) => (
              <span className="draw-chance">
                <i style={{ width: `${(100 * e.probability).toFixed(1)}%` }} />
                <span className="number">{(100 * e.probability).toFixed(1)} %</span>
              </span>
            ),
          },
        ]}
      />
      {reasons.size > 0 && (
        <details className="draw-excluded" open={draw.excluded.length <= MOST_EXCLUDED}>
          <summary>{t('assignment.outside', { n: draw.excluded.length })}</summary>
          <dl>
            {[...reasons].map(([reason, people]) => (
              <div key={reason}>
                <dt>{code('excluded', reason)}</dt>
                <dd>{people.join('、')}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <Typography.Paragraph type="secondary">
        {t('assignment.proof', { department: names.department(draw.department), date: draw.date, n: draw.number, u: draw.u.toFixed(6) })}
        {overseer && (
          <>
            {' · '}
            <Link to={`${departmentPath(draw.department)}?day=${draw.date}`}>{t('assignment.toDraws')}</Link>
          </>
        )}
        <br />
        {t('department.commitment')} <Typography.Text code copyable>{draw.commitment}</Typography.Text>
        <br />
        {t('department.secret')} {draw.secret === null ? t('department.sealed') : <Typography.Text code copyable>{draw.secret}</Typography.Text>}
      </Typography.Paragraph>
      {draw.secret === null ? <Typography.Text type="secondary">{t('assignment.wait')}</Typography.Text> : <Verified draw={draw} secret={draw.secret} />}
    </div>
  )
}

function Verified({ draw, secret }: { draw: Draw; secret: string }) {
  const { t } = useWording()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  if (!canVerify()) return <Alert type="info" showIcon title={t('department.cannotVerify')} />
  const check = () => void verify({ department: draw.department, date: draw.date, commitment: draw.commitment, secret, draws: [draw] }, secret).then(setVerdict)
  if (verdict === null) return <Button size="small" onClick={check}>{t('assignment.verify')}</Button>
  if (verdict.kind === 'agrees') return <Alert type="success" showIcon title={t('assignment.agrees')} />
  return <Alert type="error" showIcon title={t('department.broken', { detail: verdict.kind === 'commitment' ? t('department.brokenCommitment') : t('department.brokenDraw', { n: verdict.number }) })} />
}
