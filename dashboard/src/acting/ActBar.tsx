import { App, Button, Space } from 'antd'
import { useState } from 'react'
import type { Alert } from '../api/types'
import { useMe } from '../app/session'
import { useWording } from '../i18n/language'
import { ActDialog } from './ActDialog'
import { possible } from './acts'
import type { Act, ActRow } from './acts'

interface Props {
  alerts: readonly Alert[]
  size?: 'small' | 'middle'
  /** Whether acts wait a moment, in which they can be taken back. */
  hold?: boolean
  /** Called once the server has answered, or once it waits. */
  done?: () => void
}

/** What the reader may do about some alerts, in place. */
export function ActBar({ alerts, size = 'middle', hold = false, done }: Props) {
  const { t } = useWording()
  const { message, modal } = App.useApp()
  const me = useMe()
  const [asked, ask] = useState<Act | null>(null)

  const tell = (act: Act, results: ActRow[]) => {
    ask(null)
    const refused = results.filter((r) => r.status === 'rejected')
    if (refused.length < results.length) void message.success(t('act.done', { act: t(`act.${act}`), n: results.length - refused.length }))
    if (refused.length > 0)
      modal.warning({
        title: t('act.refused', { n: refused.length }),
        content: [...new Set(refused.map((r) => r.error?.detail ?? r.error?.code ?? ''))].join('；'),
      })
    done?.()
  }

  return (
    <Space wrap size="small">
      {possible(alerts, me).map((act) => (
        <Button key={act} size={size} danger={act === 'dismiss'} onClick={() => ask(act)}>
          {t(`act.${act}`)}
        </Button>
      ))}
      {asked && <ActDialog act={asked} alerts={alerts} hold={hold} done={tell} cancel={() => ask(null)} />}
    </Space>
  )
}
