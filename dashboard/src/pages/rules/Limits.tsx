import { Empty, Input, Table, Tag, Typography } from 'antd'
import type { TableColumnsType } from 'antd'
import { useDeferredValue, useMemo, useState } from 'react'
import type { Limit } from '../../api/catalogue'
import type { Text } from '../../api/types'
import { Failure } from '../../app/Failure'
import { Filter } from '../../app/Filter'
import { useFilters } from '../../app/filters'
import { useWording } from '../../i18n/language'
import { finds, folded, periodOf } from './catalogue'

const both = (text: Text | string | null | undefined): string => (typeof text === 'string' ? text : text ? `${text.zh}\n${text.en}` : '')

/** All statutory limits, each with its article. */
export function Limits({ limits, failure, retry }: { limits: Limit[] | null; failure: string | null; retry: () => void }) {
  const { t, pick, code } = useWording()
  const { clock, source, caseType } = useFilters(['clock', 'source', 'caseType'])
  // Whoever comes from a search finds the limit that was looked for.
  const { q } = useFilters(['q'])
  const [query, setQuery] = useState(q ?? '')
  const asked = useDeferredValue(query)
  const rows = useMemo(
    () =>
      (limits ?? []).filter(
        (l) =>
          (clock === null || l.clock === clock) &&
          (source === null || l.source === source) &&
          (caseType === null || (l.runs !== false && ((l.caseTypes ?? []).length === 0 || (l.caseTypes ?? []).includes(caseType)))) &&
          finds(asked, folded([l.id, both(l.name), both(l.start), both(l.article), l.basis ?? ''].join('\n'))),
      ),
    [limits, clock, source, caseType, asked],
  )
  const period = (text: string) => {
    const parts = periodOf(text)
    return parts === null ? text : t(`period.${parts.unit}`, { n: parts.n })
  }
  const periods = (texts: readonly string[] | undefined) => (texts ?? []).map(period).join(t('explain.comma'))
  const occurring = (read: (l: Limit) => readonly (string | null | undefined)[], prefix: string) =>
    [...new Set((limits ?? []).flatMap((l) => read(l)))].filter((v): v is string => Boolean(v)).map((value) => ({ value, label: code(prefix, value) }))

  const typesOf = (l: Limit) =>
    l.runs === false ? t('limits.notRun') : l.caseTypes === undefined ? t('rules.dash') : l.caseTypes.map((c) => code('caseType', c)).join(t('explain.comma')) || t('rules.allTypes')

  const columns: TableColumnsType<Limit> = [
    { key: 'id', title: t('rules.id'), width: 84, render: (_, l) => <span className="number">{l.id}</span> },
    {
      key: 'name',
      title: t('rules.name'),
      render: (_, l) => (
        <>
          {pick(l.name)} {l.source === 'memory' && <Tag color="gold" title={t('rules.memory')}>{t('source.memory')}</Tag>}
        </>
      ),
    },
    { key: 'start', title: t('limits.start'), width: 260, render: (_, l) => pick(l.start) || t('rules.dash') },
    {
      key: 'length',
      title: t('limits.length'),
      width: 170,
      render: (_, l) =>
        l.notComputable ? (
          <Tag>{t('limits.notComputable')}</Tag>
        ) : (
          <>
            {l.before ? t('limits.before', { n: period(l.before) }) : l.length ? period(l.length) : t('rules.dash')}
            {(l.variants?.length ?? 0) > 0 && (
              <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
                {t('limits.variants', { n: periods(l.variants) })}
              </Typography.Text>
            )}
          </>
        ),
    },
    { key: 'extensions', title: t('limits.extensions'), width: 110, render: (_, l) => periods(l.extensions) || t('rules.dash') },
    { key: 'clock', title: t('limits.clock'), width: 110, render: (_, l) => (l.clock ? code('clock', l.clock) : t('rules.dash')) },
    { key: 'leads', title: t('rules.leads'), width: 120, render: (_, l) => periods(l.leads) || t('rules.dash') },
    { key: 'basis', title: t('rules.basis'), width: 180, render: (_, l) => l.basis ?? t('rules.dash') },
    { key: 'types', title: t('rules.caseType'), width: 190, render: (_, l) => typesOf(l) },
  ]
  return (
    <>
      <div className="page-head">
        <Input.Search allowClear aria-label={t('limits.search')} placeholder={t('limits.search')} style={{ width: 280 }} value={query} onChange={(e) => setQuery(e.target.value)} />
        <Filter name="clock" label={t('limits.clock')} options={occurring((l) => [l.clock], 'clock')} />
        <Filter name="source" label={t('rules.source')} options={occurring((l) => [l.source], 'source')} />
        <Filter name="caseType" label={t('rules.caseType')} options={occurring((l) => l.caseTypes ?? [], 'caseType')} />
        {limits !== null && (
          <Typography.Text type="secondary" className="number" role="status">
            {t('rules.count', { n: rows.length, of: limits.length })}
          </Typography.Text>
        )}
      </div>
      {failure !== null && <Failure detail={failure} retry={retry} />}
      <Table
        rowKey="id"
        size="middle"
        columns={columns}
        dataSource={rows}
        loading={limits === null && failure === null}
        pagination={{ defaultPageSize: 50, showSizeChanger: true, pageSizeOptions: [20, 50, 200], hideOnSinglePage: true }}
        scroll={{ x: 1280 }}
        expandable={{ expandRowByClick: true, expandedRowRender: (l) => <Article limit={l} /> }}
        locale={{ emptyText: <Empty description={t('list.empty')} /> }}
      />
    </>
  )
}

function Article({ limit }: { limit: Limit }) {
  const { t, pick } = useWording()
  const missing = typeof limit.notComputable === 'boolean' ? null : limit.notComputable
  return (
    <div className="limit-article">
      <p>{pick(limit.article) || t('rules.dash')}</p>
      {missing ? <p>{t('limits.notComputable')}: {pick(missing)}</p> : null}
      {limit.note ? <p>{t('limits.note')}: {pick(limit.note)}</p> : null}
      <Typography.Text type="secondary">
        {[
          limit.source ? t(limit.source === 'memory' ? 'rules.memory' : 'rules.read') : null,
          limit.effectiveFrom ? t('rules.from', { t: limit.effectiveFrom }) : null,
          limit.effectiveUntil ? t('rules.until', { t: limit.effectiveUntil }) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography.Text>
    </div>
  )
}
