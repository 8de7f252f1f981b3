import { Alert } from 'antd'
import { useCallback } from 'react'
import { Link } from 'react-router'
import type { DepartmentFinding } from '../../api/record'
import type { FeedItem } from '../../api/types'
import { useRead } from '../../api/useRead'
import type { Names } from '../../app/names'
import { departmentPath } from '../../app/paths'
import { listScope } from '../../app/scope'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { useFeedItems } from '../../live/useFeed'
import { Instant } from '../../time/Instant'

const OVERSEERS = ['head', 'monitor', 'leader', 'superior']

/** What the rules about departments find now, in every department that this account oversees; nothing where nothing is wrong. */
export function DepartmentAlerts({ names }: { names: Names }) {
  const me = useMe()
  const oversees = me.roles.some((role) => OVERSEERS.includes(role))
  return oversees ? <Found names={names} scope={listScope(me)} /> : null
}

function Found({ names, scope }: { names: Names; scope: string | null }) {
  const { t, pick } = useWording()
  const { value, reload } = useRead<DepartmentFinding[]>('/api/departments/findings')
  const onItems = useCallback(
    (items: FeedItem[]) => {
      if (items.some((i) => i.kind === 'workload' && differs(value ?? [], i.payload.department, i.payload.findings ?? []))) void reload()
    },
    [reload, value],
  )
  const onSnapshot = useCallback(() => void reload(), [reload])
  useFeedItems(scope, onItems, onSnapshot)
  if (value === null || value.length === 0) return null
  return (
    <Alert
      type="warning"
      className="department-alerts"
      title={t('findings.open', { n: value.length })}
      description={
        <ul>
          {value.map((f) => (
            <li key={f.id}>
              <LevelTag level={f.level} /> <Link to={departmentPath(f.department)}>{names.department(f.department)}</Link> <strong>{pick(f.name)}</strong>
              {f.subject !== 'department' && ` ${names.prosecutor(f.subject)}`} · {pick(f.message)} · <Instant at={f.raisedAt} />
            </li>
          ))}
        </ul>
      }
    />
  )
}

/** Whether a workload says otherwise than what is shown of its department; it comes with every case. */
function differs(shown: readonly DepartmentFinding[], department: string, now: readonly DepartmentFinding[]): boolean {
  const key = (all: readonly DepartmentFinding[]) => all.map((f) => `${f.id} ${f.message.en}`).join('\n')
  return key(shown.filter((f) => f.department === department)) !== key(now)
}
