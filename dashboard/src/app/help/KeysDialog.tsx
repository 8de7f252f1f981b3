import { useWording } from '../../i18n/language'
import { pagesOf } from '../find/entries'
import { useMe } from '../session'
import { useModal } from '../useModal'
import { useSingleKeys } from './useKeys'
import '../dialog.css'
import './help.css'

/** Every key of the shell. */
export default function KeysDialog({ close }: { close: () => void }) {
  const { t } = useWording()
  const me = useMe()
  const dialog = useModal()
  const [single, setSingle] = useSingleKeys()
  const rows: [string[], string][] = [
    [['Ctrl', 'K'], t('keys.find')],
    [['?'], t('keys.help')],
    ...pagesOf(me).map(({ name, letter }): [string[], string] => [['g', letter], t(name)]),
    [['Tab'], t('keys.tab')],
    [['Esc'], t('keys.esc')],
  ]
  return (
    <dialog ref={dialog} className="own-dialog keys" aria-labelledby="keys-title" onClose={close}>
      <h2 id="keys-title">{t('keys.title')}</h2>
      <dl>
        {rows.map(([keys, what]) => (
          <div key={keys.join()}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className="keys-single">
        <input type="checkbox" checked={single} onChange={({ target }) => setSingle(target.checked)} /> {t('keys.single')}
      </label>
      <button type="button" data-first onClick={close}>
        {t('keys.close')}
      </button>
    </dialog>
  )
}
