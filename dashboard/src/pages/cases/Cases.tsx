import { Button, DatePicker, Table, Typography } from 'antd'
import dayjs from 'dayjs'
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { CaseRow, FeedItem } from '../../api/types'
import { Failure } from '../../app/Failure'
import { Filter } from '../../app/Filter'
import { useFilters } from '../../app/filters'
import { Nothing } from '../../app/Nothing'
import { namesOf, useStageNames, useUnits } from '../../app/names'
import { listScope } from '../../app/scope'
import { useMe } from '../../app/session'
import { below } from '../../app/subtree'
import { useWording } from '../../i18n/language'
import { LEVELS } from '../../law/levels'
import { useList } from '../../live/useList'
import { caseColumns, ownerColumns } from './columns'
import { belongs, CASE_FILTERS, queryOf } from './filter'

export default function Cases() {
  const me = useMe()
  const wording = useWording()
  const { t } = wording
  const units = useUnits()
  const stage = useStageNames()
  const names = useMemo(() => namesOf(units), [units])
  const filters = useFilters(CASE_FILTERS)
  const key = JSON.stringify(filters)
  const offices = useMemo(() => below(units, filters.under), [units, filters.under])
  const read = useCallback(
    (item: FeedItem) =>
      item.kind === 'case'
        ? { row: item.payload, belongs: belongs(item.payload, JSON.parse(key) as typeof filters, offices ?? undefined) }
        : undefined,
    [key, offices],
  )
  const list = useList<CaseRow>({ path: '/api/cases', query: queryOf(filters), scope: offices === null ? null : listScope(me), read })

  return (
    <>
      <div className="page-head">
        <Typography.Title level={4}>{t('nav.cases')}</Typography.Title>
        <Filter
          name="open"
          label={t('case.state')}
          options={[
            { value: 'true', label: t('list.open') },
            { value: 'false', label: t('list.closed') },
          ]}
        />
        <Filter
          name="assigned"
          label={t('list.assigned')}
          options={[
            { value: 'true', label: t('list.isAssigned') },
            { value: 'false', label: t('board.unassigned') },
          ]}
        />
        <Filter name="level" label={t('list.light')} options={LEVELS.map((l) => ({ value: l, label: `${l} ${t(`level.${l}`)}` }))} />
        {(units?.procuratorates.length ?? 0) > 1 && (
          <Filter name="under" label={t('board.units')} options={(units?.procuratorates ?? []).map((p) => ({ value: p.code, label: p.name }))} />
        )}
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
        <DueBefore />
      </div>
      {list.failure !== null && <Failure detail={list.failure} retry={list.reload} />}
      <Table
        rowKey="id"
        size="middle"
        columns={[...caseColumns(wording, stage), ...ownerColumns(wording, names)]}
        dataSource={list.rows}
        loading={list.loading}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Nothing what="list.empty" hint="empty.cases" filters={CASE_FILTERS} /> }}
      />
      {list.more && (
        <Button className="page-more" onClick={list.more}>
          {t('app.more')}
        </Button>
      )}
    </>
  )
}

function DueBefore() {
  const { t } = useWording()
  const [search, setSearch] = useSearchParams()
  const value = search.get('dueBefore')
  return (
    <DatePicker
      placeholder={t('list.dueBefore')}
      value={value === null ? null : dayjs(value)}
      onChange={(day) =>
        setSearch((old) => {
          const next = new URLSearchParams(old)
          next.delete('dueAfter')
          if (day) next.set('dueBefore', day.format('YYYY-MM-DD'))
          else next.delete('dueBefore')
          return next
        })
      }
    />
  )
}
