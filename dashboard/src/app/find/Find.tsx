import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useNavigate } from 'react-router'
import { useWording } from '../../i18n/language'
import { useModal } from '../useModal'
import type { Entry } from './entries'
import { keyOf, remember } from './recent'
import { useFound } from './useFound'
import '../dialog.css'
import './find.css'

/** One box that leads anywhere: a combobox whose list is chosen from with the arrow keys while the text keeps the focus. */
export default function Find({ close }: { close: () => void }) {
  const { t } = useWording()
  const navigate = useNavigate()
  const id = useId()
  const dialog = useModal()
  const list = useRef<HTMLUListElement>(null)
  const [query, setQuery] = useState('')
  const [chosen, choose] = useState<string | null>(null)
  const { entries, busy, failure } = useFound(query)
  const at = Math.max(0, entries.findIndex((entry) => keyOf(entry) === chosen))
  const current = entries[at]

  useEffect(() => {
    // Newer browsers answer a promise, which React would take for a clean-up.
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [at])

  function open(entry: Entry) {
    remember(entry)
    close()
    void navigate(entry.path)
  }

  function onKeyDown(event: KeyboardEvent) {
    // Enter that ends the choice of a Chinese character is not a choice of a result.
    if (event.nativeEvent.isComposing) return
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 6, PageUp: at - 6 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      const wrapped = Math.abs(to - at) === 1 ? (to + entries.length) % entries.length : Math.min(Math.max(to, 0), entries.length - 1)
      const next = entries[wrapped]
      if (next) choose(keyOf(next))
    } else if (event.key === 'Enter' && current) {
      event.preventDefault()
      open(current)
    }
  }

  return (
    <dialog ref={dialog} className="own-dialog find" aria-label={t('find.label')} onClose={close} onClick={(e) => e.target === dialog.current && close()}>
      <input
        role="combobox"
        type="text"
        aria-label={t('find.placeholder')}
        aria-expanded={entries.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(current ? { 'aria-activedescendant': `${id}-${at}` } : {})}
        placeholder={t('find.placeholder')}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        data-first
        value={query}
        onChange={({ target }) => {
          setQuery(target.value)
          choose(null)
        }}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id={`${id}-list`} role="listbox" aria-label={t('find.results')} className="find-list">
        {entries.map((entry, i) => (
          <li key={keyOf(entry)} id={`${id}-${i}`} role="option" aria-selected={i === at} onClick={() => open(entry)} onPointerMove={() => choose(keyOf(entry))}>
            <span className="find-kind">{t(`find.kind.${entry.kind}`)}</span>
            <span className="find-title">{entry.title}</span>
            <span className="find-note">{entry.note}</span>
          </li>
        ))}
      </ul>
      <p className="find-foot" role="status">
        {failure !== null
          ? t('app.failed', { detail: failure })
          : busy
            ? t('find.busy')
            : entries.length === 0
              ? t('find.none', { q: query.trim() })
              : query.trim() === ''
                ? t('find.hint')
                : `${t('find.count', { n: entries.length })} · ${t('find.hint')}`}
      </p>
    </dialog>
  )
}
