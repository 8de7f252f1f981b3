import { Button, Steps, Table, Tag, Typography } from 'antd'
import type { Deadline, EventRef } from '../../api/types'
import { useWording } from '../../i18n/language'
import { Countdown } from '../../time/Countdown'
import { dueInstant } from '../../time/remaining'

interface Props {
  deadlines: Deadline[]
  onShow: (event: EventRef) => void
}

const COLOR = { running: 'blue', met: 'green', missed: 'red', stopped: 'default' } as const
const RANK = { running: 0, missed: 1, met: 2, stopped: 3 } as const

/** Running limits first, the nearest on top; each row opens its proof. */
export function Deadlines({ deadlines, onShow }: Props) {
  const { t, pick } = useWording()
  const rows = [...deadlines].sort(
    (a, b) => RANK[a.status] - RANK[b.status] || dueInstant(a.dueOn) - dueInstant(b.dueOn),
  )
  return (
    <Table
      rowKey={(d) => `${d.id} ${d.instance} ${d.subject}`}
      size="small"
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={rows}
      expandable={{
        expandRowByClick: true,
        rowExpandable: (d) => Boolean(d.proof),
        expandedRowRender: (d) => <ProofOf deadline={d} onShow={onShow} />,
      }}
      columns={[
        {
          key: 'name',
          title: t('case.limit'),
          render: (_, d) => (
            <>
              {pick(d.name)}
              <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
                {[d.id, d.subject === 'case' ? null : t('subject.suspect', { n: d.subject }), d.basis].filter(Boolean).join(' · ')}
              </Typography.Text>
            </>
          ),
        },
        { key: 'status', title: t('case.state'), render: (_, d) => <Tag color={COLOR[d.status]}>{t(`deadline.${d.status}`)}</Tag> },
        {
          key: 'left',
          title: t('list.left'),
          render: (_, d) => (d.status === 'running' ? <Countdown due={d.dueOn} /> : <span className="number">{d.endedOn?.slice(0, 10)}</span>),
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

/** Every counted step, so that a reader can check the date with a calendar and the article in hand. */
function ProofOf({ deadline, onShow }: { deadline: Deadline; onShow: (event: EventRef) => void }) {
  const { t, pick } = useWording()
  const { proof } = deadline
  if (!proof) return null
  const { trigger } = proof
  return (
    <div className="proof">
      <Typography.Paragraph strong>{pick(proof.article)}</Typography.Paragraph>
      {trigger && (
        <Typography.Paragraph>
          {t('case.trigger')}
          <Button type="link" size="small" onClick={() => onShow(trigger)}>
            {trigger.id}
          </Button>
        </Typography.Paragraph>
      )}
      <Steps
        orientation="vertical"
        type="dot"
        size="small"
        current={proof.steps.length}
        items={proof.steps.map((step) => ({
          title: pick(step.text),
          content: (
            <span className="number">
              {[[step.from, step.to].filter(Boolean).join(' → '), step.days === null ? '' : t('case.days', { n: step.days })]
                .filter(Boolean)
                .join(' · ')}
            </span>
          ),
        }))}
      />
      <Typography.Text type="secondary">
        {[
          deadline.computedOn === deadline.dueOn ? null : `${t('case.computed')} ${deadline.computedOn}`,
          deadline.extendedBy.length > 0 ? `${t('case.extended')} ${deadline.extendedBy.join(' + ')}` : null,
          `${t('case.calendar')} ${proof.calendar}`,
          deadline.provisional ? t('case.provisional') : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography.Text>
    </div>
  )
}
