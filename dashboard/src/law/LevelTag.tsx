import { Tag } from 'antd'
import type { Level } from '../api/types'
import { useTheme } from '../app/theme'
import { useWording } from '../i18n/language'
import { LIGHT } from './levels'

/** Colours that keep 4.5:1 on white; on a dark ground the wall's are used. */
const ON_WHITE: Record<Level, string> = {
  L3: '#b4003c',
  L2: '#c8321a',
  L1: '#2f6ea8',
  W3: '#cf2a1e',
  W2: '#b35c00',
  W1: '#8a6d00',
  S: '#6a48b8',
  T: '#1d7a6f',
  V: '#5b6775',
}

/** A violation is filled, a warning outlined; the code is always there for those who do not see the colour. */
export function LevelTag({ level }: { level: Level | null }) {
  const { t } = useWording()
  const { theme } = useTheme()
  if (level === null) return null
  const filled = level.startsWith('L')
  return (
    <Tag color={theme === 'dark' && !filled ? LIGHT[level] : ON_WHITE[level]} variant={filled ? 'solid' : 'outlined'} title={t(`level.${level}`)}>
      {level} {t(`light.${level}`)}
    </Tag>
  )
}

/** The same for lists of thousands: one plain element. */
export function LevelMark({ level }: { level: Level }) {
  const { t } = useWording()
  const colour = ON_WHITE[level]
  return (
    <span
      className="level-mark"
      title={t(`level.${level}`)}
      style={level.startsWith('L') ? { background: colour, borderColor: colour, color: '#fff' } : { borderColor: colour, color: colour }}
    >
      {level} {t(`light.${level}`)}
    </span>
  )
}
