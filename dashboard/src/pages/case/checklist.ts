import type { CaseDocument } from '../../api/types'

/** `other`: its node has come and it was not seen, but neither a law nor the office demands it. */
export type DocumentGroup = 'missing' | 'present' | 'not-yet' | 'other'

const ORDER: readonly DocumentGroup[] = ['missing', 'present', 'not-yet', 'other']

const groupOf = (d: CaseDocument): DocumentGroup => (d.state === 'missing' && !d.required ? 'other' : d.state)

/** The documents by what a reader wants to know of them; a group without any is left out. Within one, those that must be there come first. */
export function grouped(documents: readonly CaseDocument[]): { group: DocumentGroup; documents: CaseDocument[] }[] {
  return ORDER.map((group) => ({
    group,
    documents: documents.filter((d) => groupOf(d) === group).sort((a, b) => Number(b.required) - Number(a.required)),
  })).filter((g) => g.documents.length > 0)
}
