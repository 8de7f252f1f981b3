import { Alert, Button, Tag, Typography } from 'antd'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { CaseBody, Deadline, EventRef } from '../../api/types'
import { useRead } from '../../api/useRead'
import { useCourse, useStageNames } from '../../app/names'
import { useWording } from '../../i18n/language'
import type { Wording } from '../../i18n/language'
import { Instant } from '../../time/Instant'
import { legal, remaining } from '../../time/remaining'
import { span } from '../../time/wording'
import { bands, clipped, layout, left, moved, pieces, slots, steps } from './bones'
import type { BoneNode, Course, NodeState, PassedStage } from './bones'

interface Props {
  body: CaseBody
  asOf: string | null
  onShow: (event: EventRef) => void
  onLimit: (limit: Deadline) => void
}

const SIGN: Record<NodeState, string> = { done: '✓', running: '', missed: '!', missing: '×', ahead: '', stopped: '–' }
const NONE: readonly PassedStage[] = []

/** The case as a fish-bone: its stages are the spine, what happened stands above its day, limits and documents below. */
export function Fishbone({ body, asOf, onShow, onLimit }: Props) {
  const w = useWording()
  const { t } = w
  const stage = useStageNames()
  const query = asOf === null ? '' : `?asOf=${encodeURIComponent(asOf)}`
  const { value, failure, reload } = useRead<Course>(`/api/cases/${encodeURIComponent(body.id)}/course${query}`)
  useEffect(() => void reload(), [reload, body.version])
  const passed = value?.stages ?? NONE

  const all = useMemo(() => slots(body), [body])
  const [room, setRoom] = useState(0)
  const placed = useMemo(() => layout(all, room), [all, room])
  const chosen = useRef<Map<number, SVGGElement>>(new Map())
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => setRoom(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const [key, setKey] = useState<string | null>(null)
  const found = placed.nodes.findIndex((n) => n.node.key === key)
  // What presses most is told before anybody points at it.
  const first = ['missed', 'missing', 'running', 'ahead', 'done'].map((state) => placed.nodes.map((n) => n.node.state).lastIndexOf(state as NodeState)).find((i) => i >= 0) ?? -1
  // One stop of the Tab key; the arrows do the rest.
  const stop = found >= 0 ? found : Math.max(first, 0)
  const shown = placed.nodes[stop]?.node

  // The present is what people come for; a long case begins far to the left of it.
  useEffect(() => {
    const now = placed.feet[all.findIndex((s) => s.now)] ?? 0
    if (box.current) box.current.scrollLeft = now - box.current.clientWidth + placed.slot * 2.5
  }, [all, placed])

  const open = (node: BoneNode) => {
    if (node.kind === 'events' && node.entries[0]) onShow(node.entries[0])
    if (node.kind === 'limit') onLimit(node.limits[0])
  }
  const onKey = (event: KeyboardEvent, i: number) => {
    const node = placed.nodes[i]?.node
    if (node && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      open(node)
      return
    }
    const to = moved(placed.nodes, i, event.key)
    if (to === i) return
    event.preventDefault()
    const next = placed.nodes[to]
    if (next === undefined) return
    setKey(next.node.key)
    const element = chosen.current.get(to)
    element?.focus({ preventScroll: true })
    element?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  return (
    <div className="fishbone">
      {failure !== null && <Alert type="warning" showIcon title={t('course.failed', { detail: failure })} />}
      <States body={body} passed={passed} />
      <div className="fishbone-scroll" ref={box}>
        <svg width={placed.width} height={placed.height} viewBox={`0 0 ${placed.width} ${placed.height}`} role="group" aria-label={t('course.chart')}>
          <Spine all={all} placed={placed} passed={passed} name={(code) => stage({ caseType: body.caseType, stage: code })} now={t(asOf === null ? 'course.now' : 'course.then')} start={t('course.start')} />
          {placed.nodes.map(({ node, x, y }, i) => (
            <g
              key={node.key}
              ref={(element) => {
                if (element) chosen.current.set(i, element)
                else chosen.current.delete(i)
              }}
              className="bone-node"
              data-state={node.state}
              data-chosen={i === stop ? '' : undefined}
              role="button"
              tabIndex={i === stop ? 0 : -1}
              onFocus={() => setKey(node.key)}
              onMouseEnter={() => setKey(node.key)}
              onClick={() => open(node)}
              onKeyDown={(event) => onKey(event, i)}
            >
              {/* Its name: the text seen is cut to fit. */}
              <title>{spoken(node, w)}</title>
              <rect className="bone-hit" x={x - 8} y={y - 10} width={placed.slot - 6} height={20} rx={4} />
              <g aria-hidden>
                <Mark node={node} x={x} y={y} />
                <text x={x + 11} y={y + 4}>
                  {clipped(title(node, w), Math.floor((placed.slot - 24) / 6.3))}
                </text>
              </g>
            </g>
          ))}
        </svg>
      </div>
      <div className="fishbone-sheet" aria-hidden>
        {pieces(all, passed, 5).map((piece) => {
          const cut = layout(piece.slots)
          return (
            <svg key={piece.slots[0]?.day} width={cut.width} height={cut.height} viewBox={`0 0 ${cut.width} ${cut.height}`}>
              <Spine all={piece.slots} placed={cut} passed={piece.course} name={(code) => stage({ caseType: body.caseType, stage: code })} now={t(asOf === null ? 'course.now' : 'course.then')} start="" />
              {cut.nodes.map(({ node, x, y }) => (
                <g key={node.key} className="bone-node" data-state={node.state}>
                  <Mark node={node} x={x} y={y} />
                  <text x={x + 11} y={y + 4}>
                    {clipped(title(node, w), 16)}
                  </text>
                </g>
              ))}
            </svg>
          )
        })}
      </div>
      <div className="fishbone-detail" role="status">
        {shown === undefined ? (
          <Typography.Text type="secondary">{t('course.point')}</Typography.Text>
        ) : (
          <Detail node={shown} asOf={body.asOf} onShow={onShow} onLimit={onLimit} />
        )}
      </div>
      <div className="fishbone-legend">
        {(['done', 'running', 'missed', 'missing', 'ahead', 'stopped'] as const).map((state) => (
          <span key={state} data-state={state}>
            <svg width={14} height={14} aria-hidden>
              <g className="bone-node" data-state={state}>
                <circle cx={7} cy={7} r={5.5} />
                <text className="bone-sign" x={7} y={10.5}>
                  {SIGN[state]}
                </text>
              </g>
            </svg>
            {t(state === 'ahead' ? 'course.later' : `course.${state}`)}
          </span>
        ))}
        <Typography.Text type="secondary">
          {t('course.hint')}
          {value?.more === true && ` · ${t('course.more')}`}
        </Typography.Text>
      </div>
    </div>
  )
}

/** Every state of the course of this type: where the case has been, where it is, where it could still come to. */
function States({ body, passed }: { body: CaseBody; passed: readonly PassedStage[] }) {
  const { t, pick } = useWording()
  const all = useCourse(body.caseType)
  // Nobody waits for a case to become unaccepted again.
  const course = all.filter((s) => s.code !== 'unaccepted' || passed.some((p) => p.stage === s.code))
  if (passed.length === 0) return null
  return (
    <ol className="course-states" aria-label={t('course.states')}>
      {steps(course, passed).map(({ code, state, at }) => {
        const name = course.find((s) => s.code === code)?.name
        return (
          <li key={code} data-state={state} {...(state === 'now' ? { 'aria-current': 'step' as const } : {})}>
            {state === 'done' && <span aria-hidden>✓ </span>}
            {pick(name ?? code)}
            {at !== null && <small>{legal(Date.parse(at)).date.slice(state === 'now' ? 0 : 5)}</small>}
          </li>
        )
      })}
    </ol>
  )
}

function Spine({ all, placed, passed, name, now, start }: {
  all: ReturnType<typeof slots>
  placed: ReturnType<typeof layout>
  passed: readonly PassedStage[]
  name: (stage: string) => string
  now: string
  start: string
}) {
  const { spine, half, feet, tips } = placed
  const end = placed.width - 44
  const found = all.findIndex((s) => s.now)
  // A piece that ends before the day shown has nothing ahead; one that begins after it has nothing else.
  const nowAt = feet[found] ?? (passed.length > 0 ? end : 0)
  return (
    <>
      {tips.map(({ up, down }, i) => {
        const foot = feet[i] ?? 0
        return (
          <g key={all[i]?.day} className="bone">
            {up && <line x1={foot} y1={spine - half} x2={up[0]} y2={up[1]} />}
            {down && <line x1={foot} y1={spine + half} x2={down[0]} y2={down[1]} />}
          </g>
        )
      })}
      <path className="spine-ahead" d={`M${nowAt + placed.slot * 0.5} ${spine - half} H${end} l40 ${half} l-40 ${half} H${nowAt + placed.slot * 0.5} z`} />
      {bands(passed, all, placed).map(({ stage, from, to, last }, i) => (
        <g key={`${stage.stage} ${stage.at}`} className="spine-band" data-last={last ? '' : undefined} data-odd={i % 2 === 1 ? '' : undefined}>
          <path d={`M${from} ${spine - half} H${to} l8 ${half} l-8 ${half} H${from} l8 ${-half} z`} />
        </g>
      ))}
      {passed.length === 0 && <text className="spine-name" x={22} y={spine + 4}>{start}</text>}
      {all.map((slot, i) => (
        <text key={slot.day} className="spine-day" data-ahead={(feet[i] ?? 0) > nowAt || passed.length === 0 ? '' : undefined} x={(feet[i] ?? 0) + 34} y={spine + 10}>
          {slot.day.slice(i === 0 || all[i - 1]?.day.slice(0, 4) !== slot.day.slice(0, 4) ? 0 : 5)}
        </text>
      ))}
      {bands(passed, all, placed).map(({ stage, from, to }) => (
        <text key={`${stage.stage} ${stage.at}`} className="spine-name" x={from + 14} y={spine - 3}>
          {clipped(name(stage.stage), Math.max(4, Math.floor((to - from - 20) / 6.5)))}
        </text>
      ))}
      {found >= 0 && <g className="spine-now">
        <line x1={nowAt} y1={8} x2={nowAt} y2={placed.height - 6} />
        <text x={nowAt - 4} y={14}>
          {now}
        </text>
      </g>}
    </>
  )
}

function Mark({ node, x, y }: { node: BoneNode; x: number; y: number }) {
  return (
    <>
      {node.kind === 'documents' ? <rect className="bone-mark" x={x - 5.5} y={y - 5.5} width={11} height={11} /> : <circle className="bone-mark" cx={x} cy={y} r={5.5} />}
      <text className="bone-sign" x={x} y={y + 3.5}>
        {SIGN[node.state]}
      </text>
    </>
  )
}

function title(node: BoneNode, w: Wording): string {
  switch (node.kind) {
    case 'events': {
      const name = w.code('event', node.type)
      return node.entries.length > 1 ? w.t('course.times', { name, n: node.entries.length }) : name
    }
    case 'limit':
      return node.limits.length > 1 ? w.t('course.times', { name: w.pick(node.limits[0].name), n: node.limits.length }) : w.pick(node.limits[0].name)
    case 'documents':
      return node.state === 'ahead' ? w.t('course.ahead', { n: node.documents.length }) : w.t('course.missingDocument', { name: node.documents[0]?.name ?? '' })
    case 'rest':
      return w.t('course.rest', { n: node.nodes.length })
  }
}

function spoken(node: BoneNode, w: Wording): string {
  const state = w.t(node.state === 'ahead' ? 'course.later' : `course.${node.state}`)
  if (node.kind === 'limit') return `${title(node, w)} ${state} ${w.t('wall.due', { t: node.limits[0].dueOn.slice(0, 10) })}`
  return `${title(node, w)} ${state}${node.kind === 'events' ? ` ${node.entries[0]?.time.slice(0, 10) ?? ''}` : ''}`
}

function Detail({ node, asOf, onShow, onLimit }: { node: BoneNode; asOf: string } & Pick<Props, 'onShow' | 'onLimit'>) {
  const w = useWording()
  const { t, pick, code } = w
  switch (node.kind) {
    case 'events':
      return (
        <>
          <b>{code('event', node.type)}</b>
          {node.entries.map((e) => (
            <span key={`${e.source} ${e.id}`}>
              <Instant at={e.time} /> {pick(e.summary)}{' '}
              <Button type="link" size="small" onClick={() => onShow(e)}>
                {t('course.open')}
              </Button>
            </span>
          ))}
        </>
      )
    case 'limit': {
      const [limit] = node.limits
      const rest = left(limit, asOf)
      return (
        <>
          <b>{pick(limit.name)}</b>
          <Tag color={{ running: 'blue', met: 'green', missed: 'red', stopped: 'default' }[limit.status]}>{t(`deadline.${limit.status}`)}</Tag>
          <span>
            {limit.id} · {limit.basis} · {limit.subject === 'case' ? t('subject.case') : t('subject.suspect', { n: node.limits.map((l) => l.subject).join('、') })}
          </span>
          <span className="number">
            {limit.startedOn.slice(0, 16).replace('T', ' ')} → {limit.dueOn.slice(0, 16).replace('T', ' ')}
            {limit.endedOn !== null && ` · ${t('deadline.endedOn', { t: limit.endedOn.slice(0, 16).replace('T', ' ') })}`}
          </span>
          {(limit.status === 'running' || limit.status === 'missed') && (
            <Typography.Text type={rest <= 0 ? 'danger' : 'secondary'}>{t(rest <= 0 ? 'time.over' : 'time.left', { t: span(remaining(rest, 0), w) })}</Typography.Text>
          )}
          {limit.proof && <Typography.Text type="secondary">{pick(limit.proof.article)}</Typography.Text>}
          <Button type="link" size="small" onClick={() => onLimit(limit)}>
            {t('course.openLimit')}
          </Button>
        </>
      )
    }
    case 'documents':
      return (
        <>
          <b>{t(node.state === 'missing' ? 'course.demanded' : 'course.notYet')}</b>
          {node.documents.map((d) => (
            <Tag key={d.code} color={node.state === 'missing' ? 'red' : 'default'}>
              {d.name}
            </Tag>
          ))}
        </>
      )
    case 'rest':
      return (
        <>
          {node.nodes.map((one) => (
            <Button key={one.key} type="link" size="small" danger={one.state === 'missed' || one.state === 'missing'} onClick={() => {
              if (one.kind === 'events' && one.entries[0]) onShow(one.entries[0])
              if (one.kind === 'limit') onLimit(one.limits[0])
            }}>
              {spoken(one, w)}
            </Button>
          ))}
        </>
      )
  }
}
