import { post } from '../../api/client'
import type { Me } from '../../api/types'

export type Act = 'acknowledge' | 'notice' | 'reply' | 'close' | 'dismiss' | 'refer'

/** What each act asks for beside the alerts; the names are those of the request body. */
export const FIELDS: Record<Act, readonly Field[]> = {
  acknowledge: ['note'],
  notice: ['kind', 'text'],
  reply: ['text', 'evidence'],
  close: [],
  dismiss: ['reason'],
  refer: ['to', 'reason'],
}

export type Field = 'note' | 'kind' | 'text' | 'evidence' | 'reason' | 'to'

export const OPTIONAL: readonly Field[] = ['note', 'evidence']
export const KINDS = ['oral', 'written', 'report'] as const
export const RECEIVERS = ['quality-review', 'inspection', 'department'] as const

/** Acts worth offering to a role. The server decides; this only keeps buttons away that it would refuse. */
export function actsOf(me: Me): Act[] {
  if (me.roles.includes('monitor') || me.roles.includes('leader')) return ['acknowledge', 'notice', 'close', 'dismiss', 'refer']
  if (me.roles.includes('handler') || me.roles.includes('head')) return ['acknowledge', 'reply']
  return []
}

export interface Outcome {
  done: number
  failed: number
  detail: string
}

interface Result {
  id: string
  status?: string | number
  error?: { title?: string; detail?: string } | null
}

/** One request for any number of alerts; the key makes a repeated click harmless. */
export async function perform(act: Act, ids: readonly string[], values: Partial<Record<Field, string>>): Promise<Outcome> {
  const body = (await post('/api/alerts/acts', { act, ids, ...values }, newKey())) as { results?: Result[] } | null
  const failed = (body?.results ?? []).filter((r) => r.error)
  const first = failed[0]?.error
  return { done: ids.length - failed.length, failed: failed.length, detail: first?.detail ?? first?.title ?? '' }
}

/** `crypto.randomUUID` needs a secure context, which an office's plain-HTTP intranet address is not. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
}
