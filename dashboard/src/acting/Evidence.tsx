import { Select } from 'antd'
import { useMemo } from 'react'
import type { CaseBody, EventRef } from '../api/types'
import { useRead } from '../api/useRead'
import { caseUrl } from '../app/paths'
import { useWording } from '../i18n/language'
import { shortInstant } from '../time/remaining'
import { legalNow } from '../time/clock'

const MOST = 50
const LONGEST = 256

interface Props {
  case: string
  value?: (string | EventRef)[]
  onChange?: (evidence: (string | EventRef)[]) => void
}

const keyOf = (e: string | EventRef) => (typeof e === 'string' ? e : JSON.stringify([e.source, e.id]))

/** What proves an answer: events of the case, newest first, or words of one's own. */
export function Evidence({ case: id, value = [], onChange }: Props) {
  const { t, code } = useWording()
  const { value: body } = useRead<CaseBody>(caseUrl(id))
  const events = useMemo(
    () =>
      (body?.history ?? [])
        .filter((e) => !e.type.startsWith('supervision.'))
        .reverse()
        .map((e) => ({ value: keyOf(e), label: `${code('event', e.type)} ${shortInstant(e.time, legalNow())}`, event: { source: e.source, id: e.id } })),
    [body, code],
  )
  const known = new Map(events.map((e) => [e.value, e.event]))
  return (
    <Select
      mode="tags"
      aria-label={t('act.evidence')}
      placeholder={t('act.evidence.hint')}
      maxCount={MOST}
      value={value.map(keyOf)}
      options={events}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(keys: string[]) => onChange?.(keys.map((k) => known.get(k) ?? k.slice(0, LONGEST)))}
    />
  )
}
