import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { ApiError, messageOf, post } from '../api/client'
import { useWording } from '../i18n/language'
import { useSession } from './session'
import { useModal } from './useModal'
import './dialog.css'

/**
 * Over the page whose session ended: what was typed stays where it is, and the calls that were refused are repeated.
 * A dialog of the browser's own, so that it also lies over dialogs of the page, and the wall need not load Ant Design for it.
 */
export default function SignInAgain({ user }: { user: string }) {
  const { t } = useWording()
  const { reload, signOut } = useSession()
  const dialog = useModal()
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    try {
      await post('/api/login', { user, password })
      await reload()
    } catch (error) {
      const status = error instanceof ApiError ? error.status : 0
      setFailure(status === 401 ? t('login.wrong') : status === 429 ? t('login.busy') : messageOf(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <dialog ref={dialog} className="own-dialog again" aria-labelledby="again-title" onCancel={(e) => e.preventDefault()}>
      <h2 id="again-title">{t('again.title')}</h2>
      <p>{t('again.kept')}</p>
      <form onSubmit={submit}>
        <label>
          {t('login.user')}
          <input name="user" value={user} readOnly autoComplete="username" />
        </label>
        <label>
          {t('login.password')}
          <input name="password" type="password" required data-first autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} />
        </label>
        {failure !== null && <p role="alert">{failure}</p>}
        <button type="submit" disabled={busy}>
          {t('again.submit')}
        </button>
        <button type="button" className="own-dialog-plain" onClick={() => void signOut()}>
          {t('again.leave')}
        </button>
      </form>
    </dialog>
  )
}
