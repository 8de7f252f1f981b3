import { useEffect, useState } from 'react'

/** Single keys can be switched off, for those who speak to their computer (WCAG 2.1.4). */
const stored = 'single-keys'

export const singleKeys = (): boolean => localStorage.getItem(stored) !== 'off'

export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [on, set] = useState(singleKeys)
  return [
    on,
    (next) => {
      localStorage.setItem(stored, next ? 'on' : 'off')
      set(next)
    },
  ]
}

/** Milliseconds in which the letter must follow the g. */
const PATIENCE = 1500

const types = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const inDialog = (): boolean => document.querySelector('dialog[open], .ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null

interface Keys {
  find: () => void
  help: () => void
  /** Opens the page of a letter. */
  go: (letter: string) => void
}

/** The keys of the shell; none of them is taken from somebody who types. */
export function useKeys({ find, help, go }: Keys): void {
  useEffect(() => {
    let after = -Infinity
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        if (document.querySelector('dialog[open]') === null) find()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || types(event.target) || inDialog() || !singleKeys()) return
      if (event.key === '?') help()
      else if (event.key === 'g') after = event.timeStamp
      else if (event.timeStamp - after < PATIENCE) {
        after = -Infinity
        go(event.key)
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [find, help, go])
}
