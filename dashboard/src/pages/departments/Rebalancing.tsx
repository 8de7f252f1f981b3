import { Alert, App, Button, Card, DatePicker, Flex, Input, InputNumber, Select, Switch, Table, Typography } from 'antd'
import dayjs from 'dayjs'
import { useRef, useState } from 'react'
import { messageOf, post } from '../../api/client'
import type { KeptCase, Move, MoveResult, Proposal } from '../../api/rebalancing'
import type { Workload } from '../../api/types'
import type { Names } from '../../app/names'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { legalNow } from '../../time/clock'
import { Instant } from '../../time/Instant'
import { legal } from '../../time/remaining'
import { CaseLink } from '../cases/columns'
import { Loads } from './Loads'

interface Props {
  department: string
  workload: Workload | null
  names: Names
}

/** Days that somebody ill is away unless said otherwise. */
const USUAL_ABSENCE = 14

/** A proposal which cases to give to whom, as things are or as they might be, and accepting it. */
export function Rebalancing({ department, workload, names }: Props) {
  const { t } = useWording()
  const [leaving, setLeaving] = useState<string[]>([])
  const [from, setFrom] = useState<string | null>(null)
  const [away, setAway] = useState<string[]>([])
  const [until, setUntil] = useState(() => dayjs(legal(legalNow()).date).add(USUAL_ABSENCE, 'day').format('YYYY-MM-DD'))
  const [mostMoves, setMostMoves] = useState(20)
  const [keepDays, setKeepDays] = useState(7)
  const [begun, setBegun] = useState(false)
  const [proposal, setProposal] = useState<(Proposal & { if: WhatIf | null }) | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const path = `/api/departments/${encodeURIComponent(department)}/rebalancing`
  const people = (workload?.prosecutors ?? []).map((p) => ({ value: p.id, label: p.name }))

  async function propose() {
    setBusy(true)
    try {
      const later = leaving.length > 0 ? from : null
      const answer = (await post(path, { leaving, away: away.map((prosecutor) => ({ prosecutor, until })), mostMoves, keepDays, begun, from: later })) as Proposal
      setProposal({ ...answer, if: leaving.length > 0 ? { from: later } : null })
      setFailure(null)
    } catch (error) {
      setFailure(messageOf(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Card size="small" title={t('rebalancing.title')} className="rebalancing">
      <Typography.Text type="secondary">{t('rebalancing.hint')}</Typography.Text>
      <Flex wrap gap={12} align="end">
        <label>
          {t('rebalancing.leaving')}
          <Select mode="multiple" value={leaving} options={people} onChange={setLeaving} />
        </label>
        {leaving.length > 0 && (
          <label>
            {t('rebalancing.leavingFrom')}
            <DatePicker
              value={from === null ? null : dayjs(from)}
              minDate={dayjs(legal(legalNow()).date)}
              maxDate={dayjs(legal(legalNow()).date).add(365, 'day')}
              onChange={(day) => setFrom(day?.format('YYYY-MM-DD') ?? null)}
            />
          </label>
        )}
        <label>
          {t('rebalancing.away')}
          <Select mode="multiple" value={away} options={people.filter((p) => !leaving.includes(p.value))} onChange={setAway} />
        </label>
        {away.length > 0 && (
          <label>
            {t('rebalancing.until')}
            <DatePicker allowClear={false} value={dayjs(until)} onChange={(day) => day && setUntil(day.format('YYYY-MM-DD'))} />
          </label>
        )}
        <label>
          {t('rebalancing.moves')}
          <InputNumber min={0} max={500} value={mostMoves} onChange={(n) => setMostMoves(n ?? 0)} />
        </label>
        <label>
          {t('rebalancing.keep')}
          <InputNumber min={0} max={365} value={keepDays} onChange={(n) => setKeepDays(n ?? 0)} />
        </label>
        <label>
          {t('rebalancing.begun')}
          <Switch checked={begun} onChange={setBegun} />
        </label>
        <Button type="primary" loading={busy} onClick={() => void propose()}>
          {t('rebalancing.propose')}
        </Button>
      </Flex>
      {failure !== null && <Alert type="error" showIcon title={t('app.failed', { detail: failure })} />}
      {proposal && <Proposed key={proposal.asOf} path={path} proposal={proposal} names={names} again={propose} />}
    </Card>
  )
}

/** Somebody would leave: from a day on, or now. */
interface WhatIf {
  from: string | null
}

function Proposed({ path, proposal, names, again }: { path: string; proposal: Proposal & { if: WhatIf | null }; names: Names; again: () => Promise<void> }) {
  const { t, code } = useWording()
  const { message } = App.useApp()
  const me = useMe()
  const [chosen, setChosen] = useState(() => proposal.moves.map((m) => m.case))
  const [reason, setReason] = useState('')
  const [approvedBy, setApprovedBy] = useState('')
  const [busy, setBusy] = useState(false)
  const [left, setLeft] = useState<MoveResult[]>([])
  // The same for a click that is repeated because nobody knows whether the first arrived.
  const key = useRef(crypto.randomUUID())
  const leavers = proposal.loads.filter((l) => l.leaves)
  const stay = proposal.loads.filter((l) => !l.leaves)
  // As it would be on a later day: nothing of it can be done today.
  const later = proposal.if !== null && proposal.if.from !== null && proposal.if.from > legal(legalNow()).date
  const may = !later && me.roles.some((role) => role === 'head' || role === 'monitor' || role === 'leader')
  const words = (c: KeptCase[], why: KeptCase['reason']) => c.filter((k) => k.reason === why).length

  async function accept() {
    setBusy(true)
    try {
      const moves = proposal.moves.filter((m) => chosen.includes(m.case)).map(({ case: id, from, to }) => ({ case: id, from, to }))
      const { results } = (await post(`${path}/accept`, { moves, reason, approvedBy }, key.current)) as { results: MoveResult[] }
      const refused = results.filter((r) => r.status !== 'reassigned' && r.status !== 'unchanged')
      void message.success(t('rebalancing.done', { n: results.length - refused.length }))
      if (refused.length > 0) setLeft(refused)
      else await again()
    } catch (error) {
      void message.error(t('app.failed', { detail: messageOf(error) }))
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      {proposal.if !== null && (
        <Alert
          type="info"
          showIcon
          title={t('rebalancing.whatIf', {
            names: leavers.map((l) => names.prosecutor(l.prosecutor)).join('、'),
            from: proposal.if.from ?? t('rebalancing.now'),
            n: proposal.moves.length,
            m: stay.length,
            most: Math.max(0, ...stay.map((l) => l.after)).toFixed(1),
          })}
        />
      )}
      <Loads before={proposal.before} after={proposal.after} handover={proposal.handover} loads={proposal.loads} names={names} />
      {proposal.stranded.length > 0 && (
        <Alert type="warning" showIcon title={t('rebalancing.stranded', { n: proposal.stranded.length, cases: proposal.stranded.map((s) => s.case).join('、') })} />
      )}
      {left.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('rebalancing.some', {
            n: left.length,
            cases: left.map((r) => `${r.case} ${t(`rebalancing.status.${r.status}`)}${r.obstacle === null ? '' : ` (${code('excluded', r.obstacle)})`}`).join('、'),
          })}
        />
      )}
      {proposal.moves.length === 0 ? (
        <Typography.Text>{t('rebalancing.none')}</Typography.Text>
      ) : (
        <Table<Move>
          rowKey="case"
          size="small"
          pagination={proposal.moves.length > 20 ? { pageSize: 20, size: 'small' } : false}
          dataSource={proposal.moves}
          {...(later ? {} : { rowSelection: { selectedRowKeys: chosen, onChange: (keys: React.Key[]) => setChosen(keys.map(String)) } })}
          columns={[
            { key: 'case', title: t('list.case'), render: (_, m) => <CaseLink id={m.case} name={null} /> },
            { key: 'from', title: t('rebalancing.from'), render: (_, m) => names.prosecutor(m.from) },
            { key: 'to', title: t('rebalancing.to'), render: (_, m) => names.prosecutor(m.to) },
            { key: 'why', title: t('rebalancing.why'), render: (_, m) => t(`rebalancing.why.${m.reason}`) },
            { key: 'weight', title: t('rebalancing.weight'), align: 'right', render: (_, m) => m.weight.toFixed(2) },
            { key: 'handover', title: t('rebalancing.handover'), align: 'right', render: (_, m) => m.handover.toFixed(2) },
            { key: 'due', title: t('rebalancing.due'), render: (_, m) => m.nextDue !== null && <Instant at={m.nextDue} /> },
          ]}
        />
      )}
      {proposal.kept.length > 0 && (
        <Typography.Text type="secondary">
          {t('rebalancing.kept', { n: proposal.kept.length, near: words(proposal.kept, 'near-deadline'), begun: words(proposal.kept, 'interrogated') })}
        </Typography.Text>
      )}
      {may && proposal.moves.length > 0 && (
        <Flex wrap gap={12} align="end">
          <label>
            {t('rebalancing.reason')}
            <Input maxLength={200} value={reason} onChange={(e) => setReason(e.target.value)} />
          </label>
          <label>
            {t('rebalancing.approvedBy')}
            <Input maxLength={200} value={approvedBy} onChange={(e) => setApprovedBy(e.target.value)} />
          </label>
          <Button type="primary" loading={busy} disabled={chosen.length === 0 || reason.trim() === '' || approvedBy.trim() === ''} onClick={() => void accept()}>
            {t('rebalancing.accept', { n: chosen.length })}
          </Button>
        </Flex>
      )}
    </>
  )
}
