import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { get } from '../../api/client'
import type { CaseRow, Page } from '../../api/types'
import { useWording } from '../../i18n/language'
import { useLimitList, useRuleList, useUnits } from '../names'
import { useMe } from '../session'
import { caseEntry, entriesOf, select } from './entries'
import type { Entry } from './entries'
import { readRecent, recentEntries } from './recent'

/** Milliseconds without a key before the server is asked. */
const PAUSE = 180
const MOST_CASES = 8

export interface Found {
  entries: Entry[]
  busy: boolean
  failure: string | null
}

/** What a query finds: pages, people, units, rules and limits at once, cases as soon as the server has answered. */
export function useFound(query: string): Found {
  const me = useMe()
  const { t, pick } = useWording()
  const [units, rules, limits] = [useUnits(), useRuleList(), useLimitList()]
  const known = useMemo(() => entriesOf(me, units, rules, limits, t, pick), [me, units, rules, limits, t, pick])
  const asked = useDeferredValue(query.trim())
  const [answer, setAnswer] = useState<{ query: string; cases: Entry[]; failure: string | null } | null>(null)

  useEffect(() => {
    if (asked === '') return undefined
    let current = true
    const timer = setTimeout(() => {
      get<Page<CaseRow>>('/api/cases', { q: asked, limit: String(MOST_CASES) }).then(
        (page) => current && setAnswer({ query: asked, cases: page.items.map(caseEntry), failure: null }),
        (error: unknown) => current && setAnswer({ query: asked, cases: [], failure: error instanceof Error ? error.message : String(error) }),
      )
    }, PAUSE)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [asked])

  const local = useMemo(
    () => (asked === '' ? [...recentEntries(readRecent(), known), ...known.filter((e) => e.kind === 'page')].filter((e, i, all) => all.indexOf(e) === i) : select(known, asked)),
    [asked, known],
  )
  const own = asked !== '' && answer?.query === asked ? answer : null
  return { entries: own === null ? local : [...own.cases, ...local], busy: asked !== '' && own === null, failure: own?.failure ?? null }
}
