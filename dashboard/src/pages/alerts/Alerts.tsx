import { Button, Flex, Table, Tag, Typography } from 'antd'
import type { TableColumnsType } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { ActBar } from '../../acting/ActBar'
import type { Alert, FeedItem } from '../../api/types'
import { Failure } from '../../app/Failure'
import { Filter } from '../../app/Filter'
import { useFilters } from '../../app/filters'
import { Nothing } from '../../app/Nothing'
import { namesOf, useRuleList, useRuleNames, useUnits } from '../../app/names'
import { listScope } from '../../app/scope'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { LEVELS } from '../../law/levels'
import { isOpen } from '../../live/alerts'
import { useList } from '../../live/useList'
import { Countdown } from '../../time/Countdown'
import { Instant } from '../../time/Instant'
import { CaseLink } from '../cases/columns'
import { DepartmentAlerts } from './DepartmentAlerts'
import { ALERT_FILTERS, belongs } from './filter'

const STATUSES = ['open', 'acknowledged', 'noticed', 'replied', 'closed', 'dismissed'] as const
/** The categories of the catalogue; one that is not among them can still be asked for in the address. */
const CATEGORIES = ['期限', '强制措施', '诉讼权利', '程序', '文书', '案卡填录', '涉案财物', '信息公开', '数据质量', '分案']

export default function Alerts() {
  const me = useMe()
  const { t, pick } = useWording()
  const units = useUnits()
  const ruleName = useRuleNames()
  const rules = useRuleList()
  const names = useMemo(() => namesOf(units), [units])
  const filters = useFilters(ALERT_FILTERS)
  const key = JSON.stringify(filters)
  const read = useCallback(
    (item: FeedItem) =>
      item.kind === 'alert'
        ? { row: item.payload, belongs: belongs(item.payload, JSON.parse(key) as typeof filters) }
        : undefined,
    [key],
  )
  const list = useList<Alert>({ path: '/api/alerts', query: filters, scope: listScope(me), read })

  // While something is chosen the rows stand still, so that a click meets the row it was meant for; what changed is seen in them all the same.
  const [held, hold] = useState<{ key: string; ids: string[]; rows: Alert[] } | null>(null)
  const current = useMemo(() => new Map(list.rows.map((a) => [a.id, a])), [list.rows])
  const choosing = held?.key === key ? held : null
  const rows = choosing === null ? list.rows : choosing.rows.map((a) => current.get(a.id) ?? a)
  const chosen = choosing === null ? [] : rows.filter((a) => choosing.ids.includes(a.id))
  const choose = (ids: string[]) => hold(ids.length === 0 ? null : { key, ids, rows: choosing?.rows ?? list.rows })

  const columns: TableColumnsType<Alert> = [
    { key: 'level', title: t('list.light'), width: 96, render: (_, a) => <LevelTag level={a.level} /> },
    {
      key: 'rule',
      title: t('list.rule'),
      width: 320,
      render: (_, a) => (
        <>
          {pick(ruleName(a))}
          <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
            {pick(a.message)} · {a.basis}
          </Typography.Text>
        </>
      ),
    },
    { key: 'case', title: t('list.case'), width: 260, render: (_, a) => <CaseLink id={a.case} name={a.caseName} /> },
    { key: 'left', title: t('list.left'), width: 150, render: (_, a) => (isOpen(a) ? <Countdown due={a.dueOn} /> : <Over alert={a} />) },
    {
      key: 'status',
      title: t('list.status'),
      width: 110,
      render: (_, a) => <Tag>{t(`status.${a.status ?? 'open'}`)}</Tag>,
    },
    { key: 'prosecutor', title: t('list.prosecutor'), width: 120, render: (_, a) => names.prosecutor(a.prosecutor) },
    { key: 'department', title: t('list.department'), width: 180, render: (_, a) => names.department(a.department) },
    { key: 'category', title: t('list.category'), width: 100, dataIndex: 'category' },
    { key: 'raised', title: t('list.raised'), width: 120, render: (_, a) => <Instant at={a.raisedAt} /> },
  ]

  return (
    <>
      <div className="page-head">
        <Typography.Title level={4}>{t('nav.alerts')}</Typography.Title>
        <Filter
          name="open"
          label={t('case.state')}
          options={[
            { value: 'true', label: t('case.openFindings') },
            { value: 'false', label: t('case.pastFindings') },
          ]}
        />
        <Filter name="status" label={t('list.status')} options={STATUSES.map((s) => ({ value: s, label: t(`status.${s}`) }))} />
        <Filter name="level" label={t('list.light')} options={LEVELS.map((l) => ({ value: l, label: `${l} ${t(`level.${l}`)}` }))} />
        <Filter name="rule" label={t('list.rule')} options={rules.map((r) => ({ value: r.id, label: `${r.id} ${pick(r.name)}` }))} />
        <Filter name="category" label={t('list.category')} options={CATEGORIES.map((c) => ({ value: c, label: c }))} />
        <Filter
          name="department"
          label={t('list.department')}
          options={(units?.departments ?? []).map((d) => ({ value: d.id, label: d.name }))}
        />
        <Filter
          name="prosecutor"
          label={t('list.prosecutor')}
          options={(units?.prosecutors ?? []).map((p) => ({ value: p.id, label: p.name }))}
        />
      </div>
      <DepartmentAlerts names={names} />
      {list.failure !== null && <Failure detail={list.failure} retry={list.reload} />}
      {chosen.length > 0 && (
        <Flex className="alerts-chosen" align="center" gap={12} wrap role="toolbar" aria-label={t('act.chosen', { n: chosen.length })}>
          <Typography.Text strong>{t('act.chosen', { n: chosen.length })}</Typography.Text>
          <ActBar alerts={chosen} done={() => choose([])} />
          <Button type="link" onClick={() => choose([])}>
            {t('act.clear')}
          </Button>
        </Flex>
      )}
      <Table
        rowKey="id"
        size="middle"
        rowSelection={{ selectedRowKeys: choosing?.ids ?? [], onChange: (keys) => choose(keys.map(String)) }}
        columns={columns}
        dataSource={rows}
        loading={list.loading}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Nothing what="list.empty" hint="empty.alerts" filters={ALERT_FILTERS} /> }}
      />
      {list.more && (
        <Button className="page-more" onClick={list.more}>
          {t('app.more')}
        </Button>
      )}
    </>
  )
}

/** What is over counts no more: when it went is all there is to say. */
function Over({ alert }: { alert: Alert }) {
  const { t } = useWording()
  const at = alert.clearedAt ?? alert.retractedAt
  return at === null || at === undefined ? null : (
    <Typography.Text type="secondary">
      {t('list.cleared')} <Instant at={at} />
    </Typography.Text>
  )
}
