import { useEffect, useState } from 'react'
import { ApiError, messageOf, post } from '../../../api/client'
import type { RuleError } from '../../../api/catalogue'
import { errorsOf } from './draft'

export type Validation =
  | { state: 'checking' }
  | { state: 'valid'; rules: string[] }
  | { state: 'invalid'; errors: RuleError[] }
  | { state: 'unchecked'; detail: string }

/** Milliseconds without a keystroke before the text is sent. */
const PAUSE = 400

/** What the server says of a text, asked whenever typing pauses. What it says of an older text is never shown for a newer one. */
export function useValidation(yaml: string): Validation {
  const [answer, setAnswer] = useState<{ yaml: string; validation: Validation } | null>(null)
  useEffect(() => {
    let current = true
    const timer = setTimeout(() => {
      void check(yaml).then((validation) => {
        if (current) setAnswer({ yaml, validation })
      })
    }, PAUSE)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [yaml])
  return answer !== null && answer.yaml === yaml ? answer.validation : { state: 'checking' }
}

async function check(yaml: string): Promise<Validation> {
  try {
    const answer = (await post('/api/rules/validate', { yaml })) as { rules?: string[] } | null
    return { state: 'valid', rules: answer?.rules ?? [] }
  } catch (error) {
    if (error instanceof ApiError && error.status === 422)
      return { state: 'invalid', errors: errorsOf(error.problem, error.message, yaml.split('\n').length) }
    return { state: 'unchecked', detail: messageOf(error) }
  }
}
