import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Colour of the level, set where a level is shown and used by the style sheets. */
    '--light'?: string
  }
}
