import { useEffect, useState } from 'react'
import { get, messageOf } from '../../api/client'

export interface Polled<T> {
  value: T | null
  /** Why the last reading failed; null when it did not. */
  failure: string | null
  /** Monotonic instant of the last answer. */
  answeredAt: number | null
}

/** What `path` answers, read again `every` so many milliseconds after each answer; `null` asks for nothing. */
export function usePolled<T>(path: string | null, every: number): Polled<T> {
  const [polled, setPolled] = useState<Polled<T>>({ value: null, failure: null, answeredAt: null })
  useEffect(() => {
    if (path === null) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false
    const read = async () => {
      try {
        const value = await get<T>(path)
        if (!left) setPolled({ value, failure: null, answeredAt: performance.now() })
      } catch (error) {
        if (!left) setPolled((known) => ({ ...known, failure: messageOf(error) }))
      }
      if (!left) timer = setTimeout(() => void read(), every)
    }
    void read()
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [path, every])
  return polled
}
