import { Typography } from 'antd'
import { useWording } from '../i18n/language'
import { useLegalNow } from './clock'
import { countdown } from './wording'

/** What is left of a limit by the server's legal clock. */
export function Countdown({ due }: { due: string | null }) {
  const w = useWording()
  const now = useLegalNow()
  if (due === null) return null
  const { text, overdue } = countdown(due, now, w)
  return (
    <Typography.Text {...(overdue ? { type: 'danger' as const } : {})} strong={overdue} style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {text}
    </Typography.Text>
  )
}
