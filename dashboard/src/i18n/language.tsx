import { createContext, use, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { wordFailures } from '../api/client'
import type { Text } from '../api/types'
import { en } from './en'
import { zhCN } from './zh-CN'
import { failureIn } from './failure'
import type { Key } from './zh-CN'

export type Language = 'zh' | 'en'

export interface Wording {
  language: Language
  setLanguage: (language: Language) => void
  t: (key: Key, values?: Record<string, string | number>) => string
  /** A text that the server sends in both languages. */
  pick: (text: Text | string | null | undefined) => string
  /** A text for a code that may be unknown: the code itself is then the best word for it. */
  code: (prefix: string, code: string) => string
}

const Context = createContext<Wording | null>(null)

const stored = 'language'

function initial(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(stored)
  return asked === 'en' ? 'en' : 'zh'
}

/** A text with its `{x}` replaced. */
export function filled(text: string, values: Record<string, string | number> | undefined): string {
  return values === undefined ? text : text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

export function wording(language: Language): Omit<Wording, 'setLanguage'> {
  const texts: Record<Key, string> = language === 'zh' ? zhCN : en
  return {
    language,
    t: (key, values) => filled(texts[key], values),
    pick: (text) => (typeof text === 'string' ? text : (text?.[language] ?? text?.zh ?? '')),
    code: (prefix, code) => (texts as Record<string, string | undefined>)[`${prefix}.${code}`] ?? code,
  }
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(initial)
  useEffect(() => wordFailures((failure) => failureIn(wording(language), failure)), [language])
  useEffect(() => {
    localStorage.setItem(stored, language)
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  const value = useMemo(() => ({ ...wording(language), setLanguage }), [language])
  return <Context value={value}>{children}</Context>
}

export function useWording(): Wording {
  const value = use(Context)
  if (!value) throw new Error('useWording outside LanguageProvider')
  return value
}
