import { Alert, Card, Collapse, Typography } from 'antd'
import { useEffect } from 'react'
import type { DepartmentFinding } from '../../api/record'
import { useRead } from '../../api/useRead'
import type { Names } from '../../app/names'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { Instant } from '../../time/Instant'
import { CaseLink } from '../cases/columns'

interface Props {
  department: string
  /** What the workload says is wrong now; when it changes the whole is read again. */
  now: readonly DepartmentFinding[] | undefined
  names: Names
}

/** What the rules about a department and a period found in it. */
export function DepartmentFindings({ department, now, names }: Props) {
  const { t } = useWording()
  const { value, failure, reload } = useRead<{ items: DepartmentFinding[] }>(`/api/departments/${encodeURIComponent(department)}/findings`)
  const open = now?.map((f) => `${f.id} ${f.message.en}`).join('\n')
  useEffect(() => {
    if (open !== undefined) void reload()
  }, [open, reload])

  const items = value?.items ?? []
  const wrong = items.filter((f) => f.clearedAt === null)
  const over = items.filter((f) => f.clearedAt !== null)
  return (
    <Card size="small" title={t('findings.title')} extra={wrong.length > 0 ? <span className="number">{wrong.length}</span> : null}>
      {failure !== null && <Alert type="error" showIcon title={t('app.failed', { detail: failure })} />}
      {value !== null && wrong.length === 0 && <Typography.Text type="secondary">{t('findings.none')}</Typography.Text>}
      {wrong.map((f) => (
        <Finding key={f.id} finding={f} names={names} />
      ))}
      {over.length > 0 && (
        <Collapse
          size="small"
          items={[{ key: 'over', label: t('findings.history', { n: over.length }), children: over.slice(0, 50).map((f) => <Finding key={f.id} finding={f} names={names} />) }]}
        />
      )}
    </Card>
  )
}

function Finding({ finding: f, names }: { finding: DepartmentFinding; names: Names }) {
  const { t, pick } = useWording()
  return (
    <div className="department-finding" data-rule={f.rule}>
      <LevelTag level={f.level} /> <strong>{pick(f.name)}</strong>{' '}
      <Typography.Text type="secondary">
        {f.rule} · <Instant at={f.raisedAt} />
        {f.clearedAt !== null && (
          <>
            {' – '}
            <Instant at={f.clearedAt} />
          </>
        )}
      </Typography.Text>
      <p>{pick(f.message)}</p>
      {f.subject !== 'department' && <p>{t('findings.about', { name: names.prosecutor(f.subject) })}</p>}
      {f.cases.length > 0 && (
        <details>
          <summary>{t('findings.cases', { n: f.cases.length })}</summary>
          <ul>
            {f.cases.map((id) => (
              <li key={id}>
                <CaseLink id={id} name={null} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
