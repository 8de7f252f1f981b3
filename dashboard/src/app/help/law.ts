import type { Key } from '../../i18n/zh-CN'

interface Article {
  name: Key
  path: string
}

const NOTICE: Article = { name: 'help.law.notice', path: '/rules' }
const LIMITS: Article = { name: 'help.law.limits', path: '/rules/limits' }
const STEPS: Article = { name: 'help.law.steps', path: '/rules/steps' }
const rules = (name: Key, category: string): Article => ({ name, path: `/rules?category=${encodeURIComponent(category)}` })
const CUSTODY = rules('help.law.custody', '强制措施')
const RIGHTS = rules('help.law.rights', '诉讼权利')
const ASSIGNMENT = rules('help.law.assignment', '分案')
const MANUAL: Article = { name: 'help.law.manual', path: '/rules?only=manual' }

const OF: Record<string, Article[]> = {
  desk: [LIMITS, NOTICE, RIGHTS],
  cases: [LIMITS, CUSTODY, RIGHTS, STEPS],
  alerts: [NOTICE, LIMITS, MANUAL],
  departments: [ASSIGNMENT, NOTICE],
  calculator: [LIMITS],
  rules: [LIMITS, STEPS, MANUAL],
}

/** Where the catalogue says by which articles a page works. */
export function lawOf(pathname: string): Article[] {
  return OF[pathname.split('/')[1] ?? ''] ?? [NOTICE, LIMITS]
}
