import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import './theme.css'

export type Theme = 'light' | 'dark'
/** What was chosen on this browser; `system` follows the system's own setting, also when it changes at dusk. */
export const CHOICES = ['system', 'light', 'dark'] as const
export type Choice = (typeof CHOICES)[number]

const stored = 'theme'
const systemIsDark = matchMedia('(prefers-color-scheme: dark)')

function subscribe(listener: () => void): () => void {
  systemIsDark.addEventListener('change', listener)
  return () => systemIsDark.removeEventListener('change', listener)
}

const readStored = (): Choice => CHOICES.find((c) => c === localStorage.getItem(stored)) ?? 'system'

interface Themed {
  theme: Theme
  choice: Choice
  choose: (choice: Choice) => void
}

const Context = createContext<Themed | null>(null)

/** The pages people work in are light or dark; the wall is always dark. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, choose] = useState(readStored)
  const dark = useSyncExternalStore(subscribe, () => systemIsDark.matches)
  const theme: Theme = choice === 'system' ? (dark ? 'dark' : 'light') : choice

  useEffect(() => {
    localStorage.setItem(stored, choice)
  }, [choice])
  useEffect(() => {
    // Another tab of the same person chose.
    const follow = ({ key }: StorageEvent) => key === stored && choose(readStored())
    addEventListener('storage', follow)
    return () => removeEventListener('storage', follow)
  }, [])
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])

  const value = useMemo(() => ({ theme, choice, choose }), [theme, choice])
  return <Context value={value}>{children}</Context>
}

export function useTheme(): Themed {
  const value = use(Context)
  if (!value) throw new Error('useTheme outside ThemeProvider')
  return value
}
