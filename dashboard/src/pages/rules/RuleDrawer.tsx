import { Alert, Button, Descriptions, Drawer, Flex, Space, Tag, Tooltip, Typography } from 'antd'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { ruleOf } from '../../api/catalogue'
import type { CatalogueFacts, Limit, Rule, RuleExample, SentRule, Step } from '../../api/catalogue'
import { useRead } from '../../api/useRead'
import { useMe } from '../../app/session'
import { useWording } from '../../i18n/language'
import { isLevel } from '../../law/levels'
import { LevelTag } from '../../law/LevelTag'
import { refusal } from './drafts/draft'
import { explain } from './explain'
import { read } from './nodes'
import { alertsPath, Drill, Precision } from './RuleTable'
import { RuleWords } from './RuleWords'
import { Versions } from './Versions'
import { withWords } from './words'

interface Props {
  id: string | null
  /** The rule as the list has it, for what shows before the whole of it is read. */
  rule: Rule | null
  /** Whether the list has been read, so that a rule missing from it is missing. */
  read: boolean
  limits: ReadonlyMap<string, Limit>
  facts: CatalogueFacts | null
  onClose: () => void
}

export function RuleDrawer({ id, rule, read: listed, limits, facts, onClose }: Props) {
  const { t, pick } = useWording()
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      size={920}
      destroyOnHidden
      title={
        rule === null ? (
          id
        ) : (
          <Space wrap>
            <span className="number">{rule.id}</span>
            {pick(rule.name)}
            {isLevel(rule.level) && <LevelTag level={rule.level} />}
          </Space>
        )
      }
      extra={rule !== null && <EditButton rule={rule} facts={facts} />}
    >
      {rule !== null ? <Whole listed={rule} limits={limits} /> : id !== null && listed && <Alert type="warning" showIcon title={t('rules.missing', { id })} />}
    </Drawer>
  )
}

function EditButton({ rule, facts }: { rule: Rule; facts: CatalogueFacts | null }) {
  const { t } = useWording()
  const navigate = useNavigate()
  const refused = refusal('edit', useMe(), null, facts)
  const why = refused !== null ? t('rules.editRefused') : rule.yaml === null ? t('rules.noYaml') : null
  return (
    <Tooltip title={why}>
      <Button type="primary" disabled={why !== null} onClick={() => void navigate(`/rules/drafts/new?from=${encodeURIComponent(rule.id)}`)}>
        {t('rules.edit')}
      </Button>
    </Tooltip>
  )
}

function Whole({ listed, limits }: { listed: Rule; limits: ReadonlyMap<string, Limit> }) {
  const w = useWording()
  const { t, pick, code } = w
  const whole = useRead<SentRule>(`/api/rules/${encodeURIComponent(listed.id)}`)
  const steps = useRead<{ items: Step[] }>('/api/steps')
  const rule = useMemo(() => (whole.value === null ? listed : merged(listed, ruleOf(whole.value))), [whole.value, listed])
  const lines = useMemo(() => {
    const map = rule.yaml === null ? null : read(rule.yaml, rule.id)
    const named = (steps.value?.items ?? []).flatMap((s) => (typeof s.name === 'object' && s.name !== null ? [[s.code, s.name] as const] : []))
    return map === null ? [] : explain(map, withWords(w), new Map([...[...limits.values()].map((l) => [l.id, l.name] as const), ...named]))
  }, [rule, w, limits, steps.value])
  const articles = useMemo(() => {
    const mentioned = new Set((rule.yaml ?? JSON.stringify(rule.parameters)).match(/\bT-[A-Z]+\d+\b/g))
    return [...mentioned].flatMap((id) => limits.get(id) ?? [])
  }, [rule, limits])
  const needs = (steps.value?.items ?? []).filter((s) => s.rules?.includes(rule.id))

  return (
    <div className="rule">
      {rule.manual !== null && <Alert type="info" showIcon title={t('rules.whyManual')} description={pick(rule.manual)} />}
      {rule.unobservable && <Alert type="info" showIcon title={t('rules.whyUnobservable')} description={t('rules.whyUnobservableText')} />}
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'zh', label: '中文', children: rule.name.zh },
          { key: 'en', label: 'English', children: rule.name.en },
          { key: 'category', label: t('rules.category'), children: rule.category || t('rules.dash') },
          {
            key: 'level',
            label: t('rules.level'),
            children: (
              <Space wrap>
                {isLevel(rule.level) ? <LevelTag level={rule.level} /> : rule.level}
                {rule.custodyLevel !== null && t('rules.custodyLevel', { n: rule.custodyLevel })}
                {rule.blocking && <Tag color="red">{t('rules.blocking')}</Tag>}
                {rule.refer && <Tag>{t('rules.refer')}</Tag>}
              </Space>
            ),
          },
          { key: 'leads', label: t('rules.leads'), children: rule.leads.map((lead) => periodText(lead, w)).join(t('explain.comma')) || t('rules.dash') },
          {
            key: 'types',
            label: t('rules.caseType'),
            children: rule.caseTypes.length === 0 ? t('rules.allTypes') : rule.caseTypes.map((c) => code('caseType', c)).join(t('explain.comma')),
          },
          {
            key: 'basis',
            label: t('rules.basis'),
            children: (
              <Space wrap>
                {rule.basis || t('rules.dash')}
                {rule.source !== null && <Tag color={rule.source === 'memory' ? 'gold' : 'green'}>{t(rule.source === 'memory' ? 'rules.memory' : 'rules.read')}</Tag>}
              </Space>
            ),
          },
          {
            key: 'effective',
            label: t('rules.effective'),
            children: [rule.effectiveFrom && t('rules.from', { t: rule.effectiveFrom }), rule.effectiveUntil && t('rules.until', { t: rule.effectiveUntil })].filter(Boolean).join(' ') || t('rules.dash'),
          },
          {
            key: 'alerts',
            label: t('rules.alerts'),
            children: (
              <Space wrap separator="·">
                <Drill to={alertsPath(rule.id)} n={rule.fired} />
                {rule.fired !== 0 && <Link to={alertsPath(rule.id, '&open=true')}>{t('rules.alertsOpen')}</Link>}
                {rule.dismissed !== null && rule.dismissed > 0 && <Link to={alertsPath(rule.id, '&status=dismissed')}>{t('rules.alertsDismissed', { n: rule.dismissed })}</Link>}
              </Space>
            ),
          },
          { key: 'precision', label: t('rules.precision'), children: <Precision rule={rule} /> },
        ]}
      />
      <Part title={t('rules.words')}>
        <Typography.Text type="secondary">{t('rules.template')}: {code('template', rule.template)}</Typography.Text>
        {lines.length > 0 ? (
          <RuleWords lines={lines} />
        ) : (
          <Parameters rule={rule} />
        )}
        {articles.map((limit) => (
          <blockquote key={limit.id} className="rule-article">
            <strong className="number">{limit.id}</strong> {limit.basis} {pick(limit.article)}
          </blockquote>
        ))}
        {needs.length > 0 && (
          <Flex gap={4} wrap align="center">
            {t('rules.needs')} {needs.map((s) => <Tag key={s.code}>{pick(s.name) || s.code}</Tag>)}
          </Flex>
        )}
      </Part>
      <Part title={t('rules.examples')}>
        {rule.examples === null ? (
          t('rules.dash')
        ) : (
          <div className="rule-examples">
            <Examples title={t('rules.fires')} examples={rule.examples.fires} />
            <Examples title={t('rules.silent')} examples={rule.examples.silent} />
          </div>
        )}
      </Part>
      <Part title={t('rules.versions')}>
        <Versions rule={rule} />
      </Part>
    </div>
  )
}

/** What the whole rule leaves out, such as counts, the list knew. */
function merged(listed: Rule, whole: Rule): Rule {
  return { ...whole, fired: whole.fired ?? listed.fired, dismissed: whole.dismissed ?? listed.dismissed, precision: whole.precision ?? listed.precision, decided: whole.decided ?? listed.decided }
}

function periodText(lead: string, { t }: Pick<ReturnType<typeof useWording>, 't'>): string {
  const match = /^(\d+)(h|d|wd|m|y)$/.exec(lead)
  return match ? t(`period.${match[2] as 'h' | 'd' | 'wd' | 'm' | 'y'}`, { n: match[1] ?? '' }) : lead
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Typography.Title level={5}>{title}</Typography.Title>
      {children}
    </section>
  )
}

function Parameters({ rule }: { rule: Rule }) {
  const { t } = useWording()
  const entries = Object.entries(rule.parameters)
  if (entries.length === 0) return <>{t('rules.dash')}</>
  return (
    <dl className="rule-words">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Examples({ title, examples }: { title: string; examples: RuleExample[] }) {
  const { t } = useWording()
  return (
    <div>
      <Typography.Text strong>{title}</Typography.Text>
      {examples.length === 0 ? (
        <div>{t('rules.dash')}</div>
      ) : (
        <ul>
          {examples.map((example, i) => (
            <li key={i}>
              {example.title} {example.level ? <Tag>{example.level}</Tag> : null}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
