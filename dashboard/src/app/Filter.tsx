import { Select } from 'antd'
import { useSearchParams } from 'react-router'
import { useWording } from '../i18n/language'

interface Props {
  name: string
  label: string
  options: { value: string; label: string }[]
}

/** A filter that lives in the address, so that a list can be linked to and the back button undoes a choice. */
export function Filter({ name, label, options }: Props) {
  const { t } = useWording()
  const [search, setSearch] = useSearchParams()
  const value = search.get(name)
  const shown = value !== null && !options.some((o) => o.value === value) ? [{ value, label: value }, ...options] : options
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={t('wall.filterAny', { label })}
      style={{ minWidth: 150 }}
      popupMatchSelectWidth={false}
      value={value}
      options={shown}
      onChange={(chosen: string | undefined) =>
        setSearch((old) => {
          const next = new URLSearchParams(old)
          if (chosen === undefined) next.delete(name)
          else next.set(name, chosen)
          return next
        })
      }
    />
  )
}
