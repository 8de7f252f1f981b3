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

  /** Reads everything. What was whole before stays as it is until all of it has been read anew; else each page is seen as it comes. */
  async read(page: (cursor: string | null) => Promise<Page<Alert>>, current: () => boolean, changed: () => void): Promise<void> {
    const quiet = this.complete
    this.told = new Set()
    const read = new Map<string, Alert>()
    let cursor: string | null = null
    let truncated = false
    do {
      const { items, next }: Page<Alert> = await page(cursor)
      if (!current()) return
      for (const alert of items) read.set(alert.id, alert)
      cursor = next
      truncated = next !== null && read.size >= MOST_ROWS
      if (quiet && next !== null && !truncated) continue
      // What the feed has said since is newer than any page.
      const told = [...this.told].map((id) => [id, this.rows.get(id)] as const)
      this.rows = new Map(read)
      for (const [id, alert] of told) {
        if (alert === undefined) this.rows.delete(id)
        else this.rows.set(id, alert)
      }
      this.truncated = truncated
      this.complete = next === null
      changed()
    } while (cursor !== null && !truncated)
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
