import { useSearchParams } from 'react-router'

/** The named filters of the address, `null` where one is not set. */
export function useFilters<K extends string>(names: readonly K[]): Record<K, string | null> {
  const [search] = useSearchParams()
  return Object.fromEntries(names.map((name) => [name, search.get(name)])) as Record<K, string | null>
}
