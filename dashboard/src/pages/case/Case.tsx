import { Alert, Card, DatePicker, Descriptions, Button, Space, Table, Tag, Typography } from 'antd'
import dayjs from 'dayjs'
import { useCallback, useMemo, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'react-router'
import type { CaseBody, EventRef } from '../../api/types'
import { namesOf, useStageNames, useUnits } from '../../app/names'
import type { Names } from '../../app/names'
import { departmentPath, idIn } from '../../app/paths'
import { useWording } from '../../i18n/language'
import { Assignment } from './Assignment'
import { Deadlines } from './Deadlines'
import { Documents } from './Documents'
import { Findings } from './Findings'
import { anchorOf, History } from './History'
import { useCase } from './useCase'
import { WhatIf } from './WhatIf'
import './case.css'

export default function Case() {
  const { t } = useWording()
  const id = idIn(useLocation().pathname)
  const [search, setSearch] = useSearchParams()
  const asOf = search.get('asOf')
  const { body, missing, failure } = useCase(id, asOf)
  const units = useUnits()
  const names = useMemo(() => namesOf(units), [units])
  const [marked, mark] = useState<string | null>(null)
  const show = useCallback((event: EventRef) => {
    const anchor = anchorOf(event)
    mark(anchor)
    document.getElementById(anchor)?.scrollIntoView({ behavior: 'smooth', block: 'center' })
  }, [])

  if (missing) return <p className="app-message">{t('case.notFound')}</p>
  if (body === null)
    return <p className="app-message">{failure === null ? t('app.loading') : t('app.failed', { detail: failure })}</p>

  return (
    <>
      <div className="page-head">
        <Typography.Title level={4}>{body.name ?? body.id}</Typography.Title>
        {body.name !== null && <Typography.Text type="secondary">{body.id}</Typography.Text>}
        <Space style={{ marginLeft: 'auto' }}>
          <DatePicker
            showTime={{ format: 'HH:mm' }}
            placeholder={t('case.asOf')}
            value={asOf === null ? null : dayjs(asOf)}
            onChange={(at) => setSearch(at ? { asOf: at.format('YYYY-MM-DDTHH:mm:00+08:00') } : {})}
          />
          {asOf !== null && <Button onClick={() => setSearch({})}>{t('case.now')}</Button>}
        </Space>
      </div>
      {asOf !== null && <Alert type="warning" showIcon title={t('case.past', { t: asOf.slice(0, 16).replace('T', ' ') })} />}
      <div className="case">
        <div>
          <Facts body={body} names={names} />
          <Card title={t('case.deadlines')} size="small">
            <Deadlines deadlines={body.deadlines} history={body.history} onShow={show} />
          </Card>
          <Card title={t('whatif.title')} size="small">
            <WhatIf key={`${body.id} ${asOf ?? ''}`} body={body} asOf={asOf} />
          </Card>
          <Card title={t('case.findings')} size="small">
            <Findings alerts={body.alerts} history={body.history} onShow={show} />
          </Card>
          <Card title={t('case.suspects')} size="small">
            <Suspects body={body} />
          </Card>
          <Card title={t('assignment.title')} size="small">
            <Assignment id={body.id} version={body.version} names={names} />
          </Card>
          <Card title={t('case.documents')} size="small">
            <Documents documents={body.documents} />
          </Card>
        </div>
        <Card title={t('case.history')} size="small" className="case-history">
          <History history={body.history} marked={marked} />
        </Card>
      </div>
    </>
  )
}

function Facts({ body, names }: { body: CaseBody; names: Names }) {
  const { t, code } = useWording()
  const stage = useStageNames()
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, md: 2, xl: 3 }}
      items={[
        { key: 'type', label: t('list.type'), children: code('caseType', body.caseType) },
        { key: 'stage', label: t('list.stage'), children: stage(body) },
        { key: 'accepted', label: t('list.accepted'), children: body.acceptedOn },
        {
          key: 'department',
          label: t('list.department'),
          children: body.department && <Link to={departmentPath(body.department)}>{names.department(body.department)}</Link>,
        },
        { key: 'prosecutor', label: t('list.prosecutor'), children: names.prosecutor(body.prosecutor) },
        { key: 'custody', label: t('list.custody'), children: t(body.custody ? 'app.yes' : 'app.no') },
        { key: 'weight', label: t('list.weight'), children: <Weight body={body} /> },
        { key: 'version', label: t('case.version'), children: body.version },
      ]}
    />
  )
}

function Weight({ body }: { body: CaseBody }) {
  const { pick } = useWording()
  return (
    <>
      <span className="number">{body.weight.toFixed(1)}</span>
      {body.weighed !== undefined && <Typography.Text type="secondary"> {pick(body.weighed.text)}</Typography.Text>}
    </>
  )
}

/** A day told as its first instant is that day. */
const dayOrInstant = (at: string): string => at.slice(0, 16).replace('T', ' ').replace(' 00:00', '')

function Suspects({ body }: { body: CaseBody }) {
  const { t, code } = useWording()
  return (
    <Table
      rowKey="suspect"
      size="small"
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={body.suspects}
      columns={[
        {
          key: 'name',
          title: t('case.suspects'),
          render: (_, s) => (
            <>
              <Tag>{s.suspect}</Tag>
              {s.name}
            </>
          ),
        },
        {
          key: 'measure',
          title: t('case.measure'),
          render: (_, s) => {
            const measures = s.measures ?? (s.measure ? [s.measure] : [])
            if (measures.length === 0) return t('measure.none')
            return measures.map((m, i) => (
              <div key={i}>
                {code('measure', m.kind)}{' '}
                <Typography.Text type="secondary">
                  {[m.from && dayOrInstant(m.from), m.until && t('case.until', { t: dayOrInstant(m.until) }), m.organ, m.place].filter(Boolean).join(' · ')}
                </Typography.Text>
              </div>
            ))
          },
        },
        { key: 'charges', title: t('case.charges'), render: (_, s) => s.charges?.map((c) => (typeof c === 'string' ? c : c.name)).join('、') },
        { key: 'defender', title: t('case.defender'), render: (_, s) => s.defender?.name ?? t('case.none') },
      ]}
    />
  )
}
