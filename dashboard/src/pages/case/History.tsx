import { Timeline, Typography } from 'antd'
import type { EventRef, HistoryEntry } from '../../api/types'
import { useWording } from '../../i18n/language'
import { Instant } from '../../time/Instant'

export function anchorOf(event: EventRef): string {
  return `event ${event.source} ${event.id}`
}

/** More than this many real milliseconds between happening and entry is worth showing. */
const LATE = 24 * 3600_000

export function History({ history, marked }: { history: HistoryEntry[]; marked: string | null }) {
  const { t, pick, code } = useWording()
  const entries = [...history].sort((a, b) => Date.parse(b.time) - Date.parse(a.time))
  return (
    <Timeline
      items={entries.map((entry) => {
        const anchor = anchorOf(entry)
        const late = entry.recordedAt !== null && Date.parse(entry.recordedAt) - Date.parse(entry.time) > LATE
        return {
          key: anchor,
          content: (
            <div id={anchor} className={marked === anchor ? 'history-marked' : undefined}>
              <Typography.Text strong>{code('event', entry.type)}</Typography.Text>
              <div>{pick(entry.summary)}</div>
              <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                <Instant at={entry.time} /> · {entry.id}
                {late && ` · ${t('case.recorded', { t: entry.recordedAt?.slice(0, 10) ?? '' })}`}
              </Typography.Text>
            </div>
          ),
        }
      })}
    />
  )
}
