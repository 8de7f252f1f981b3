import type { Alert, Page } from '../../api/types'

/** Rows that a tab keeps. */
export const MOST_ROWS = 20_000

/** The server's own limit of one page. */
export const PAGE = 500

/** Everything a filter finds, read page after page in the background and kept true by the feed meanwhile. */
export class AlertBook {
  private rows = new Map<string, Alert>()
  /** What the feed has said of alerts since the reading began: a page that was on its way is older than that. */
  private told = new Set<string>()
  complete = false
  truncated = false

  /** Reads everything anew; the old rows stay until the first page is here. */
  async read(page: (cursor: string | null) => Promise<Page<Alert>>, current: () => boolean, changed: () => void): Promise<void> {
    this.complete = false
    this.truncated = false
    this.told = new Set()
    const before = this.rows
    let fresh: Map<string, Alert> | null = null
    let cursor: string | null = null
    do {
      const { items, next }: Page<Alert> = await page(cursor)
      if (!current()) return
      if (fresh === null) {
        fresh = new Map([...before].filter(([id]) => this.told.has(id)))
        this.rows = fresh
      }
      for (const alert of items) if (!this.told.has(alert.id)) fresh.set(alert.id, alert)
      cursor = next
      this.truncated = next !== null && fresh.size >= MOST_ROWS
      this.complete = next === null
      changed()
    } while (cursor !== null && !this.truncated)
  }

  /** Takes what the feed says of an alert. */
  tell(alert: Alert, belongs: boolean): void {
    this.told.add(alert.id)
    if (belongs) this.rows.set(alert.id, alert)
    else this.rows.delete(alert.id)
  }

  get all(): Alert[] {
    return [...this.rows.values()]
  }
}
