import { Empty, Tag } from 'antd'
import type { CaseDocument } from '../../api/types'
import { useWording } from '../../i18n/language'
import { grouped } from './checklist'

const COLOR = { missing: 'red', present: 'green', 'not-yet': 'default', other: 'default' } as const

/** A case may ask for dozens of documents: what is missing comes first, and what nobody demands last. */
export function Documents({ documents }: { documents: readonly CaseDocument[] }) {
  const { t } = useWording()
  const groups = grouped(documents)
  if (groups.length === 0) return <Empty description={t('app.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
  return (
    <dl className="documents">
      {groups.map(({ group, documents: some }) => (
        <div key={group} data-group={group}>
          <dt>
            {t(`document.${group}`)} <span className="number">{some.length}</span>
          </dt>
          <dd>
            {some.map((d) => (
              <Tag key={d.code} color={COLOR[group]}>
                {d.name}
              </Tag>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
