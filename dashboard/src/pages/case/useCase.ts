import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, get } from '../../api/client'
import type { CaseBody, CaseSnapshot, FeedItem } from '../../api/types'
import { caseUrl } from '../../app/paths'
import type { Fold } from '../../live/useFeed'
import { useFeed } from '../../live/useFeed'

interface Followed {
  body: CaseBody
  /** Counts the items that say the case changed: each makes the body above old. */
  changes: number
}

const caseFold: Fold<CaseSnapshot, Followed> = {
  open: (snapshot) => ({ body: snapshot.case, changes: 0 }),
  apply: (state, item: FeedItem) =>
    item.kind === 'case' || item.kind === 'alert' ? { ...state, changes: state.changes + 1 } : state,
}

export interface FollowedCase {
  body: CaseBody | null
  missing: boolean
  failure: string | null
}

/** A case as it stands, kept by its scope; or as it stood at `asOf`, which nothing changes. */
export function useCase(id: string, asOf: string | null): FollowedCase {
  const { state, refused } = useFeed(asOf === null ? `case:${id}` : null, caseFold)
  const [read, setRead] = useState<{ key: string; body: CaseBody } | null>(null)
  const [failed, setFailed] = useState<{ key: string; status: number; detail: string } | null>(null)
  const generation = useRef(0)
  const key = JSON.stringify([id, asOf])

  const load = useCallback(async () => {
    const mine = ++generation.current
    try {
      const body = await get<CaseBody>(caseUrl(id), { asOf })
      if (mine !== generation.current) return
      setRead({ key: JSON.stringify([id, asOf]), body })
      setFailed(null)
    } catch (error) {
      if (mine !== generation.current) return
      const status = error instanceof ApiError ? error.status : 0
      setFailed({ key: JSON.stringify([id, asOf]), status, detail: error instanceof Error ? error.message : String(error) })
    }
  }, [id, asOf])

  // The body comes with the snapshot; it is read through /api when something changed, or when there is no snapshot to wait for.
  const changes = state?.changes ?? 0
  useEffect(() => {
    if (asOf === null && changes === 0 && !refused) return undefined
    const timer = setTimeout(() => void load(), changes === 0 ? 0 : 150)
    return () => clearTimeout(timer)
  }, [asOf, changes, refused, load])

  const own = read?.key === key ? read.body : null
  const followed = state?.body ?? null
  const newest = own !== null && (followed === null || own.version >= followed.version) ? own : followed
  const failure = failed?.key === key ? failed : null
  return {
    body: asOf === null ? newest : own,
    missing: failure?.status === 404 || failure?.status === 403,
    failure: failure?.detail ?? null,
  }
}
