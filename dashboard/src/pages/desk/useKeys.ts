import { useEffect } from 'react'

/** Whether a key is meant for what has the focus, or for a dialog, and not for the page. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return true
  const at = event.target instanceof Element ? event.target : null
  if (at?.closest('input, textarea, select, [contenteditable], [role="combobox"], [role="dialog"]')) return true
  return [...document.querySelectorAll('[role="dialog"]')].some((dialog) => dialog.getClientRects().length > 0)
}

/** Single keys of a page; `undefined` when the key means nothing here. */
export function useKeys(keys: Readonly<Record<string, (() => void) | undefined>>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // A key that a link or a button acts on is theirs.
      if (isTaken(event) || (event.key === 'Enter' && event.target instanceof Element && event.target.closest('a, button'))) return
      const run = keys[event.key]
      if (run === undefined) return
      event.preventDefault()
      run()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [keys])
}

/** The place that is `step` further than `at` in a list; the first or the last one where there is none. */
export function further(at: number, step: number, length: number): number {
  if (length === 0) return -1
  return at < 0 ? (step > 0 ? 0 : length - 1) : Math.min(length - 1, Math.max(0, at + step))
}
