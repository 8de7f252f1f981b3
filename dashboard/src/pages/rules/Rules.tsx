import { Typography } from 'antd'
import { useMemo } from 'react'
import { Link, useLocation } from 'react-router'
import { ruleOf } from '../../api/catalogue'
import type { CatalogueFacts, Limit, SentRule } from '../../api/catalogue'
import { useRead } from '../../api/useRead'
import { idIn } from '../../app/paths'
import { useWording } from '../../i18n/language'
import { DraftPage } from './drafts/DraftPage'
import { Drafts } from './drafts/Drafts'
import { Limits } from './Limits'
import { RuleTable } from './RuleTable'
import { Steps } from './Steps'
import './rules.css'

const TABS = ['rules', 'limits', 'steps', 'drafts'] as const

/** The catalogue: what the system checks, by which article, how often and how well. */
export default function Rules() {
  const { t } = useWording()
  const { pathname, search } = useLocation()
  const [tab = 'rules', ...rest] = idIn(pathname).split('/')
  const draft = rest.join('/')
  const sent = useRead<SentRule[] | { items: SentRule[] }>('/api/rules')
  const limits = useRead<{ items: Limit[] }>('/api/limits')
  const facts = useRead<CatalogueFacts>('/api/catalogue')
  const rules = useMemo(() => sent.value && (Array.isArray(sent.value) ? sent.value : sent.value.items).map(ruleOf), [sent.value])
  const limitsById = useMemo(() => new Map((limits.value?.items ?? []).map((l) => [l.id, l])), [limits.value])

  const active = tab === '' ? 'rules' : tab
  const count = { rules: rules?.length ?? facts.value?.rules, limits: limits.value?.items.length ?? facts.value?.limits }
  return (
    <>
      <div className="page-head rules-head">
        <Typography.Title level={4}>{t('rules.title')}</Typography.Title>
        <nav className="rules-tabs">
          {TABS.map((key) => (
            <Link key={key} to={key === 'rules' ? '/rules' : `/rules/${key}`} aria-current={key === active ? 'page' : undefined}>
              {t(`rules.tab.${key}`, key === 'rules' || key === 'limits' ? { n: count[key] ?? '' } : {})}
            </Link>
          ))}
        </nav>
      </div>
      {active === 'limits' ? (
        <Limits key={new URLSearchParams(search).get('q')} limits={limits.value?.items ?? null} failure={limits.failure} retry={() => void limits.reload()} />
      ) : active === 'steps' ? (
        <Steps />
      ) : active === 'drafts' ? (
        draft === '' ? <Drafts facts={facts.value} /> : <DraftPage key={draft} id={draft} facts={facts.value} />
      ) : (
        <RuleTable rules={rules} failure={sent.failure} retry={() => void sent.reload()} limits={limitsById} facts={facts.value} />
      )}
    </>
  )
}
