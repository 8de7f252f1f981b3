import { Empty, Input, Table, Tag, Tooltip, Typography } from 'antd'
import type { TableColumnsType } from 'antd'
import { useDeferredValue, useMemo } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { CatalogueFacts, Limit, Rule } from '../../api/catalogue'
import { Failure } from '../../app/Failure'
import { Filter } from '../../app/Filter'
import { useFilters } from '../../app/filters'
import { useWording } from '../../i18n/language'
import type { Wording } from '../../i18n/language'
import { isLevel } from '../../law/levels'
import { LEVELS } from '../../law/levels'
import { LevelTag } from '../../law/LevelTag'
import { isChanged, isManual, ONLY, options, periodOf, RULE_FILTERS, select } from './catalogue'
import { RuleDrawer } from './RuleDrawer'

interface Props {
  rules: Rule[] | null
  failure: string | null
  retry: () => void
  limits: ReadonlyMap<string, Limit>
  facts: CatalogueFacts | null
}

export function alertsPath(rule: string, more = ''): string {
  return `/alerts?rule=${encodeURIComponent(rule)}${more}`
}

export function RuleTable({ rules, failure, retry, limits, facts }: Props) {
  const { t, pick, code } = useWording()
  const filters = useFilters(RULE_FILTERS)
  const [search, setSearch] = useSearchParams()
  const key = JSON.stringify(filters)
  // Typing must not wait for the table.
  const asked = useDeferredValue(key)
  const rows = useMemo(() => select(rules ?? [], JSON.parse(asked) as typeof filters), [rules, asked])
  const opened = search.get('rule')
  const all = rules ?? []

  const set = (name: string, value: string | null) =>
    setSearch(
      (old) => {
        const next = new URLSearchParams(old)
        if (value === null || value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: name === 'q' },
    )
  const choices = (read: (rule: Rule) => readonly string[], prefix: string) =>
    options(all, read).map((value) => ({ value, label: prefix === '' ? value : code(prefix, value) }))

  const columns: TableColumnsType<Rule> = [
    {
      key: 'id',
      title: t('rules.id'),
      width: 92,
      sorter: (a, b) => a.id.localeCompare(b.id),
      render: (_, r) => <Link to={{ search: `?${withRule(search, r.id)}` }} className="number" onClick={(e) => e.stopPropagation()}>{r.id}</Link>,
    },
    {
      key: 'name',
      title: t('rules.name'),
      render: (_, r) => (
        <>
          {pick(r.name)} <Marks rule={r} />
        </>
      ),
    },
    { key: 'category', title: t('rules.category'), width: 104, dataIndex: 'category' },
    {
      key: 'level',
      title: t('rules.level'),
      width: 96,
      sorter: (a, b) => LEVELS.findIndex((l) => l === b.level) - LEVELS.findIndex((l) => l === a.level),
      render: (_, r) => (isLevel(r.level) ? <LevelTag level={r.level} /> : r.level || t('rules.dash')),
    },
    { key: 'leads', title: t('rules.leads'), width: 110, render: (_, r) => <span className="number">{leadsOf(r.leads, t)}</span> },
    { key: 'basis', title: t('rules.basis'), width: 170, render: (_, r) => r.basis || t('rules.dash') },
    { key: 'versions', title: t('rules.versions'), width: 76, align: 'right', render: (_, r) => <span className="number">{r.versions.length || t('rules.dash')}</span> },
    {
      key: 'fired',
      title: t('rules.fired'),
      width: 86,
      align: 'right',
      sorter: (a, b) => (a.fired ?? -1) - (b.fired ?? -1),
      render: (_, r) => <Drill to={alertsPath(r.id)} n={r.fired} />,
    },
    {
      key: 'dismissed',
      title: t('rules.dismissed'),
      width: 86,
      align: 'right',
      sorter: (a, b) => (a.dismissed ?? -1) - (b.dismissed ?? -1),
      render: (_, r) => <Drill to={alertsPath(r.id, '&status=dismissed')} n={r.dismissed} />,
    },
    {
      key: 'precision',
      title: t('rules.precision'),
      width: 96,
      align: 'right',
      sorter: (a, b) => (a.precision ?? 2) - (b.precision ?? 2),
      render: (_, r) => <Precision rule={r} />,
    },
  ]

  return (
    <>
      <div className="page-head">
        <Input.Search
          allowClear
          aria-label={t('rules.search')}
          placeholder={t('rules.search')}
          style={{ width: 280 }}
          value={filters.q ?? ''}
          onChange={(e) => set('q', e.target.value)}
        />
        <Filter name="category" label={t('rules.category')} options={choices((r) => [r.category], '')} />
        <Filter name="template" label={t('rules.template')} options={choices((r) => [r.template], 'template')} />
        <Filter name="source" label={t('rules.source')} options={choices((r) => [r.source ?? ''], 'source')} />
        <Filter name="caseType" label={t('rules.caseType')} options={choices((r) => r.caseTypes, 'caseType')} />
        <Filter name="level" label={t('rules.level')} options={LEVELS.map((l) => ({ value: l, label: `${l} ${t(`level.${l}`)}` }))} />
        <Filter name="only" label={t('rules.only')} options={ONLY.map((o) => ({ value: o, label: t(`rules.only.${o}`) }))} />
        {rules !== null && (
          <Typography.Text type="secondary" className="number" role="status">
            {t('rules.count', { n: rows.length, of: rules.length })}
          </Typography.Text>
        )}
      </div>
      {failure !== null && <Failure detail={failure} retry={retry} />}
      <Table
        rowKey="id"
        size="middle"
        columns={columns}
        dataSource={rows}
        loading={rules === null && failure === null}
        pagination={{ defaultPageSize: 50, showSizeChanger: true, pageSizeOptions: [20, 50, 100, 400], hideOnSinglePage: true }}
        scroll={{ x: 1080 }}
        rowClassName="rules-row"
        onRow={(r) => ({ onClick: () => set('rule', r.id) })}
        locale={{ emptyText: <Empty description={t('list.empty')} /> }}
      />
      <RuleDrawer id={opened} rule={all.find((r) => r.id === opened) ?? null} read={rules !== null} limits={limits} facts={facts} onClose={() => set('rule', null)} />
    </>
  )
}

function withRule(search: URLSearchParams, id: string): string {
  const next = new URLSearchParams(search)
  next.set('rule', id)
  return next.toString()
}

export function Marks({ rule }: { rule: Rule }) {
  const { t } = useWording()
  return (
    <span className="rules-marks">
      {rule.source === 'memory' && <Tag color="gold" title={t('rules.memory')}>{t('source.memory')}</Tag>}
      {isManual(rule) && <Tag>{t('rules.manual')}</Tag>}
      {rule.unobservable && <Tag>{t('rules.unobservable')}</Tag>}
      {isChanged(rule) && <Tag color="blue">{t('rules.changed')}</Tag>}
      {rule.shadow !== null && <Tag color="purple">{t('rules.shadow')} {rule.shadow.fired}</Tag>}
    </span>
  )
}

/** A number that leads to what it counts. */
export function Drill({ to, n }: { to: string; n: number | null }) {
  const { t } = useWording()
  if (n === null) return <>{t('rules.dash')}</>
  if (n === 0) return <span className="number">0</span>
  return (
    <Link to={to} className="number" onClick={(e) => e.stopPropagation()}>
      {n.toLocaleString()}
    </Link>
  )
}

export function Precision({ rule }: { rule: Rule }) {
  const { t } = useWording()
  if (rule.precision === null)
    return (
      <Tooltip title={t('rules.precisionNone')}>
        <span>{t('rules.dash')}</span>
      </Tooltip>
    )
  return (
    <Tooltip title={t('rules.precisionHelp', { n: rule.decided ?? t('rules.dash') })}>
      <span className="number">{(rule.precision * 100).toFixed(1)}%</span>
    </Tooltip>
  )
}

/** `10d, 5d, 3d, 1d` → 10、5、3、1日; of mixed units each has its own. */
export function leadsOf(leads: readonly string[], t: Wording['t']): string {
  const parts = leads.flatMap((lead) => periodOf(lead) ?? [])
  const whole = parts.map((p) => t(`period.${p.unit}`, { n: p.n }))
  if (parts.length !== leads.length) return leads.join(t('explain.comma'))
  return new Set(parts.map((p) => p.unit)).size === 1 ? [...parts.slice(0, -1).map((p) => p.n), ...whole.slice(-1)].join(t('explain.comma')) : whole.join(t('explain.comma'))
}
