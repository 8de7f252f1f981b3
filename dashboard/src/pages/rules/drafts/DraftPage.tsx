import { Link, useSearchParams } from 'react-router'
import { ruleOf } from '../../../api/catalogue'
import type { CatalogueFacts, Draft, SentRule } from '../../../api/catalogue'
import { useRead } from '../../../api/useRead'
import { Failure } from '../../../app/Failure'
import { useWording } from '../../../i18n/language'
import { asFile } from './draft'
import { DraftEditor } from './DraftEditor'
import { TEMPLATE } from './template'

/** A draft that is there, or a new one from the template or from a rule (`?from=QX-008`). */
export function DraftPage({ id, facts }: { id: string; facts: CatalogueFacts | null }) {
  const { t } = useWording()
  const [search] = useSearchParams()
  const from = search.get('from')
  const fresh = id === 'new'
  const draft = useRead<Draft>(fresh ? null : `/api/rules/drafts/${encodeURIComponent(id)}`)
  const rule = useRead<SentRule>(fresh && from !== null ? `/api/rules/${encodeURIComponent(from)}` : null)
  const failure = draft.failure ?? rule.failure

  if (failure !== null && draft.value === null)
    return (
      <>
        <div className="page-head">
          <Link to="/rules/drafts">{t('draft.back')}</Link>
        </div>
        <Failure detail={failure} retry={() => void (draft.failure === null ? rule.reload() : draft.reload())} />
      </>
    )
  if (fresh) {
    if (from !== null && rule.value === null) return <p className="app-message">{t('app.loading')}</p>
    const yaml = rule.value === null ? null : ruleOf(rule.value).yaml
    return <DraftEditor draft={null} start={yaml === null ? TEMPLATE : asFile(yaml)} facts={facts} reload={draft.reload} />
  }
  if (draft.value === null) return <p className="app-message">{t('app.loading')}</p>
  return <DraftEditor draft={draft.value} start={draft.value.yaml} facts={facts} reload={draft.reload} />
}
