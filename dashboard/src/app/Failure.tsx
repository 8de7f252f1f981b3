import { Alert, Button } from 'antd'
import { useWording } from '../i18n/language'

interface Props {
  detail: string
  retry?: (() => void) | undefined
}

/** What could not be read, and how to go on. */
export function Failure({ detail, retry }: Props) {
  const { t } = useWording()
  return (
    <Alert
      type="error"
      showIcon
      className="page-failure"
      title={t('app.failed', { detail })}
      action={
        retry && (
          <Button size="small" onClick={retry}>
            {t('fail.retry')}
          </Button>
        )
      }
    />
  )
}
