import { Alert, Card, Table, Typography } from 'antd'
import { useCallback } from 'react'
import type { Queue as Waiting } from '../../api/record'
import type { FeedItem } from '../../api/types'
import { useRead } from '../../api/useRead'
import type { Names } from '../../app/names'
import { useWording } from '../../i18n/language'
import { useFeedItems } from '../../live/useFeed'
import { useLegalNow } from '../../time/clock'
import { Instant } from '../../time/Instant'
import { remaining, shortInstant } from '../../time/remaining'
import { span } from '../../time/wording'
import { CaseLink } from '../cases/columns'

/** The cases that wait for a prosecutor, and for each person why not. */
export function Queue({ department, names }: { department: string; names: Names }) {
  const w = useWording()
  const { t, pick, code } = w
  const now = useLegalNow()
  const { value, failure, reload } = useRead<Waiting>(`/api/departments/${encodeURIComponent(department)}/queue`)
  const onItems = useCallback(
    (items: FeedItem[]) => {
      if (items.some((i) => i.kind === 'workload' || i.kind === 'assignment')) void reload()
    },
    [reload],
  )
  const onSnapshot = useCallback(() => void reload(), [reload])
  useFeedItems(`department:${department}`, onItems, onSnapshot)

  return (
    <Card size="small" title={t('queue.title')} extra={value !== null && value.total > 0 ? <span className="number">{value.total}</span> : null}>
      {failure !== null && <Alert type="error" showIcon title={t('app.failed', { detail: failure })} />}
      {value !== null && value.cases.length === 0 && <Typography.Text type="secondary">{t('queue.none')}</Typography.Text>}
      {value !== null && value.cases.length > 0 && (
        <>
          <Typography.Text type="secondary">
            {t('queue.hint', { at: shortInstant(value.drawnAgainAt, now) })}
            {value.total > value.cases.length && ` ${t('queue.more', { n: value.total, m: value.cases.length })}`}
          </Typography.Text>
          <Table
            rowKey="case"
            size="small"
            pagination={value.cases.length > 10 ? { pageSize: 10, size: 'small' } : false}
            dataSource={value.cases}
            expandable={{
              defaultExpandAllRows: value.cases.length <= 3,
              expandRowByClick: true,
              expandedRowRender: (c) => (
                <>
                  {c.eligible.length > 0 && <Typography.Paragraph>{t('queue.eligible', { names: c.eligible.map(names.prosecutor).join('、') })}</Typography.Paragraph>}
                  <Table
                    rowKey="prosecutor"
                    size="small"
                    pagination={false}
                    dataSource={c.excluded}
                    locale={{ emptyText: pick(c.message) }}
                    columns={[
                      { key: 'who', title: t('queue.person'), render: (_, e) => e.name ?? names.prosecutor(e.prosecutor) },
                      { key: 'why', title: t('queue.reason'), render: (_, e) => pick(e.message) },
                    ]}
                  />
                </>
              ),
            }}
            columns={[
              {
                key: 'case',
                title: t('list.case'),
                render: (_, c) => (
                  <>
                    <CaseLink id={c.case} name={null} />
                    <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
                      {code('caseType', c.caseType)} · {pick(c.message)}
                    </Typography.Text>
                  </>
                ),
              },
              { key: 'since', title: t('queue.since'), width: 110, render: (_, c) => <Instant at={c.since} /> },
              { key: 'waited', title: t('queue.waited'), width: 110, render: (_, c) => (c.since === null ? null : span(remaining(Date.parse(c.since), now), w)) },
              { key: 'weight', title: t('queue.weight'), width: 70, align: 'right', render: (_, c) => <span className="number">{c.weight.toFixed(1)}</span> },
            ]}
          />
        </>
      )}
    </Card>
  )
}
