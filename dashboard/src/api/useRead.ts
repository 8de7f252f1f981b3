import { useCallback, useEffect, useRef, useState } from 'react'
import { get, messageOf } from './client'

export interface Read<T> {
  value: T | null
  failure: string | null
  reload: () => Promise<void>
}

/** What `path` answers, read once and again on demand; `null` asks for nothing. */
export function useRead<T>(path: string | null): Read<T> {
  const [read, setRead] = useState<{ path: string; value: T } | null>(null)
  const [failed, setFailed] = useState<{ path: string; detail: string } | null>(null)
  const generation = useRef(0)

  const reload = useCallback(async () => {
    if (path === null) return
    const mine = ++generation.current
    try {
      const value = await get<T>(path)
      if (mine !== generation.current) return
      setRead({ path, value })
      setFailed(null)
    } catch (error) {
      if (mine === generation.current) setFailed({ path, detail: messageOf(error) })
    }
  }, [path])

  useEffect(() => void reload(), [reload])

  return {
    value: read !== null && read.path === path ? read.value : null,
    failure: failed !== null && failed.path === path ? failed.detail : null,
    reload,
  }
}
