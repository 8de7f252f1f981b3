import { useWording } from '../i18n/language'
import { legalNow } from './clock'
import { shortInstant } from './remaining'

/** An instant in legal time; the whole of it on hover. */
export function Instant({ at }: { at: string | null | undefined }) {
  const { t } = useWording()
  if (!at) return <>{t('app.none')}</>
  return (
    <time dateTime={at} title={at} style={{ whiteSpace: 'nowrap' }}>
      {shortInstant(at, legalNow())}
    </time>
  )
}
