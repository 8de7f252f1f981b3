import { Card, Descriptions, Select, Table, Typography } from 'antd'
import { Link, Navigate, useLocation, useNavigate } from 'react-router'
import { useMemo } from 'react'
import type { Alert, DepartmentSnapshot, FeedItem, Workload } from '../../api/types'
import { namesOf, useUnits } from '../../app/names'
import { departmentPath, idIn } from '../../app/paths'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { LEVELS } from '../../law/levels'
import { openAlerts, withAlert } from '../../live/alerts'
import type { Alerts } from '../../live/alerts'
import type { Fold } from '../../live/useFeed'
import { useFeed } from '../../live/useFeed'
import { DepartmentFindings } from './DepartmentFindings'
import { Draws } from './Draws'
import { Fairness } from './Fairness'
import { Queue } from './Queue'
import { Rebalancing } from './Rebalancing'
import './department.css'

interface State {
  alerts: Alerts
  workload: Workload
}

const fold: Fold<DepartmentSnapshot, State> = {
  open: (snapshot) => ({ alerts: openAlerts(snapshot.alerts), workload: snapshot.workload }),
  apply: (state, item: FeedItem) => {
    if (item.kind === 'alert') return { ...state, alerts: withAlert(state.alerts, item.payload) }
    if (item.kind === 'workload') return { ...state, workload: item.payload }
    return state
  },
}

export default function Department() {
  const me = useMe()
  const { t } = useWording()
  const id = idIn(useLocation().pathname)
  const navigate = useNavigate()
  const units = useUnits()
  const names = useMemo(() => namesOf(units), [units])
  const { state, refused } = useFeed(id === '' ? null : `department:${id}`, fold)
  const first = me.department ?? units?.departments[0]?.id

  if (id === '' && first !== undefined) return <Navigate to={departmentPath(first)} replace />
  return (
    <>
      <div className="page-head">
        <Typography.Title level={4}>{names.department(id)}</Typography.Title>
        <Select
          aria-label={t('department.choose')}
          placeholder={t('department.choose')}
          popupMatchSelectWidth={false}
          style={{ minWidth: 200 }}
          value={id === '' ? null : id}
          options={(units?.departments ?? []).map((d) => ({ value: d.id, label: d.name }))}
          onChange={(chosen: string) => void navigate(departmentPath(chosen))}
        />
        {state && <Lights alerts={state.alerts.values()} department={id} />}
      </div>
      {id === '' ? null : refused ? (
        <p className="app-message">{t('app.refused')}</p>
      ) : (
        <div className="department">
          <div className="department-side">
            <Load workload={state?.workload ?? null} />
            <Queue key={`queue ${id}`} department={id} names={names} />
            <DepartmentFindings department={id} now={state?.workload.findings} names={names} />
          </div>
          <Draws department={id} names={names} />
          <Fairness department={id} names={names} />
          <Rebalancing key={id} department={id} workload={state?.workload ?? null} names={names} />
        </div>
      )}
    </>
  )
}

function Lights({ alerts, department }: { alerts: Iterable<Alert>; department: string }) {
  const counts = new Map<string, number>()
  for (const { level } of alerts) counts.set(level, (counts.get(level) ?? 0) + 1)
  return (
    <>
      {LEVELS.filter((level) => counts.has(level)).map((level) => (
        <Link key={level} to={`/alerts?open=true&level=${level}&department=${encodeURIComponent(department)}`}>
          <LevelTag level={level} />{' '}
          <span className="number">{counts.get(level)}</span>
        </Link>
      ))}
    </>
  )
}

function Load({ workload }: { workload: Workload | null }) {
  const { t } = useWording()
  const people = [...(workload?.prosecutors ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))
  const fairness = workload?.fairness
  return (
    <Card size="small" title={t('department.workload')}>
      <Descriptions
        size="small"
        column={4}
        items={[
          { key: 'unassigned', label: t('department.unassigned'), children: workload?.unassigned },
          { key: 'cv', label: t('department.cv'), children: fairness?.cv.toFixed(3) },
          { key: 'gini', label: t('department.gini'), children: fairness?.gini.toFixed(3) },
          { key: 'max', label: t('department.max'), children: fairness?.maxOverMean.toFixed(2) },
        ]}
      />
      <Table
        rowKey="id"
        size="small"
        pagination={false}
        loading={workload === null}
        dataSource={people}
        columns={[
          {
            key: 'name',
            title: t('department.name'),
            render: (_, p) => <Link to={`/cases?open=true&prosecutor=${encodeURIComponent(p.id)}`}>{p.name}</Link>,
          },
          { key: 'duty', title: t('department.duty'), render: (_, p) => t(p.onDuty ? 'app.yes' : 'app.no') },
          { key: 'capacity', title: t('department.capacity'), align: 'right', render: (_, p) => p.capacity.toFixed(2) },
          { key: 'load', title: t('department.load'), align: 'right', render: (_, p) => p.load.toFixed(2) },
          { key: 'cases', title: t('department.openCases'), align: 'right', dataIndex: 'openCases' },
          { key: 'alerts', title: t('department.alerts'), align: 'right', dataIndex: 'alerts' },
        ]}
      />
    </Card>
  )
}

