import { Collapse, Space, Tag, Typography } from 'antd'
import { useMemo } from 'react'
import type { Rule, RuleVersion } from '../../api/catalogue'
import { namesOf, useUnits } from '../../app/names'
import { useWording } from '../../i18n/language'
import { diff } from './diff'

/** The versions of a rule, the newest first, each with what it changed. */
export function Versions({ rule }: { rule: Rule }) {
  const { t } = useWording()
  const units = useUnits()
  const names = useMemo(() => namesOf(units), [units])
  // Two offices may have changed the same built-in text: a version follows the last one that its office saw.
  const versions = [...rule.versions].sort((a, b) => a.version - b.version)
  if (versions.length === 0)
    return rule.yaml === null ? <>{t('rules.noYaml')}</> : <Source yaml={rule.yaml} title={t('rules.yaml')} />
  const before = (version: RuleVersion) =>
    versions.filter((v) => v.version < version.version && (v.procuratorate === null || v.procuratorate === version.procuratorate)).at(-1) ?? null
  return (
    <Collapse
      size="small"
      defaultActiveKey={versions.length === 1 ? [] : [String(versions[versions.length - 1]?.version)]}
      items={[...versions].reverse().map((version) => ({
        key: String(version.version),
        label: (
          <Space wrap>
            <strong>{version.origin === 'built-in' ? t('rules.builtIn') : t('rules.version', { n: version.version })}</strong>
            <span className="number">
              {[version.effectiveFrom && t('rules.from', { t: version.effectiveFrom }), version.effectiveUntil && t('rules.until', { t: version.effectiveUntil })].filter(Boolean).join(' ')}
            </span>
            {version.origin === 'published' && (
              <Tag color="blue">{t('rules.published', { who: version.publishedBy ?? t('rules.dash'), t: version.publishedAt?.slice(0, 10) ?? t('rules.dash') })}</Tag>
            )}
            {version.origin === 'published' && <Tag>{version.procuratorate === null ? t('rules.everywhere') : names.procuratorate(version.procuratorate)}</Tag>}
          </Space>
        ),
        children: <Change version={version} before={before(version)} fallback={version === versions[versions.length - 1] ? rule.yaml : null} />,
      }))}
    />
  )
}

function Change({ version, before, fallback }: { version: RuleVersion; before: RuleVersion | null; fallback: string | null }) {
  const { t } = useWording()
  const yaml = version.yaml ?? fallback
  if (yaml === null) return <>{t('rules.noYaml')}</>
  if (before === null || before.yaml === null || before.yaml === undefined) return <Source yaml={yaml} title={t('rules.firstVersion')} />
  return <Difference before={before.yaml} after={yaml} />
}

function Source({ yaml, title }: { yaml: string; title: string }) {
  return (
    <>
      <Typography.Text type="secondary">{title}</Typography.Text>
      <pre className="rule-yaml">{yaml}</pre>
    </>
  )
}

const SIGN = { same: ' ', added: '+', removed: '−' } as const

function Difference({ before, after }: { before: string; after: string }) {
  const { t } = useWording()
  const lines = useMemo(() => diff(before, after), [before, after])
  if (lines.every((line) => line.kind === 'same')) return <Source yaml={after} title={t('rules.sameText')} />
  return (
    <>
      <Typography.Text type="secondary">{t('rules.compare')}</Typography.Text>
      <pre className="rule-yaml">
        {lines.map((line, i) => (
          <div key={i} className={`diff-${line.kind}`}>
            {SIGN[line.kind]} {line.text}
          </div>
        ))}
      </pre>
    </>
  )
}
