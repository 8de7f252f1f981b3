import type { Backtest, BacktestRule, CatalogueFacts, Draft, RuleError } from '../../../api/catalogue'
import type { Me } from '../../../api/types'
import type { Key } from '../../../i18n/zh-CN'

export type DraftAct = 'edit' | 'backtest' | 'shadow' | 'publish' | 'rollback' | 'withdraw'

/** Why the caller may not do this, or `null`. The server has the last word; this is so that nobody is left guessing. */
export function refusal(act: DraftAct, me: Pick<Me, 'user' | 'roles'>, draft: Draft | null, facts: CatalogueFacts | null): Key | null {
  const publishes = act === 'publish' || act === 'rollback'
  const canEdit = facts?.canEdit ?? me.roles.some((role) => role === 'monitor' || role === 'leader')
  const canPublish = facts?.canPublish ?? me.roles.includes('leader')
  if (publishes ? !canPublish : !canEdit) return publishes ? 'draft.needsLeader' : 'draft.needsMonitor'
  if (draft === null) return act === 'edit' ? null : 'draft.saveFirst'
  if (act === 'rollback') {
    if (draft.state !== 'published') return 'draft.notPublished'
  } else {
    if (draft.state === 'published') return 'draft.isPublished'
    if (draft.state === 'withdrawn' || draft.state === 'rolled-back') return 'draft.isOver'
  }
  if (publishes && draft.editors.includes(me.user)) return 'draft.twoPersons'
  return null
}

/** A draft file is a list of rules: a single rule is made one. */
export function asFile(yaml: string): string {
  const lines = yaml.replace(/\r\n?/g, '\n').replace(/\s+$/, '').split('\n')
  const first = lines.find((line) => line.trim() !== '' && !line.trimStart().startsWith('#') && line.trim() !== '---')
  if (first === undefined || first.startsWith('-')) return `${lines.join('\n')}\n`
  let begun = false
  return `${lines
    .map((line) => {
      if (line.trim() === '') return line
      if (!begun && line === first) {
        begun = true
        return `- ${line}`
      }
      return begun ? `  ${line}` : line
    })
    .join('\n')}\n`
}

/** The errors that a refusal to take a draft tells, each at a line that exists. */
export function errorsOf(problem: Readonly<Record<string, unknown>>, detail: string, lines: number): RuleError[] {
  const sent = Array.isArray(problem['errors']) ? (problem['errors'] as RuleError[]) : []
  const errors = sent.length > 0 ? sent : [{ reason: detail }]
  return errors.map((error) => ({ ...error, line: lineIn(error.line, lines) }))
}

function lineIn(line: number | null | undefined, lines: number): number | null {
  return typeof line === 'number' && line >= 1 ? Math.min(Math.trunc(line), Math.max(1, lines)) : null
}

export interface Progress {
  percent: number
  /** Seconds that are left at the pace so far; `null` while there is none. */
  left: number | null
}

export function progress(test: Backtest): Progress {
  const done = test.done ?? 0
  const total = test.total ?? 0
  if (test.state === 'done') return { percent: 100, left: 0 }
  if (total <= 0) return { percent: 0, left: null }
  const pace = test.casesPerSecond ?? 0
  // 100 % is for what is finished.
  return { percent: Math.min(99, Math.floor((100 * done) / total)), left: pace > 0 ? Math.max(0, total - done) / pace : null }
}

export interface Week {
  week: string
  live: number
  draft: number
}

/** Alerts a week, live and draft side by side; a week without any is there too, with zero. */
export function weeks(rules: readonly BacktestRule[]): Week[] {
  const all = new Map<string, Week>()
  const add = (side: 'live' | 'draft', counts: readonly { week: string; alerts: number }[] | undefined) => {
    for (const { week, alerts } of counts ?? []) {
      const entry = all.get(week) ?? { week, live: 0, draft: 0 }
      entry[side] += alerts
      all.set(week, entry)
    }
  }
  for (const rule of rules) {
    add('live', rule.live?.perWeek)
    add('draft', rule.draft.perWeek)
  }
  const sorted = [...all.values()].sort((a, b) => a.week.localeCompare(b.week))
  const first = sorted[0]
  const last = sorted[sorted.length - 1]
  if (first === undefined || last === undefined) return []
  const result: Week[] = []
  // A malformed week must not make this run for ever.
  for (let week: string | null = first.week; week !== null && result.length < 2000; week = week === last.week ? null : following(week))
    result.push(all.get(week) ?? { week, live: 0, draft: 0 })
  return result[result.length - 1]?.week === last.week ? result : sorted
}

const WEEK = 7 * 86_400_000

/** The ISO week after `2018-W52`. */
export function following(week: string): string | null {
  const match = /^(\d{4})-W(\d{2})$/.exec(week)
  if (!match) return null
  const monday = mondayOf(Number(match[1]), Number(match[2])) + WEEK
  // The year of a week is that of its Thursday.
  const year = new Date(monday + 3 * 86_400_000).getUTCFullYear()
  const number = Math.round((monday - mondayOf(year, 1)) / WEEK) + 1
  return `${year}-W${String(number).padStart(2, '0')}`
}

/** 4 January is always in the first week. */
function mondayOf(year: number, week: number): number {
  const fourth = Date.UTC(year, 0, 4)
  const weekday = (new Date(fourth).getUTCDay() + 6) % 7
  return fourth - weekday * 86_400_000 + (week - 1) * WEEK
}
