import { Fragment } from 'react'
import type { Line } from './explain'

/** What a rule looks for, in words; the duties or checks of a rule of several each under its name. */
export function RuleWords({ lines }: { lines: readonly Line[] }) {
  return (
    <dl className="rule-words">
      {lines.map((line, i) => (
        <Fragment key={i}>
          {line.part !== undefined && line.part !== lines[i - 1]?.part && <div className="rule-part">{line.part}</div>}
          <div>
            <dt>{line.label}</dt>
            <dd>{line.text}</dd>
          </div>
        </Fragment>
      ))}
    </dl>
  )
}
