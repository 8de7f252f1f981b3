import { Alert, Button, Descriptions, Empty, Table, Tag, Typography } from 'antd'
import { useState } from 'react'
import type { Names } from '../../app/names'
import { useRead } from '../../api/useRead'
import { useWording } from '../../i18n/language'
import { legal } from '../../time/remaining'
import { lookers } from './lookers'
import type { Access as Answer, Allowed } from './lookers'

/** Asked for only when somebody wants to know: asking is itself a look. */
export function Access({ id, names }: { id: string; names: Names }) {
  const { t, code } = useWording()
  const [asked, ask] = useState(false)
  const { value, failure, reload } = useRead<Answer>(asked ? `/api/cases/${encodeURIComponent(id)}/access` : null)
  if (!asked || failure !== null)
    return (
      <>
        {failure !== null && <Alert type="error" showIcon title={t('app.failed', { detail: failure })} />}
        <Button size="small" onClick={() => (asked ? void reload() : ask(true))}>
          {t('access.show')}
        </Button>{' '}
        <Typography.Text type="secondary">{t('access.hint')}</Typography.Text>
      </>
    )
  if (value === null) return <Typography.Text type="secondary">{t('app.loading')}</Typography.Text>
  const unit = ({ role, unit: of }: Allowed) => (role === 'handler' ? names.prosecutor(of) : role === 'head' ? names.department(of) : names.procuratorate(of))
  const looked = lookers(value.reads)
  return (
    <div className="access">
      <Descriptions
        size="small"
        column={1}
        title={t('access.allowed')}
        items={value.allowed.map((a) => ({
          key: `${a.role} ${a.unit ?? ''}`,
          label: (
            <span>
              {code('access.role', a.role)} <Typography.Text type="secondary">{unit(a)}</Typography.Text>
            </span>
          ),
          children: a.users.length === 0 ? <Typography.Text type="secondary">{t('access.nobody')}</Typography.Text> : a.users.map((u) => <Tag key={u}>{u}</Tag>),
        }))}
      />
      <h4>{t('access.reads')}</h4>
      {looked.length === 0 ? (
        <Empty description={t('access.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      ) : (
        <Table
          rowKey="user"
          size="small"
          pagination={false}
          dataSource={looked}
          expandable={{
            expandRowByClick: true,
            expandedRowRender: (one) => (
              <ul className="access-looks">
                {value.reads.filter((r) => r.user === one.user).map((r, i) => (
                  <li key={i}>
                    <span className="number">{when(r.at)}</span> {code('access.action', r.action)}
                  </li>
                ))}
              </ul>
            ),
          }}
          columns={[
            { key: 'user', title: t('access.user'), dataIndex: 'user' },
            { key: 'times', title: t('access.times'), align: 'right', dataIndex: 'times' },
            { key: 'last', title: t('access.last'), render: (_, one) => <span className="number">{when(one.last)}</span> },
            { key: 'what', title: t('access.what'), render: (_, one) => one.actions.map((a) => code('access.action', a)).join('、') },
          ]}
        />
      )}
      <Typography.Text type="secondary">{t('access.clock', { n: value.reads.length })}</Typography.Text>
    </div>
  )
}

/** The whole instant: the log goes by the real clock, which a simulated one says nothing about. */
function when(at: string): string {
  const { date, time } = legal(Date.parse(at))
  return `${date} ${time}`
}
