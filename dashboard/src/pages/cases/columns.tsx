import { Typography } from 'antd'
import type { TableColumnsType } from 'antd'
import { Link } from 'react-router'
import type { CaseRow } from '../../api/types'
import type { Names, StageNames } from '../../app/names'
import { casePath, departmentPath } from '../../app/paths'
import type { Wording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { Countdown } from '../../time/Countdown'

type Columns = TableColumnsType<CaseRow>

export function CaseLink({ id, name }: { id: string; name: string | null | undefined }) {
  return (
    <>
      <Link to={casePath(id)}>{name ?? id}</Link>
      {name && (
        <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
          {id}
        </Typography.Text>
      )}
    </>
  )
}

/** The columns that the list of cases and a prosecutor's desk have in common, gravest information first. */
export function caseColumns({ t, code }: Wording, stage: StageNames): Columns {
  return [
    { key: 'light', title: t('list.light'), width: 96, render: (_, c) => <LevelTag level={c.light} /> },
    { key: 'case', title: t('list.case'), width: 250, render: (_, c) => <CaseLink id={c.id} name={c.name} /> },
    {
      key: 'left',
      title: t('list.left'),
      width: 150,
      render: (_, c) => (
        <>
          <Countdown due={c.nextDueAt ?? c.nextDueOn} />
          <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }} className="number">
            {c.nextDueOn?.slice(0, 10)}
          </Typography.Text>
        </>
      ),
    },
    { key: 'type', title: t('list.type'), width: 120, render: (_, c) => code('caseType', c.caseType) },
    { key: 'stage', title: t('list.stage'), width: 120, render: (_, c) => stage(c) },
    { key: 'custody', title: t('list.custody'), width: 70, render: (_, c) => (c.custody ? t('app.yes') : '') },
    {
      key: 'weight',
      title: t('list.weight'),
      width: 80,
      align: 'right',
      render: (_, c) => <span className="number">{c.weight.toFixed(1)}</span>,
    },
  ]
}

export function ownerColumns({ t }: Wording, names: Names): Columns {
  return [
    {
      key: 'department',
      title: t('list.department'),
      width: 180,
      render: (_, c) =>
        c.department && <Link to={departmentPath(c.department)}>{names.department(c.department)}</Link>,
    },
    { key: 'prosecutor', title: t('list.prosecutor'), width: 120, render: (_, c) => names.prosecutor(c.prosecutor) },
    {
      key: 'accepted',
      title: t('list.accepted'),
      width: 120,
      render: (_, c) => <span className="number">{c.acceptedOn}</span>,
    },
  ]
}
