import type { Failure } from '../api/client'
import { filled } from './language'
import type { Wording } from './language'

/** A failure in the language of the page: by its code where that has words, else what the server says. */
export function failureIn({ t, code }: Pick<Wording, 't' | 'code'>, { status, code: name, detail, at }: Failure): string {
  const key = `problem.${name ?? ''}`
  const words = name === null ? key : code('problem', name)
  if (words === name || words === key) return detail ?? t('problem.status', { status })
  return filled(words, { at: at === null ? '' : t('problem.at', { at }), detail: detail ?? '' })
}
