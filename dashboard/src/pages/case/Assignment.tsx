import { Alert, Empty, Table, Tag, Timeline, Typography } from 'antd'
import { useEffect } from 'react'
import { useRead } from '../../api/useRead'
import type { Names } from '../../app/names'
import { useWording } from '../../i18n/language'
import { Instant } from '../../time/Instant'

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
  eligible: Chance[]
  excluded: { prosecutor: string; reason: string }[]
  u: number
  chosen: string
  commitment: string
  secret: string | null
}

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

function Explained({ draw, names }: { draw: Draw; names: Names }) {
  const { t, code } = useWording()
  return (
    <>
      <Table<Chance>
        rowKey="prosecutor"
        size="small"
        pagination={false}
        dataSource={draw.eligible}
        columns={[
          {
            key: 'name',
            title: t('department.eligible'),
            render: (_, e) => (e.prosecutor === draw.chosen ? <b>{names.prosecutor(e.prosecutor)}</b> : names.prosecutor(e.prosecutor)),
          },
          { key: 'load', title: t('department.load'), align: 'right', render: (_, e) => e.load.toFixed(2) },
          { key: 'chance', title: t('assignment.chance'), align: 'right', render: (_, e) => `${(100 * e.probability).toFixed(1)} %` },
        ]}
      />
      {draw.excluded.length > 0 && (
        <p>
          {t('department.excluded')}：{draw.excluded.map((e) => `${names.prosecutor(e.prosecutor)}（${code('excluded', e.reason)}）`).join('、')}
        </p>
      )}
      <Typography.Paragraph type="secondary">
        {t('assignment.proof', { department: names.department(draw.department), date: draw.date, n: draw.number, u: draw.u.toFixed(6) })}
        <br />
        {t('department.commitment')} <Typography.Text code copyable>{draw.commitment}</Typography.Text>
        <br />
        {t('department.secret')} {draw.secret === null ? t('department.sealed') : <Typography.Text code copyable>{draw.secret}</Typography.Text>}
      </Typography.Paragraph>
    </>
  )
}
