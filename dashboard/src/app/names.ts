import { useCallback, useEffect, useMemo, useState } from 'react'
import { get } from '../api/client'
import type { Course } from '../api/catalogue'
import type { Alert, CaseRow, Text, Units } from '../api/types'
import { useWording } from '../i18n/language'

export interface Names {
  procuratorate: (code: string | null | undefined) => string
  department: (id: string | null | undefined) => string
  prosecutor: (id: string | null | undefined) => string
}

/** Names for ids; an id that the caller may not look up stands for itself. */
export function namesOf(units: Units | null | undefined): Names {
  const procuratorates = new Map(units?.procuratorates.map((u) => [u.code, u.name]))
  const departments = new Map(units?.departments.map((u) => [u.id, u.name]))
  const prosecutors = new Map(units?.prosecutors.map((u) => [u.id, u.name]))
  const lookup = (map: Map<string, string>) => (id: string | null | undefined) => (id ? (map.get(id) ?? id) : '')
  return { procuratorate: lookup(procuratorates), department: lookup(departments), prosecutor: lookup(prosecutors) }
}

interface Rule {
  id: string
  name?: Text
  names?: Text
}

/** Read once a tab: what changes these changes seldom, and a reload of the page reads them again. */
function once<T>(path: string): () => Promise<T> {
  let pending: Promise<T> | undefined
  return () =>
    (pending ??= get<T>(path).catch((error: unknown) => {
      pending = undefined
      throw error
    }))
}

const readUnits = once<Units>('/api/units')
const readRules = once<Rule[] | { items: Rule[] }>('/api/rules')
const readLimits = once<Rule[] | { items: Rule[] }>('/api/limits')
const readStages = once<{ items: Course[] }>('/api/stages')

export function useUnits(): Units | null {
  const [units, setUnits] = useState<Units | null>(null)
  useEffect(() => void readUnits().then(setUnits, () => undefined), [])
  return units
}

/** The rules by id, for a filter. */
export function useRuleList(): { id: string; name: Text }[] {
  const [rules, setRules] = useState<{ id: string; name: Text }[]>([])
  useEffect(() => void readRules().then((answer) => setRules(listed(answer)), () => undefined), [])
  return rules
}

/** The limits by id, to be found. */
export function useLimitList(): { id: string; name: Text }[] {
  const [limits, setLimits] = useState<{ id: string; name: Text }[]>([])
  useEffect(() => void readLimits().then((answer) => setLimits(listed(answer)), () => undefined), [])
  return limits
}

function listed(answer: Rule[] | { items: Rule[] }): { id: string; name: Text }[] {
  return (Array.isArray(answer) ? answer : answer.items).flatMap((r) => {
    const name = r.name ?? r.names
    return name ? [{ id: r.id, name }] : []
  })
}

export type RuleNames = (alert: Pick<Alert, 'rule' | 'ruleName' | 'message'>) => Text

export function useRuleNames(): RuleNames {
  const list = useRuleList()
  const rules = useMemo(() => new Map(list.map((r) => [r.id, r.name])), [list])
  return useCallback((alert) => alert.ruleName ?? rules.get(alert.rule) ?? alert.message, [rules])
}

export type LimitNames = (id: string) => Text | string

/** Names for limits; one that is not known stands for itself. */
export function useLimitNames(): LimitNames {
  const [names, setNames] = useState<ReadonlyMap<string, Text>>(new Map())
  useEffect(() => void readLimits().then((answer) => setNames(new Map(listed(answer).map((l) => [l.id, l.name]))), () => undefined), [])
  return useCallback((id) => names.get(id) ?? id, [names])
}

export type StageNames = (one: Pick<CaseRow, 'caseType' | 'stage'>) => string

/** Names for stages as the courses of the case types give them; a stage that none knows stands for itself. */
export function stagesOf(courses: readonly Course[], pick: (text: Text) => string): StageNames {
  const named = (type: string) => new Map(courses.filter((c) => c.caseTypes.includes(type)).flatMap((c) => c.states.map((s) => [s.code, s.name])))
  const byType = new Map<string, Map<string, Text>>()
  const course = (type: string) => {
    const known = byType.get(type) ?? named(type)
    byType.set(type, known)
    return known
  }
  return ({ caseType, stage }) => {
    const name = course(caseType).get(stage) ?? course('default').get(stage)
    return name === undefined ? stage : pick(name)
  }
}

/** The states of the course of a case type, in order; empty before they are read. */
export function useCourse(caseType: string): Course['states'] {
  const [courses, setCourses] = useState<Course[]>([])
  useEffect(() => void readStages().then((answer) => setCourses(answer.items), () => undefined), [])
  return useMemo(() => (courses.find((c) => c.caseTypes.includes(caseType)) ?? courses.find((c) => c.caseTypes.includes('default')))?.states ?? [], [courses, caseType])
}

export function useStageNames(): StageNames {
  const { pick } = useWording()
  const [courses, setCourses] = useState<Course[]>([])
  useEffect(() => void readStages().then((answer) => setCourses(answer.items), () => undefined), [])
  return useMemo(() => stagesOf(courses, pick), [courses, pick])
}
