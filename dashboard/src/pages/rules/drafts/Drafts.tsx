import { Alert, Button, Empty, Table, Tag, Tooltip, Typography } from 'antd'
import type { TableColumnsType } from 'antd'
import { useMemo } from 'react'
import { Link, useNavigate } from 'react-router'
import type { CatalogueFacts, Draft } from '../../../api/catalogue'
import { useRead } from '../../../api/useRead'
import { Failure } from '../../../app/Failure'
import { namesOf, useUnits } from '../../../app/names'
import { useMe } from '../../../app/session'
import { useWording } from '../../../i18n/language'
import { Instant } from '../../../time/Instant'
import { refusal } from './draft'
import { STATE_COLOR } from './state'

export function Drafts({ facts }: { facts: CatalogueFacts | null }) {
  const { t } = useWording()
  const navigate = useNavigate()
  const units = useUnits()
  const names = useMemo(() => namesOf(units), [units])
  const refused = refusal('edit', useMe(), null, facts)
  const drafts = useRead<{ items: Draft[] }>(refused === null ? '/api/rules/drafts' : null)
  if (refused !== null) return <Alert type="info" showIcon title={t('draft.noRight')} />

  const columns: TableColumnsType<Draft> = [
    { key: 'id', title: t('draft.id'), width: 130, render: (_, d) => <Link to={`/rules/drafts/${encodeURIComponent(d.id)}`}>{d.id}</Link> },
    { key: 'rules', title: t('draft.rules'), width: 220, render: (_, d) => d.rules.join(t('explain.comma')) || t('rules.dash') },
    { key: 'note', title: t('draft.note'), render: (_, d) => d.note ?? '' },
    { key: 'state', title: t('draft.state'), width: 110, render: (_, d) => <Tag color={STATE_COLOR[d.state]}>{t(`draft.state.${d.state}`)}</Tag> },
    { key: 'scope', title: t('draft.scope'), width: 180, render: (_, d) => (d.procuratorate === null ? t('rules.everywhere') : names.procuratorate(d.procuratorate)) },
    { key: 'editors', title: t('draft.editors'), width: 160, render: (_, d) => d.editors.join(t('explain.comma')) },
    {
      key: 'shadow',
      title: t('draft.shadow'),
      width: 150,
      render: (_, d) => (d.shadow ? <span className="number">{t('draft.shadowCount', { n: d.shadow.fired, cases: d.shadow.cases })}</span> : t('rules.dash')),
    },
    { key: 'changed', title: t('draft.changed'), width: 130, render: (_, d) => <Instant at={d.changedAt} /> },
  ]
  return (
    <>
      <div className="page-head">
        <Tooltip title={t('draft.twoPersonsShort')}>
          <Button type="primary" onClick={() => void navigate('/rules/drafts/new')}>
            {t('draft.new')}
          </Button>
        </Tooltip>
        <Typography.Text type="secondary">{t('draft.twoPersonsShort')}</Typography.Text>
      </div>
      {drafts.failure !== null && <Failure detail={drafts.failure} retry={() => void drafts.reload()} />}
      <Table
        rowKey="id"
        size="middle"
        columns={columns}
        dataSource={drafts.value?.items ?? []}
        loading={drafts.value === null && drafts.failure === null}
        pagination={{ defaultPageSize: 50, hideOnSinglePage: true }}
        scroll={{ x: 1100 }}
        locale={{ emptyText: <Empty description={t('draft.none')} /> }}
      />
    </>
  )
}
