import type { CaseRow, Me, Text, Units } from '../../api/types'
import type { Key } from '../../i18n/zh-CN'
import { casePath, departmentPath } from '../paths'
import { operates, wallScope } from '../scope'

export type Kind = 'page' | 'case' | 'prosecutor' | 'department' | 'rule' | 'limit'

/** Something that can be found and opened. */
export interface Entry {
  kind: Kind
  id: string
  title: string
  note: string
  path: string
}

/** The pages of the menu that an account has; the letter opens one after `g`. */
export function pagesOf(me: Me): { key: string; name: Key; path: string; letter: string }[] {
  return [
    ...(wallScope(me) === null ? [] : [{ key: 'wall', name: 'nav.wall' as const, path: '/wall', letter: 'w' }]),
    ...(me.prosecutor === null ? [] : [{ key: 'desk', name: 'nav.desk' as const, path: '/desk', letter: 'm' }]),
    { key: 'cases', name: 'nav.cases', path: '/cases', letter: 'c' },
    { key: 'alerts', name: 'nav.alerts', path: '/alerts', letter: 'a' },
    { key: 'departments', name: 'nav.departments', path: '/departments', letter: 'd' },
    ...(wallScope(me) === null ? [] : [{ key: 'procuratorates', name: 'nav.procuratorates' as const, path: '/procuratorates', letter: 'p' }]),
    { key: 'rules', name: 'nav.rules', path: '/rules', letter: 'r' },
    { key: 'calculator', name: 'nav.calculator', path: '/calculator', letter: 'l' },
    ...(operates(me) ? [{ key: 'ops', name: 'nav.ops' as const, path: '/ops', letter: 'o' }] : []),
  ]
}

/** Pages that the menu does not name. */
const INNER: { key: string; name: Key; path: string }[] = [
  { key: 'limits', name: 'page.limits', path: '/rules/limits' },
  { key: 'steps', name: 'page.steps', path: '/rules/steps' },
  { key: 'drafts', name: 'page.drafts', path: '/rules/drafts' },
]

export interface Named {
  id: string
  name: Text
}

/** Everything that is found without asking the server. */
export function entriesOf(me: Me, units: Units | null, rules: readonly Named[], limits: readonly Named[], t: (key: Key) => string, pick: (text: Text) => string): Entry[] {
  const departments = new Map(units?.departments.map((d) => [d.id, d.name]))
  const procuratorates = new Map(units?.procuratorates.map((p) => [p.code, p.name]))
  return [
    ...[...pagesOf(me), ...INNER].map(({ key, name, path }): Entry => ({ kind: 'page', id: key, title: t(name), note: '', path })),
    ...(units?.prosecutors ?? []).map((p): Entry => ({
      kind: 'prosecutor',
      id: p.id,
      title: p.name,
      note: departments.get(p.department) ?? p.department,
      path: `/cases?open=true&prosecutor=${encodeURIComponent(p.id)}`,
    })),
    ...(units?.departments ?? []).map((d): Entry => ({ kind: 'department', id: d.id, title: d.name, note: procuratorates.get(d.procuratorate) ?? d.procuratorate, path: departmentPath(d.id) })),
    ...rules.map((r): Entry => ({ kind: 'rule', id: r.id, title: pick(r.name), note: r.id, path: `/rules?rule=${encodeURIComponent(r.id)}` })),
    ...limits.map((l): Entry => ({ kind: 'limit', id: l.id, title: pick(l.name), note: l.id, path: `/rules/limits?q=${encodeURIComponent(l.id)}` })),
  ]
}

export function caseEntry(row: Pick<CaseRow, 'id' | 'name'>): Entry {
  return { kind: 'case', id: row.id, title: row.name ?? row.id, note: row.name === null ? '' : row.id, path: casePath(row.id) }
}

/** Case and width of letters do not matter, so that what an input method writes still finds `QX-008`. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** How well an entry answers a query: 0 where a word of it is missing, more the nearer the words are to the begin. */
export function scoreOf(entry: Entry, query: string): number {
  const [title, note, id] = [folded(entry.title), folded(entry.note), folded(entry.id)]
  let score = 0
  for (const word of folded(query).split(/\s+/).filter(Boolean)) {
    if (id === word || title === word) score += 8
    else if (title.startsWith(word) || id.startsWith(word)) score += 4
    else if (title.includes(word) || id.includes(word)) score += 2
    else if (note.includes(word)) score += 1
    else return 0
  }
  return score
}

/** The best of what is known here, at most `most` of a kind so that no kind crowds out the others. */
export function select(entries: readonly Entry[], query: string, most = 6): Entry[] {
  const counts = new Map<Kind, number>()
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .filter(({ entry }) => {
      const count = (counts.get(entry.kind) ?? 0) + 1
      counts.set(entry.kind, count)
      return count <= most
    })
    .map(({ entry }) => entry)
}
