import { Button, Empty } from 'antd'
import { useSearchParams } from 'react-router'
import type { Key } from '../i18n/zh-CN'
import { useWording } from '../i18n/language'

interface Props {
  /** What the page calls the absence. */
  what: Key
  /** What to expect where nothing is filtered. */
  hint: Key
  /** The parameters of the address that narrow the list. */
  filters: readonly string[]
}

/** An empty list that says why it is empty and what to do next. */
export function Nothing({ what, hint, filters }: Props) {
  const { t } = useWording()
  const [search, setSearch] = useSearchParams()
  const filtered = filters.some((name) => search.has(name))
  const clear = () =>
    setSearch((old) => {
      const next = new URLSearchParams(old)
      for (const name of filters) next.delete(name)
      return next
    })
  return (
    <Empty
      description={
        <>
          {t(what)}
          <br />
          {t(filtered ? 'empty.filtered' : hint)}
        </>
      }
    >
      {filtered && <Button onClick={clear}>{t('empty.clear')}</Button>}
    </Empty>
  )
}
