import { Alert, Card, DatePicker, Descriptions, Empty, Table, Typography } from 'antd'
import dayjs from 'dayjs'
import { useCallback, useEffect, useState } from 'react'
import { get } from '../../api/client'
import type { DrawDay, FeedItem } from '../../api/types'
import type { Names } from '../../app/names'
import { useWording } from '../../i18n/language'
import { useFeedItems } from '../../live/useFeed'
import { legalNow } from '../../time/clock'
import { legal } from '../../time/remaining'
import { CaseLink } from '../cases/columns'
import { canVerify, verify } from './verify'
import type { Verdict } from './verify'

interface Props {
  department: string
  names: Names
}

/** The day that a link names, where it names one. */
const dayIn = (text: string | null) => (text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null)

/** The draws of one day, each explained, and recomputed here as soon as the day's secret is public. */
export function Draws({ department, names }: Props) {
  const { t, code } = useWording()
  const [date, setDate] = useState(() => dayIn(new URLSearchParams(location.search).get('day')) ?? legal(legalNow()).date)
  const [loaded, setLoaded] = useState<{ key: string; day: DrawDay | null } | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const key = `${department} ${date}`

  const load = useCallback(async () => {
    try {
      const days = await get<DrawDay[] | { items: DrawDay[] }>(
        `/api/departments/${encodeURIComponent(department)}/draws`,
        { from: date, until: date },
      )
      const list = Array.isArray(days) ? days : days.items
      setLoaded({ key: `${department} ${date}`, day: list.find((d) => d.date === date) ?? null })
      setFailure(null)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }, [department, date])

  useEffect(() => {
    void load()
  }, [load])
  const onItems = useCallback(
    (items: FeedItem[]) => {
      if (items.some((item) => item.kind === 'assignment')) void load()
    },
    [load],
  )
  const onSnapshot = useCallback(() => void load(), [load])
  useFeedItems(`department:${department}`, onItems, onSnapshot)

  const day = loaded?.key === key ? loaded.day : null
  return (
    <Card
      size="small"
      title={t('department.draws')}
      extra={
        <DatePicker
          aria-label={t('department.day')}
          allowClear={false}
          value={dayjs(date)}
          onChange={(chosen) => chosen && setDate(chosen.format('YYYY-MM-DD'))}
        />
      }
    >
      {failure !== null && <Alert type="error" showIcon title={t('app.failed', { detail: failure })} />}
      {day === null ? (
        <Empty description={t('department.noDraws')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      ) : (
        <>
          <Descriptions
            size="small"
            column={1}
            items={[
              {
                key: 'commitment',
                label: t('department.commitment'),
                children: <Typography.Text code copyable>{day.commitment}</Typography.Text>,
              },
              {
                key: 'secret',
                label: t('department.secret'),
                children:
                  day.secret === null ? (
                    t('department.sealed')
                  ) : (
                    <Typography.Text code copyable>{day.secret}</Typography.Text>
                  ),
              },
            ]}
          />
          {day.secret !== null && <Check day={day} secret={day.secret} />}
          <Table
            rowKey="number"
            size="small"
            pagination={false}
            scroll={{ x: 'max-content' }}
            dataSource={day.draws}
            expandable={{
              expandRowByClick: true,
              expandedRowRender: (draw) => (
                <div className="draw">
                  <Table
                    rowKey="prosecutor"
                    size="small"
                    pagination={false}
                    dataSource={draw.eligible}
                    columns={[
                      { key: 'name', title: t('department.eligible'), render: (_, e) => names.prosecutor(e.prosecutor) },
                      { key: 'load', title: t('department.load'), align: 'right', dataIndex: 'load' },
                      { key: 'score', title: t('department.score'), align: 'right', dataIndex: 'score' },
                    ]}
                  />
                  {draw.excluded.length > 0 && (
                    <Table
                      rowKey="prosecutor"
                      size="small"
                      pagination={false}
                      dataSource={draw.excluded}
                      columns={[
                        { key: 'name', title: t('department.excluded'), render: (_, e) => names.prosecutor(e.prosecutor) },
                        { key: 'reason', title: t('department.reason'), render: (_, e) => code('excluded', e.reason) },
                      ]}
                    />
                  )}
                </div>
              ),
            }}
            columns={[
              { key: 'number', title: t('department.number'), width: 70, dataIndex: 'number' },
              { key: 'case', title: t('list.case'), render: (_, d) => <CaseLink id={d.case} name={null} /> },
              { key: 'mode', title: t('department.mode'), width: 90, render: (_, d) => code('mode', d.mode) },
              { key: 'u', title: t('department.u'), width: 110, render: (_, d) => <span className="number">{d.u.toFixed(6)}</span> },
              { key: 'chosen', title: t('department.chosen'), width: 110, render: (_, d) => names.prosecutor(d.chosen) },
            ]}
          />
        </>
      )}
    </Card>
  )
}

function Check({ day, secret }: { day: DrawDay; secret: string }) {
  const { t } = useWording()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const able = canVerify()
  useEffect(() => {
    if (!able) return undefined
    let current = true
    void verify(day, secret).then((v) => {
      if (current) setVerdict(v)
    })
    return () => {
      current = false
    }
  }, [able, day, secret])

  if (!able) return <Alert type="info" showIcon title={t('department.cannotVerify')} />
  if (verdict === null) return null
  if (verdict.kind === 'agrees') return <Alert type="success" showIcon title={t('department.verified', { n: verdict.draws })} />
  const detail =
    verdict.kind === 'commitment' ? t('department.brokenCommitment') : t('department.brokenDraw', { n: verdict.number })
  return <Alert type="error" showIcon title={t('department.broken', { detail })} />
}
