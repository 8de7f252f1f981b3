import { Card, Empty, Input, Space, Table, Tag, Typography } from 'antd'
import { useDeferredValue, useState } from 'react'
import { Link } from 'react-router'
import type { EventType, Step } from '../../api/catalogue'
import { useRead } from '../../api/useRead'
import { Failure } from '../../app/Failure'
import { useWording } from '../../i18n/language'
import { finds, folded } from './catalogue'

/** What an office can report: the event types with their fields, and the steps with the rules that wait for them. */
export function Steps() {
  const { t, pick, code } = useWording()
  const steps = useRead<{ items: Step[] }>('/api/steps')
  const events = useRead<{ items: EventType[] }>('/api/event-types')
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(query)
  const stepRows = (steps.value?.items ?? []).filter((s) => finds(asked, folded([s.code, typeof s.name === 'string' ? s.name : `${s.name?.zh ?? ''} ${s.name?.en ?? ''}`].join(' '))))
  const eventRows = (events.value?.items ?? []).filter((e) => finds(asked, folded(`${e.type} ${code('event', e.type)}`)))
  const pages = { defaultPageSize: 100, hideOnSinglePage: true }
  return (
    <>
      <div className="page-head">
        <Input.Search allowClear aria-label={t('steps.search')} placeholder={t('steps.search')} style={{ width: 280 }} value={query} onChange={(e) => setQuery(e.target.value)} />
      </div>
      <div className="steps-page">
        <Card size="small" title={t('steps.events')}>
          {events.failure !== null && <Failure detail={events.failure} retry={() => void events.reload()} />}
          <Table
            rowKey="type"
            size="small"
            dataSource={eventRows}
            loading={events.value === null && events.failure === null}
            pagination={pages}
            locale={{ emptyText: <Empty description={t('list.empty')} image={Empty.PRESENTED_IMAGE_SIMPLE} /> }}
            expandable={{ expandRowByClick: true, rowExpandable: (e) => (e.fields?.length ?? 0) > 0, expandedRowRender: (e) => <Fields type={e} /> }}
            columns={[
              { key: 'type', title: t('steps.type'), render: (_, e) => <><code>{e.type}</code> <Typography.Text type="secondary">{code('event', e.type)}</Typography.Text></> },
              { key: 'fields', title: t('steps.fields'), width: 80, align: 'right', render: (_, e) => <span className="number">{e.fields?.length ?? t('rules.dash')}</span> },
              { key: 'switch', title: t('steps.switch'), width: 150, render: (_, e) => (e.canBeSwitchedOff === undefined || e.canBeSwitchedOff === null ? t('rules.dash') : t(e.canBeSwitchedOff ? 'app.yes' : 'app.no')) },
            ]}
          />
        </Card>
        <Card size="small" title={t('steps.steps')}>
          {steps.failure !== null && <Failure detail={steps.failure} retry={() => void steps.reload()} />}
          <Table
            rowKey="code"
            size="small"
            dataSource={stepRows}
            loading={steps.value === null && steps.failure === null}
            pagination={pages}
            locale={{ emptyText: <Empty description={t('list.empty')} image={Empty.PRESENTED_IMAGE_SIMPLE} /> }}
            columns={[
              { key: 'code', title: t('steps.code'), width: 230, render: (_, s) => <code>{s.code}</code> },
              { key: 'name', title: t('steps.name'), render: (_, s) => pick(s.name) || t('rules.dash') },
              {
                key: 'rules',
                title: t('steps.rules'),
                width: 230,
                render: (_, s) =>
                  (s.rules?.length ?? 0) === 0 ? (
                    <Typography.Text type="secondary">{s.rules === undefined ? t('rules.dash') : t('steps.none')}</Typography.Text>
                  ) : (
                    <Space size={[8, 0]} wrap>
                      {s.rules?.map((id) => <Link key={id} to={`/rules?rule=${encodeURIComponent(id)}`} className="number">{id}</Link>)}
                    </Space>
                  ),
              },
            ]}
          />
        </Card>
      </div>
    </>
  )
}

function Fields({ type }: { type: EventType }) {
  const { t, code } = useWording()
  return (
    <table className="fields">
      <tbody>
        {type.fields?.map((field) => (
          <tr key={field.name}>
            <td>
              <code>{field.name}</code>
            </td>
            <td>{field.values ? field.values.join(' | ') : code('fieldType', field.type)}</td>
            <td>{field.required && <Tag color="blue">{t('steps.required')}</Tag>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
