import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useMe } from '../../app/session'
import { isKiosk } from '../../app/scope'

interface Props {
  to: string
  className?: string
  style?: React.CSSProperties
  children: ReactNode
  [data: `data-${string}`]: string | boolean | undefined
}

/** The way from a number to what is behind it; a screen that nobody sits at has none. */
export function Drill({ to, children, ...rest }: Props) {
  return isKiosk(useMe()) ? (
    <span {...rest}>{children}</span>
  ) : (
    <Link to={to} {...rest}>
      {children}
    </Link>
  )
}
