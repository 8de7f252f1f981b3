import { Card, DatePicker, Descriptions, Spin, Table, Tag, Typography } from 'antd'
import dayjs from 'dayjs'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'react-router'
import type { CaseBody, Deadline, EventRef } from '../../api/types'
import { useRead } from '../../api/useRead'
import { namesOf, useStageNames, useUnits } from '../../app/names'
import type { Names } from '../../app/names'
import { caseUrl, departmentPath, idIn, procuratoratePath } from '../../app/paths'
import { wallScope } from '../../app/scope'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { legal } from '../../time/remaining'
import { Access } from './Access'
import { Assignment } from './Assignment'
import { CustodyBars } from './CustodyBars'
import { anchorOfLimit, Deadlines } from './Deadlines'
import { Documents } from './Documents'
import { Findings } from './Findings'
import { Fishbone } from './Fishbone'
import { limitKey } from './bones'
import { anchorOf, History } from './History'
import { PastBanner, Rewind } from './Rewind'
import { useCase } from './useCase'
import { WhatIf } from './WhatIf'
import './case.css'
import './course.css'

export default function Case() {
  const { t } = useWording()
  const me = useMe()
  const id = idIn(useLocation().pathname)
  const [search, setSearch] = useSearchParams()
  const asOf = search.get('asOf')
  const { body: read, missing, failure } = useCase(id, asOf)
  const units = useUnits()
  const names = useMemo(() => namesOf(units), [units])
  const [marked, mark] = useState<string | null>(null)
  const [opened, open] = useState<string[]>([])
  const show = useCallback((event: EventRef) => {
    const anchor = anchorOf(event)
    mark(anchor)
    document.getElementById(anchor)?.scrollIntoView({ behavior: 'smooth', block: 'center' })
  }, [])
  const showLimit = useCallback((limit: Deadline) => {
    open((old) => [...new Set([...old, limitKey(limit)])])
    document.getElementById(anchorOfLimit(limit))?.scrollIntoView({ behavior: 'smooth', block: 'center' })
  }, [])
  // A step on the slider is no step of the browser's history: one press on "back" leaves the page.
  const go = useCallback((to: string | null) => setSearch(to === null ? {} : { asOf: to }, { replace: true }), [setSearch])

  // While another instant is read, the last one stays on the screen: a page that goes blank at each step cannot be compared.
  const [kept, keep] = useState<CaseBody | null>(null)
  useEffect(() => {
    if (read !== null) keep(read)
  }, [read])
  const body = read ?? (kept?.id === id ? kept : null)

  // The slider needs what came after the instant that is shown.
  const whole = useRead<CaseBody>(asOf === null ? null : caseUrl(id))
  const history = (asOf === null ? body : whole.value)?.history ?? body?.history

  if (missing) return <p className="app-message">{t('case.notFound')}</p>
  if (body === null || history === undefined)
    return <p className="app-message">{failure === null ? t('app.loading') : t('app.failed', { detail: failure })}</p>

  const mayAskWhoLooked = me.roles.some((role) => role === 'handler' || role === 'head' || role === 'monitor' || role === 'leader')
  return (
    <div className="case-page" data-past={asOf === null ? undefined : ''} aria-busy={read === null}>
      <div className="page-head">
        <Typography.Title level={4}>{body.name ?? body.id}</Typography.Title>
        {body.name !== null && <Typography.Text type="secondary" className="case-number">{body.id}</Typography.Text>}
        {read === null && <Spin size="small" />}
        <DatePicker
          className="case-instant"
          showTime={{ format: 'HH:mm' }}
          placeholder={t('case.asOf')}
          value={asOf === null ? null : shownInstant(asOf)}
          onChange={(at) => go(at ? at.format('YYYY-MM-DDTHH:mm:00+08:00') : null)}
        />
      </div>
      {asOf !== null && <PastBanner asOf={asOf} go={go} />}
      <Rewind history={history} asOf={asOf} go={go} />
      <Facts body={body} names={names} boards={wallScope(me) !== null} />
      <Card title={t('course.title')} size="small" className="case-wide">
        <Fishbone body={body} asOf={asOf} onShow={show} onLimit={showLimit} />
      </Card>
      <div className="case">
        <div>
          <Card title={t('custodyChart.title')} size="small">
            <CustodyBars body={body} onLimit={showLimit} />
          </Card>
          <Card title={t('case.deadlines')} size="small">
            <Deadlines deadlines={body.deadlines} history={body.history} onShow={show} asOf={asOf} opened={opened} onOpen={open} />
          </Card>
          <Card title={t('whatif.title')} size="small" className="no-print">
            <WhatIf key={`${body.id} ${asOf ?? ''}`} body={body} asOf={asOf} />
          </Card>
          <Card title={t('case.findings')} size="small">
            <Findings alerts={body.alerts} history={body.history} onShow={show} past={asOf !== null} />
          </Card>
          <Card title={t('case.suspects')} size="small">
            <Suspects body={body} />
          </Card>
          <Card title={t('assignment.title')} size="small" id="assignment">
            <Assignment id={body.id} version={body.version} names={names} />
          </Card>
          <Card title={t('case.documents')} size="small">
            <Documents documents={body.documents} />
          </Card>
          {mayAskWhoLooked && (
            <Card title={t('access.title')} size="small">
              <Access key={body.id} id={body.id} names={names} />
            </Card>
          )}
        </div>
        <Card title={t('case.history')} size="small" className="case-history">
          <History history={body.history} marked={marked} />
        </Card>
      </div>
    </div>
  )
}

/** An instant as the picker shows it: in legal time, whatever the zone of the browser. */
function shownInstant(asOf: string) {
  const { date, time } = legal(Date.parse(asOf))
  return dayjs(`${date}T${time}`)
}

function Facts({ body, names, boards }: { body: CaseBody; names: Names; boards: boolean }) {
  const { t, code } = useWording()
  const stage = useStageNames()
  return (
    <Descriptions
      size="small"
      bordered
      className="case-facts"
      column={{ xs: 1, md: 3, xl: 5 }}
      items={[
        { key: 'type', label: t('list.type'), children: code('caseType', body.caseType) },
        { key: 'stage', label: t('list.stage'), children: stage(body) },
        { key: 'accepted', label: t('list.accepted'), children: body.acceptedOn },
        {
          key: 'office',
          label: t('board.unit'),
          children: body.procuratorate && (boards ? <Link to={procuratoratePath(body.procuratorate)}>{names.procuratorate(body.procuratorate)}</Link> : names.procuratorate(body.procuratorate)),
        },
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
