import { App, Button, Flex } from 'antd'
import { useEffect, useState } from 'react'
import { useWording } from '../i18n/language'
import type { ActRow } from './acts'
import type { Held, Order } from './grace'
import { grace, useHeld } from './held'
import './held.css'

/** What was decided and is not sent yet, with the way back. */
export function HeldActs() {
  const { t } = useWording()
  const { message, modal } = App.useApp()
  const held = useHeld()

  useEffect(() => {
    grace.done = (order: Order, results: ActRow[]) => {
      const refused = results.filter((r) => r.status === 'rejected')
      if (refused.length < results.length) void message.success(t('act.done', { act: t(`act.${order.act}`), n: results.length - refused.length }))
      if (refused.length > 0)
        modal.warning({
          title: t('act.refused', { n: refused.length }),
          content: [...new Set(refused.map((r) => r.error?.detail ?? r.error?.code ?? ''))].join('；'),
        })
    }
    return () => {
      grace.done = () => undefined
    }
  }, [t, message, modal])

  if (held.length === 0) return null
  return (
    <div className="held" role="status">
      {held.map((order) => (
        <One key={order.key} order={order} />
      ))}
    </div>
  )
}

function One({ order }: { order: Held }) {
  const { t } = useWording()
  const act = t(`act.${order.act}`)
  return (
    <Flex className="held-one" data-state={order.state} align="center" gap={12}>
      {order.state === 'waiting' && (
        <>
          <span className="held-text">
            <b>{t('act.many', { act, n: order.ids.length })}</b> <Left until={order.until} />
          </span>
          <Button size="small" type="primary" onClick={() => grace.undo(order.key)}>
            {t('held.undo')}
          </Button>
          <Button size="small" ghost onClick={() => void grace.send(order.key)}>
            {t('held.now')}
          </Button>
        </>
      )}
      {order.state === 'sending' && (
        <span className="held-text">
          <b>{t('act.many', { act, n: order.ids.length })}</b> {t('held.sending')}
        </span>
      )}
      {order.state === 'failed' && (
        <>
          <span className="held-text">
            <b>{t('act.many', { act, n: order.ids.length })}</b> {t('held.failed', { detail: order.failure ?? '' })}
          </span>
          <Button size="small" type="primary" onClick={() => void grace.send(order.key)}>
            {t('held.again')}
          </Button>
          <Button size="small" ghost onClick={() => grace.undo(order.key)}>
            {t('held.drop')}
          </Button>
        </>
      )}
    </Flex>
  )
}

/** Whole seconds until it goes; read by people, not every tick of it by a screen reader. */
function Left({ until }: { until: number }) {
  const { t } = useWording()
  const [left, setLeft] = useState(() => until - performance.now())
  useEffect(() => {
    const timer = setInterval(() => setLeft(until - performance.now()), 250)
    return () => clearInterval(timer)
  }, [until])
  return <span aria-live="off">{t('held.waiting', { n: Math.max(0, Math.ceil(left / 1000)) })}</span>
}
