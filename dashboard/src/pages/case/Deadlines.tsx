import { Table, Tag, Typography } from 'antd'
import type { Deadline, EventRef, HistoryEntry } from '../../api/types'
import { useWording } from '../../i18n/language'
import type { Wording } from '../../i18n/language'
import { Countdown } from '../../time/Countdown'
import { dueInstant } from '../../time/remaining'
import { countdown } from '../../time/wording'
import { limitKey } from './bones'
import { ProofOf } from './ProofOf'

interface Props {
  deadlines: Deadline[]
  history: HistoryEntry[]
  onShow: (event: EventRef) => void
  /** The instant that is shown, where it is not the present. */
  asOf: string | null
  /** Rows that are open, by their key. */
  opened: readonly string[]
  onOpen: (keys: string[]) => void
}

const COLOR = { running: 'blue', met: 'green', missed: 'red', stopped: 'default' } as const
const RANK = { running: 0, missed: 1, met: 2, stopped: 3 } as const

/** Running limits first, the nearest on top; each row opens its proof. */
export function Deadlines({ deadlines, history, onShow, asOf, opened, onOpen }: Props) {
  const w = useWording()
  const { t, pick } = w
  const rows = [...deadlines].sort(
    (a, b) => RANK[a.status] - RANK[b.status] || dueInstant(a.dueOn) - dueInstant(b.dueOn),
  )
  return (
    <Table
      rowKey={limitKey}
      onRow={(d) => ({ id: anchorOfLimit(d) })}
      size="small"
      pagination={false}
      dataSource={rows}
      expandable={{
        expandRowByClick: true,
        expandedRowKeys: opened,
        onExpandedRowsChange: (keys) => onOpen(keys.map(String)),
        rowExpandable: (d) => Boolean(d.proof),
        expandedRowRender: (d) => d.proof && <ProofOf deadline={d} proof={d.proof} history={history} onShow={onShow} />,
      }}
      columns={[
        {
          key: 'name',
          title: t('case.limit'),
          render: (_, d) => (
            <>
              {pick(d.name)}
              <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
                {[d.id, roundOf(d, t), d.subject === 'case' ? null : t('subject.suspect', { n: d.subject }), d.basis].filter(Boolean).join(' · ')}
              </Typography.Text>
            </>
          ),
        },
        { key: 'status', title: t('case.state'), render: (_, d) => <Tag color={COLOR[d.status]}>{t(`deadline.${d.status}`)}</Tag> },
        {
          key: 'left',
          title: t('list.left'),
          render: (_, d) => (d.status === 'running' ? asOf === null ? <Countdown due={d.dueOn} /> : <span className="number">{countdown(d.dueOn, Date.parse(asOf), w).text}</span> : <Typography.Text type="secondary" className="number">{d.endedOn && t('deadline.endedOn', { t: d.endedOn.slice(0, 10) })}</Typography.Text>),
        },
        { key: 'started', title: t('case.started'), render: (_, d) => <span className="number">{d.startedOn.slice(0, 10)}</span> },
        {
          key: 'due',
          title: t('list.due'),
          render: (_, d) => (
            <span className="number">
              {d.dueOn.slice(0, 16).replace('T', ' ')} {d.provisional && <Tag color="gold" title={t('case.provisional')}>?</Tag>}
            </span>
          ),
        },
        { key: 'clock', title: t('case.clock'), render: (_, d) => t(`clock.${d.clock}`) },
      ]}
    />
  )
}

export function anchorOfLimit(deadline: Deadline): string {
  return `limit ${limitKey(deadline)}`
}

/** Which round, from the second on, where a limit runs in rounds. */
export function roundOf(deadline: Deadline, t: Wording['t']): string | null {
  const round = /^round-(\d+)$/.exec(deadline.instance)?.[1]
  return round === undefined || round === '1' ? null : t('proof.round', { n: round })
}
