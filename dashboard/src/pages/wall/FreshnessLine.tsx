import { useEffect, useState } from 'react'
import { useWording } from '../../i18n/language'
import { useFreshness } from '../../live/useFeed'
import { age, milliseconds } from '../../time/wording'

/** What proves that the wall is true: connection, sequence, age, latency, and the last check that nothing is missing. */
export function FreshnessLine() {
  const w = useWording()
  const f = useFreshness()
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 200)
    return () => clearInterval(timer)
  }, [])

  const ago = (at: number) => w.t('time.ago', { t: age(now - at, w) })
  if (f.stale)
    return (
      <footer className="wall-freshness" role="alert">
        <strong>{w.t('wall.stale', { t: age(now - (f.proofAt ?? f.startedAt), w) })}</strong>
      </footer>
    )
  return (
    <footer className="wall-freshness">
      <span className="wall-link" data-connected={f.connected || undefined}>
        {w.t(f.connected ? 'wall.connected' : 'wall.connecting')}
      </span>
      {f.sequence !== null && <span>{w.t('wall.sequence', { n: f.sequence.toLocaleString('en') })}</span>}
      <span>{f.eventAt === null ? w.t('wall.noEvent') : w.t('wall.newest', { t: ago(f.eventAt) })}</span>
      {f.latency !== null && <span>{w.t('wall.latency', { t: milliseconds(f.latency, w) })}</span>}
      {f.verifiedAt !== null && <span>{w.t('wall.verified', { t: ago(f.verifiedAt) })}</span>}
    </footer>
  )
}
