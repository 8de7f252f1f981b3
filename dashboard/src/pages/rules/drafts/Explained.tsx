import { Tooltip } from 'antd'
import type { ReactNode } from 'react'

/** What is disabled says why: on hover, and to a screen reader. */
export function Explained({ why, children }: { why: string | null; children: ReactNode }) {
  return (
    <Tooltip title={why}>
      <span aria-label={why ?? undefined}>{children}</span>
    </Tooltip>
  )
}
