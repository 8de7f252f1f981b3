import type { Level } from '../api/types'
import { useWording } from '../i18n/language'
import './level.css'

/** A violation is filled, a warning outlined; the code is always there for those who do not see the colour. One plain element, for lists of thousands. */
export function LevelTag({ level }: { level: Level | null }) {
  const { t } = useWording()
  if (level === null) return null
  return (
    <span className="level-tag" data-level={level} title={t(`level.${level}`)}>
      {level} {t(`light.${level}`)}
    </span>
  )
}
