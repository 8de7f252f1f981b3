import { Alert, Button, Space, Typography } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { HistoryEntry } from '../../api/types'
import { useWording } from '../../i18n/language'
import { asOfAt, instants, placeOf, stepped } from './instants'

interface Props {
  /** Every event there is, also those later than what is shown. */
  history: readonly HistoryEntry[]
  asOf: string | null
  go: (asOf: string | null) => void
}

/** While a hand moves the slider nothing is read; so long after it has stopped. */
const SETTLE = 250
/** A step while playing. */
const PLAY = 1200

/** The case as of an instant: a step an event, by hand, by key, or by itself. */
export function Rewind({ history, asOf, go }: Props) {
  const { t, code } = useWording()
  const all = useMemo(() => instants(history), [history])
  const last = all.length
  const settled = placeOf(all, asOf)
  const [moving, move] = useState<number | null>(null)
  const [playing, play] = useState(false)
  const place = Math.min(moving ?? settled, last)

  const to = useCallback((next: number) => move(Math.min(Math.max(next, 0), last)), [last])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (moving === null) return undefined
    timer.current = setTimeout(() => {
      move(null)
      go(asOfAt(all, moving))
    }, SETTLE)
    return () => clearTimeout(timer.current)
  }, [moving, all, go])
  useEffect(() => {
    if (!playing) return undefined
    if (place >= last) {
      play(false)
      return undefined
    }
    const step = setTimeout(() => to(place + 1), PLAY)
    return () => clearTimeout(step)
  }, [playing, place, last, to])

  const instant = asOfAt(all, place)
  const now = instant === null
  const happened = now ? [] : history.filter((h) => Date.parse(h.time) === Date.parse(instant))
  const told = now
    ? t('rewind.present', { of: last })
    : `${t('rewind.place', { n: place + 1, of: last })} · ${instant.slice(0, 16).replace('T', ' ')} · ${happened.map((h) => code('event', h.type)).join('、')}`
  return (
    <div
      className="rewind"
      role="group"
      aria-label={t('rewind.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          play(false)
          to(last)
        } else if (event.key === ' ' && event.target instanceof HTMLInputElement) {
          event.preventDefault()
          play((p) => !p)
        }
      }}
    >
      <Space.Compact size="small">
        <Button aria-label={t('rewind.first')} title={t('rewind.first')} disabled={place <= 0} onClick={() => to(0)}><Sign d="M3 2h2v10H3zM12 2v10L5 7z" /></Button>
        <Button aria-label={t('rewind.back')} title={t('rewind.back')} disabled={place <= 0} onClick={() => to(place - 1)}><Sign d="M11 2v10L4 7zM3 2h1.5v10H3z" /></Button>
        <Button
          aria-label={t(playing ? 'rewind.pause' : 'rewind.play')}
          aria-pressed={playing}
          title={t(playing ? 'rewind.pause' : 'rewind.play')}
          disabled={last === 0}
          onClick={() => {
            // Playing from the present begins at the beginning.
            if (!playing && place >= last) to(0)
            play(!playing)
          }}
        >
          <Sign d={playing ? 'M3 2h3v10H3zM8 2h3v10H8z' : 'M3 2v10l9-5z'} />
        </Button>
        <Button aria-label={t('rewind.next')} title={t('rewind.next')} disabled={place >= last} onClick={() => to(place + 1)}><Sign d="M3 2v10l7-5zM10 2h1.5v10H10z" /></Button>
        <Button aria-label={t('rewind.last')} title={t('rewind.last')} disabled={now} onClick={() => to(last)}><Sign d="M9 2h2v10H9zM2 2v10l7-5z" /></Button>
      </Space.Compact>
      <input
        type="range"
        min={0}
        max={last}
        step={1}
        value={place}
        disabled={last === 0}
        aria-label={t('rewind.slider')}
        aria-valuetext={told}
        onChange={(event) => {
          play(false)
          to(Number(event.target.value))
        }}
        onKeyDown={(event) => {
          const next = stepped(place, event.key, last)
          if (next === null) return
          event.preventDefault()
          play(false)
          to(next)
        }}
      />
      <Typography.Text className="number rewind-told" strong={!now}>
        {told}
      </Typography.Text>
      <Typography.Text type="secondary" className="rewind-keys">
        {t('rewind.keys')}
      </Typography.Text>
    </div>
  )
}

/** A sign drawn here: fonts of an office may not have it. */
function Sign({ d }: { d: string }) {
  return (
    <svg width={14} height={14} aria-hidden>
      <path d={d} fill="currentColor" />
    </svg>
  )
}

/** Says that the past is shown, for as long as it is. */
export function PastBanner({ asOf, go }: Pick<Props, 'go'> & { asOf: string }) {
  const { t } = useWording()
  return (
    <Alert
      type="warning"
      showIcon
      banner
      className="past-banner"
      title={t('rewind.past', { t: asOf.slice(0, 16).replace('T', ' ') })}
      action={
        <Button size="small" type="primary" onClick={() => go(null)}>
          {t('case.now')}
        </Button>
      }
    />
  )
}
