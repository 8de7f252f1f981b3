import { filled } from '../../i18n/language'
import type { Language, Wording } from '../../i18n/language'
import { wordsEn } from '../../i18n/words.en'
import { wordsZh } from '../../i18n/words.zh-CN'
import type { Key } from '../../i18n/zh-CN'

type WordKey = keyof typeof wordsZh

export interface Words {
  language: Language
  t: (key: Key | WordKey, values?: Record<string, string | number>) => string
  code: (prefix: string, code: string) => string
}

const has = (texts: Record<WordKey, string>, key: string): key is WordKey => key in texts

/** The texts of the dashboard and the words for what a rule looks for. */
export function withWords(w: Pick<Wording, 'language' | 't' | 'code'>): Words {
  const texts: Record<WordKey, string> = w.language === 'zh' ? wordsZh : wordsEn
  return {
    language: w.language,
    t: (key, values) => (has(texts, key) ? filled(texts[key], values) : w.t(key, values)),
    code: (prefix, code) => {
      const key = `${prefix}.${code}`
      return has(texts, key) ? texts[key] : w.code(prefix, code)
    },
  }
}
