import { useEffect, useRef, useState } from 'react'
import type { Alert } from '../../api/types'
import { casePath } from '../../app/paths'
import { useWording } from '../../i18n/language'

export type Telling = NotificationPermission | 'unsupported' | 'off'

export interface Notices {
  telling: Telling
  ask: () => void
  turn: (on: boolean) => void
}

// Browsers offer it on secure connections only.
const supported = 'Notification' in window && window.isSecureContext
const OFF = 'desk.notify.off'

function told(): Telling {
  if (!supported) return 'unsupported'
  return Notification.permission === 'granted' && localStorage.getItem(OFF) !== null ? 'off' : Notification.permission
}

/** Tells the desktop of what arrives, where the reader wants that, and shows in the tab's title how much is unread. */
export function useNotices(arrived: readonly Alert[], unread: number, title: (alert: Alert) => string): Notices {
  const { t, pick } = useWording()
  const [telling, setTelling] = useState(told)
  const last = useRef(0)

  useEffect(() => {
    if (last.current > arrived.length) last.current = arrived.length
    const news = arrived.slice(last.current)
    last.current = arrived.length
    if (telling !== 'granted') return
    // A burst is one interruption a case, not one an alert; several tabs say it once, by its tag.
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
  }, [arrived, telling, title, pick])

  useEffect(() => {
    document.title = unread === 0 ? t('app.title') : `(${unread}) ${t('app.title')}`
    return () => {
      document.title = t('app.title')
    }
  }, [unread, t])

  return {
    telling,
    ask: () => void Notification.requestPermission().then(() => setTelling(told())),
    turn: (on) => {
      if (on) localStorage.removeItem(OFF)
      else localStorage.setItem(OFF, '1')
      setTelling(told())
    },
  }
}
