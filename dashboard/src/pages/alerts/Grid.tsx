import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useCallback, useRef } from 'react'
import type { MouseEvent } from 'react'
import { useNavigate } from 'react-router'
import type { Alert } from '../../api/types'
import type { Names, RuleNames } from '../../app/names'
import { casePath } from '../../app/paths'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { isOpen } from '../../live/alerts'
import { useLegalNow } from '../../time/clock'
import { Instant } from '../../time/Instant'
import { countdown } from '../../time/wording'
import type { GroupItem, Item } from './arrange'

const ROW = 56
const HEAD = 40

interface Props {
  items: readonly Item[]
  /** Alerts as they are now; the items may be held still. */
  current: ReadonlyMap<string, Alert>
  chosen: ReadonlySet<string>
  /** Alerts about which something was decided that is not sent yet. */
  held: ReadonlySet<string>
  folded: ReadonlySet<string>
  names: Names
  ruleName: RuleNames
  nameOf: (group: GroupItem) => string
  onChoose: (ids: readonly string[], on: boolean, upTo: boolean) => void
  onFold: (value: string) => void
  onOpen: (id: string) => void
}

/** However many rows there are, only those in sight are on the page; all have the same height, so nothing moves while it is scrolled. */
export function Grid(props: Props) {
  const { items, current, chosen, held, folded, onChoose, onFold, onOpen } = props
  const { t } = useWording()
  const scroller = useRef<HTMLDivElement>(null)
  // The compiler leaves this component alone, as it should: what the list holds changes by itself.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback((i: number) => (items[i]?.kind === 'group' ? HEAD : ROW), [items]),
    getItemKey: useCallback((i: number) => keyOf(items[i]), [items]),
    overscan: 6,
    // A frame may come a moment late; a scroll must not wait for it.
    useFlushSync: false,
  })
  const navigate = useNavigate()
  // One listener for all links: they are plain ones, because a list that is scrolled makes hundreds a second.
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (link === null || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void navigate(link.getAttribute('href') ?? '')
  }

  return (
    <div className="grid" role="table" aria-rowcount={items.length + 1} aria-label={t('nav.alerts')} ref={scroller} tabIndex={0} onClick={follow}>
      <div role="rowgroup" className="grid-head">
        <div role="row" className="grid-row" aria-rowindex={1}>
          <span role="columnheader" aria-label={t('room.choose')} />
          {(['light', 'rule', 'case', 'left', 'status', 'prosecutor', 'department', 'category', 'raised'] as const).map((name) => (
            <span role="columnheader" key={name}>
              {t(`list.${name}`)}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="grid-body" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((at) => {
          const item = items[at.index]
          if (item === undefined) return null
          return item.kind === 'group' ? (
            <div role="row" aria-rowindex={at.index + 2} className="grid-group" key={at.key} style={{ transform: `translateY(${at.start}px)` }}>
              <GroupHead
                group={item}
                name={props.nameOf(item)}
                chosen={item.ids.filter((id) => chosen.has(id)).length}
                folded={folded.has(item.value)}
                onChoose={onChoose}
                onFold={onFold}
              />
            </div>
          ) : (
            <Row
              key={at.key}
              index={at.index}
              start={at.start}
              alert={current.get(item.alert.id) ?? item.alert}
              chosen={chosen.has(item.alert.id)}
              held={held.has(item.alert.id)}
              names={props.names}
              ruleName={props.ruleName}
              onChoose={onChoose}
              onOpen={onOpen}
            />
          )
        })}
      </div>
    </div>
  )
}

function keyOf(item: Item | undefined): string {
  return item === undefined ? '' : item.kind === 'group' ? `group ${item.value}` : item.alert.id
}

interface HeadProps extends Pick<Props, 'onChoose' | 'onFold'> {
  group: GroupItem
  name: string
  chosen: number
  folded: boolean
}

function GroupHead({ group, name, chosen, folded, onChoose, onFold }: HeadProps) {
  const { t } = useWording()
  return (
    <>
      <span role="cell">
        <input
          type="checkbox"
          aria-label={t('room.chooseGroup', { name })}
          checked={chosen === group.ids.length}
          ref={(box) => {
            if (box !== null) box.indeterminate = chosen > 0 && chosen < group.ids.length
          }}
          onChange={(e) => onChoose(group.ids, e.target.checked, false)}
        />
      </span>
      <span role="cell" className="grid-group-cell">
        <button type="button" aria-expanded={!folded} onClick={() => onFold(group.value)}>
          <i aria-hidden="true">{folded ? '▸' : '▾'}</i> {name}
        </button>
        <LevelTag level={group.gravest} /> <span className="number">{t('room.count', { n: group.ids.length })}</span>
      </span>
    </>
  )
}

interface RowProps extends Pick<Props, 'names' | 'ruleName' | 'onChoose' | 'onOpen'> {
  index: number
  start: number
  alert: Alert
  chosen: boolean
  held: boolean
}

const Row = memo(function Row({ index, start, alert: a, chosen, held, names, ruleName, onChoose, onOpen }: RowProps) {
  const { t, pick } = useWording()
  const rule = pick(ruleName(a))
  const last = a.acts?.at(-1)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="grid-row"
      data-chosen={chosen || undefined}
      data-held={held || undefined}
      style={{ transform: `translateY(${start}px)` }}
    >
      <span role="cell">
        <input
          type="checkbox"
          aria-label={t('room.chooseOne', { name: `${rule} ${a.caseName ?? a.case}` })}
          checked={chosen}
          onChange={(e) => onChoose([a.id], e.target.checked, e.nativeEvent instanceof MouseEvent && e.nativeEvent.shiftKey)}
        />
      </span>
      <span role="cell">
        <LevelTag level={a.level} />
      </span>
      <span role="cell">
        <button type="button" className="grid-open" onClick={() => onOpen(a.id)} title={rule}>
          {rule}
        </button>
        <small title={pick(a.message)}>
          {pick(a.message)} · {a.basis}
        </small>
      </span>
      <span role="cell">
        <a href={casePath(a.case)} title={a.caseName ?? a.case}>
          {a.caseName ?? a.case}
        </a>
        {a.caseName && <small>{a.case}</small>}
      </span>
      <span role="cell">{isOpen(a) ? <Left due={a.dueOn} /> : <Over alert={a} />}</span>
      <span role="cell">
        {held ? t('room.held') : t(`status.${a.status ?? 'open'}`)}
        {last && <small>{last.by}</small>}
      </span>
      <span role="cell">{names.prosecutor(a.prosecutor)}</span>
      <span role="cell">{names.department(a.department)}</span>
      <span role="cell">{a.category}</span>
      <span role="cell">
        <Instant at={a.raisedAt} />
      </span>
    </div>
  )
})

function Left({ due }: { due: string | null }) {
  const w = useWording()
  const now = useLegalNow()
  if (due === null) return null
  const { text, overdue } = countdown(due, now, w)
  return (
    <span className="number" data-over={overdue || undefined}>
      {text}
    </span>
  )
}

/** What is over counts no more: when it went is all there is to say. */
function Over({ alert }: { alert: Alert }) {
  const { t } = useWording()
  const at = alert.clearedAt ?? alert.retractedAt
  return at === null || at === undefined ? null : (
    <small>
      {t('list.cleared')} <Instant at={at} />
    </small>
  )
}
