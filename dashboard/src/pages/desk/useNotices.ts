import { useEffect, useRef, useState } from 'react'
import type { Alert } from '../../api/types'
import { casePath } from '../../app/paths'
import { useWording } from '../../i18n/language'

export interface Notices {
  unread: number
  markRead: () => void
  permission: NotificationPermission | 'unsupported'
  ask: () => void
}

const supported = 'Notification' in window

/** Counts what has arrived since the reader last looked, shows it in the tab's title, and tells the desktop where allowed. */
export function useNotices(arrived: readonly Alert[], title: (alert: Alert) => string): Notices {
  const { t, pick } = useWording()
  const [read, setRead] = useState(0)
  const [permission, setPermission] = useState<NotificationPermission | 'unsupported'>(
    supported ? Notification.permission : 'unsupported',
  )
  const told = useRef(0)
  // A fresh snapshot starts the count again.
  if (read > arrived.length) setRead(arrived.length)
  const unread = Math.max(0, arrived.length - read)

  useEffect(() => {
    if (told.current > arrived.length) told.current = arrived.length
    const news = arrived.slice(told.current)
    told.current = arrived.length
    if (permission !== 'granted') return
    // A burst is one interruption a case, not one an alert.
    for (const alert of new Map(news.map((a) => [a.case, a])).values()) {
      const notice = new Notification(title(alert), {
        body: `${alert.caseName ?? alert.case}\n${pick(alert.message)}`,
        tag: alert.case,
      })
      notice.onclick = () => {
        window.focus()
        location.assign(casePath(alert.case))
      }
    }
  }, [arrived, permission, title, pick])

  useEffect(() => {
    document.title = unread === 0 ? t('app.title') : `(${unread}) ${t('app.title')}`
    return () => {
      document.title = t('app.title')
    }
  }, [unread, t])

  return {
    unread,
    markRead: () => setRead(arrived.length),
    permission,
    ask: () => void Notification.requestPermission().then(setPermission),
  }
}
