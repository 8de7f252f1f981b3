import type { Wording } from '../i18n/language'
import { dueInstant, parts, remaining } from './remaining'
import type { Moment, Remaining } from './remaining'

type T = Pick<Wording, 't'>

export function span(r: Remaining, { t }: T): string {
  return parts(r)
    .map(([part, n]) => t(`time.${part}`, { n }))
    .join(t('time.join'))
}

/** 剩余 2天 3时 / 已超 1天 */
export function countdown(due: string, now: Moment, w: T): { text: string; overdue: boolean } {
  const r = remaining(dueInstant(due), now)
  return { text: w.t(r.overdue ? 'time.over' : 'time.left', { t: span(r, w) }), overdue: r.overdue }
}

/** A real duration: tenths of a second while they matter, then whole parts. */
export function age(ms: number, w: T): string {
  if (ms < 10_000) return w.t('time.seconds', { n: (Math.max(0, ms) / 1000).toFixed(1) })
  return span(remaining(0, ms), w)
}

export function milliseconds(ms: number, w: T): string {
  return ms < 1000 ? w.t('time.ms', { n: Math.round(ms) }) : w.t('time.seconds', { n: (ms / 1000).toFixed(1) })
}
