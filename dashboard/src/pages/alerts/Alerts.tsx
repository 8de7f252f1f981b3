import { Button, DatePicker, Dropdown, Flex, Input, Select, Spin, Typography } from 'antd'
import dayjs from 'dayjs'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { ActBar } from '../../acting/ActBar'
import { MOST_AT_ONCE } from '../../acting/acts'
import { useHeld } from '../../acting/held'
import type { Alert } from '../../api/types'
import { Failure } from '../../app/Failure'
import { Filter } from '../../app/Filter'
import { useFilters } from '../../app/filters'
import { Nothing } from '../../app/Nothing'
import { namesOf, useRuleList, useRuleNames, useUnits } from '../../app/names'
import { listScope } from '../../app/scope'
import { useMe } from '../../app/session'
import { below } from '../../app/subtree'
import { useWording } from '../../i18n/language'
import { LEVELS } from '../../law/levels'
import { AlertDrawer } from './AlertDrawer'
import { arrange, GROUPS, isGroup, isSort, SORTS } from './arrange'
import type { Group, GroupItem } from './arrange'
import { DepartmentAlerts } from './DepartmentAlerts'
import { ALERT_FILTERS, exportPath } from './filter'
import { Grid } from './Grid'
import { useAlerts } from './useAlerts'
import { ViewTabs } from './ViewTabs'
import './alerts.css'

const STATUSES = ['open', 'acknowledged', 'noticed', 'replied', 'closed', 'dismissed'] as const
/** The categories of the catalogue; one that is not among them can still be asked for in the address. */
const CATEGORIES = ['期限', '强制措施', '诉讼权利', '程序', '文书', '案卡填录', '涉案财物', '信息公开', '数据质量', '分案']
const NOBODY: ReadonlySet<string> = new Set()

export default function Alerts() {
  const me = useMe()
  const { t, pick, language } = useWording()
  const units = useUnits()
  const ruleName = useRuleNames()
  const rules = useRuleList()
  const names = useMemo(() => namesOf(units), [units])
  const [search, setSearch] = useSearchParams()
  const filters = useFilters(ALERT_FILTERS)
  const offices = useMemo(() => below(units, filters.under), [units, filters.under])
  const list = useAlerts(filters, offices, listScope(me))
  const sort = search.get('sort')
  const group = search.get('group')
  const by = isGroup(group) ? group : null
  const order = isSort(sort) ? sort : 'raised'

  // Who only comes for the alerts comes for the open ones.
  useEffect(() => {
    if (search.size === 0) setSearch('open=true', { replace: true })
  }, [search, setSearch])

  const [opened, open] = useState<string | null>(null)
  const [folds, fold] = useState<{ by: Group | null; values: ReadonlySet<string> }>({ by: null, values: NOBODY })
  const folded = folds.by === by ? folds.values : NOBODY
  const onFold = (value: string) => {
    const values = new Set(folded)
    if (!values.delete(value)) values.add(value)
    fold({ by, values })
  }

  // While something is chosen the rows stand still, so that a click meets the row it was meant for; what changed is seen in them all the same.
  const [choice, hold] = useState<{ key: string; ids: ReadonlySet<string>; alerts: readonly Alert[] } | null>(null)
  const choosing = choice?.key === list.key ? choice : null
  const base = choosing?.alerts ?? list.alerts
  const items = useMemo(() => arrange(base, order, by, folded), [base, order, by, folded])
  const current = useMemo(() => new Map(list.alerts.map((a) => [a.id, a])), [list.alerts])
  const chosen = choosing?.ids ?? NOBODY
  const chosenAlerts = useMemo(() => (choosing === null ? [] : choosing.alerts.filter((a) => choosing.ids.has(a.id)).map((a) => current.get(a.id) ?? a)), [choosing, current])
  const waiting = choosing === null ? 0 : list.alerts.length - choosing.alerts.filter((a) => current.has(a.id)).length

  const last = useRef<string | null>(null)
  const { key, alerts } = list
  const choose = useCallback(
    (ids: readonly string[], on: boolean, upTo: boolean) => {
      const order = items.flatMap((i) => (i.kind === 'row' ? [i.alert.id] : []))
      const [from, to] = [order.indexOf(last.current ?? ''), order.indexOf(ids[0] ?? '')]
      const meant = upTo && from >= 0 && to >= 0 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : ids
      last.current = ids[0] ?? null
      hold((old) => {
        const before = old?.key === key ? old : null
        const next = new Set(before?.ids)
        for (const id of meant) {
          if (!on) next.delete(id)
          else if (next.size < MOST_AT_ONCE) next.add(id)
        }
        return next.size === 0 ? null : { key, ids: next, alerts: before?.alerts ?? alerts }
      })
    },
    [items, key, alerts],
  )
  const held = useHeld()
  const heldIds = useMemo(() => new Set(held.flatMap((h) => h.ids)), [held])

  const set = (name: string, value: string | null) =>
    setSearch((old) => {
      const next = new URLSearchParams(old)
      if (value === null || value === '') next.delete(name)
      else next.set(name, value)
      return next
    })
  const nameOf = useCallback(
    (item: GroupItem) => {
      if (item.value === '') return t('room.nobody')
      if (by === 'case') return `${item.first.caseName ?? ''} ${item.value}`.trim()
      if (by === 'rule') return `${item.value} ${pick(ruleName(item.first))}`
      if (by === 'department') return names.department(item.value)
      if (by === 'prosecutor') return names.prosecutor(item.value)
      return `${item.value} ${t(`level.${item.first.level}`)}`
    },
    [by, names, ruleName, pick, t],
  )
  const openedAlert = opened === null ? null : (current.get(opened) ?? base.find((a) => a.id === opened) ?? null)

  return (
    <div className="alerts">
      <ViewTabs />
      <div className="page-head">
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
        {(units?.procuratorates.length ?? 0) > 1 && (
          <Filter name="procuratorate" label={t('room.procuratorate')} options={(units?.procuratorates ?? []).map((p) => ({ value: p.code, label: p.name }))} />
        )}
        {(units?.procuratorates.length ?? 0) > 1 && (
          <Filter name="under" label={t('board.units')} options={(units?.procuratorates ?? []).map((p) => ({ value: p.code, label: p.name }))} />
        )}
        <Filter name="department" label={t('list.department')} options={(units?.departments ?? []).map((d) => ({ value: d.id, label: d.name }))} />
        <Filter name="prosecutor" label={t('list.prosecutor')} options={(units?.prosecutors ?? []).map((p) => ({ value: p.id, label: p.name }))} />
        <DatePicker
          aria-label={t('list.dueBefore')}
          placeholder={t('list.dueBefore')}
          value={filters.dueBefore === null ? null : dayjs(filters.dueBefore)}
          onChange={(day) => set('dueBefore', (day)?.format('YYYY-MM-DD') ?? null)}
        />
        <Input.Search
          key={filters.case ?? ''}
          className="alerts-case"
          allowClear
          aria-label={t('room.case')}
          placeholder={t('room.case')}
          defaultValue={filters.case ?? ''}
          maxLength={128}
          onSearch={(value) => set('case', value.trim())}
        />
      </div>
      <DepartmentAlerts names={names} />
      <Flex className="alerts-line" align="center" gap={12} wrap>
        <Typography.Text strong aria-live="polite">
          {list.loading ? t('app.loading') : t(list.complete ? 'room.count' : 'room.counting', { n: list.alerts.length })}
        </Typography.Text>
        {!list.loading && !list.complete && !list.truncated && list.failure === null && <Spin size="small" />}
        {list.truncated && <Typography.Text type="warning">{t('room.truncated')}</Typography.Text>}
        <span className="alerts-gap" />
        <Select
          aria-label={t('room.group')}
          value={by ?? ''}
          onChange={(value) => set('group', value)}
          popupMatchSelectWidth={false}
          options={[{ value: '', label: t('room.noGroup') }, ...GROUPS.map((g) => ({ value: g, label: t(`room.group.${g}`) }))]}
        />
        <Select
          aria-label={t('room.sort')}
          value={order}
          onChange={(value) => set('sort', value === 'raised' ? null : value)}
          popupMatchSelectWidth={false}
          options={SORTS.map((s) => ({ value: s, label: t(`room.sort.${s}`) }))}
        />
        <Button
          disabled={items.length === 0}
          onClick={() => choose(items.flatMap((i) => (i.kind === 'row' ? [i.alert.id] : i.ids)).slice(0, MOST_AT_ONCE), true, false)}
        >
          {t('room.chooseAll')}
        </Button>
        <Dropdown
          menu={{
            items: (['xlsx', 'csv'] as const).map((extension) => ({
              key: extension,
              label: (
                <a href={exportPath(filters, extension, language)} download>
                  {t(`room.export.${extension}`)}
                </a>
              ),
            })),
          }}
        >
          <Button>{t('room.export')}</Button>
        </Dropdown>
      </Flex>
      {list.failure !== null && <Failure detail={list.failure} retry={list.again} />}
      {chosenAlerts.length > 0 && (
        <Flex className="alerts-chosen" align="center" gap={12} wrap role="toolbar" aria-label={t('act.chosen', { n: chosenAlerts.length })}>
          <Typography.Text strong>{t('act.chosen', { n: chosenAlerts.length })}</Typography.Text>
          {chosenAlerts.length >= MOST_AT_ONCE && <Typography.Text type="secondary">{t('room.most', { n: MOST_AT_ONCE })}</Typography.Text>}
          <ActBar alerts={chosenAlerts} hold done={() => hold(null)} />
          <Button type="link" onClick={() => hold(null)}>
            {t('act.clear')}
          </Button>
          {waiting > 0 && <Typography.Text type="secondary">{t('room.waiting', { n: waiting })}</Typography.Text>}
        </Flex>
      )}
      {items.length === 0 && !list.loading && list.failure === null ? (
        <Nothing what="list.empty" hint="empty.alerts" filters={ALERT_FILTERS} />
      ) : (
        <Grid
          items={items}
          current={current}
          chosen={chosen}
          held={heldIds}
          folded={folded}
          names={names}
          ruleName={ruleName}
          nameOf={nameOf}
          onChoose={choose}
          onFold={onFold}
          onOpen={open}
        />
      )}
      <AlertDrawer alert={openedAlert} names={names} ruleName={ruleName} close={() => open(null)} />
    </div>
  )
}
