import { Card, Select, Typography } from 'antd'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { Link, Navigate, useLocation, useNavigate } from 'react-router'
import type { Level, Units } from '../../api/types'
import { namesOf, useLimitNames, useUnits } from '../../app/names'
import { departmentPath, idIn, procuratoratePath } from '../../app/paths'
import { wallScope } from '../../app/scope'
import { useMe } from '../../app/session'
import { subtree } from '../../app/subtree'
import { useWording } from '../../i18n/language'
import { LevelTag } from '../../law/LevelTag'
import { LEVELS } from '../../law/levels'
import { officeFold } from '../../live/office'
import type { Office } from '../../live/office'
import { useFeed } from '../../live/useFeed'
import { Due } from './Due'
import { Flow } from './Flow'
import { departmentLines, listOf, officeLines, totals } from './rollup'
import type { Within } from './rollup'
import type { Line } from './rollup'
import './board.css'

/** A procuratorate and those below it: where alerts and cases are. Every number leads to the list it counts. */
export default function Procuratorate() {
  const { t } = useWording()
  const me = useMe()
  const code = idIn(useLocation().pathname)
  const units = useUnits()
  if (units === null) return <p className="app-message">{t('app.loading')}</p>
  const visible = units.procuratorates
  if (code === '') {
    const own = visible.find((u) => u.code === me.procuratorate) ?? visible[0]
    return own === undefined || wallScope(me) === null ? <p className="app-message">{t('board.none')}</p> : <Navigate to={procuratoratePath(own.code)} replace />
  }
  if (wallScope(me) === null || !visible.some((u) => u.code === code)) return <p className="app-message">{t('board.refused')}</p>
  return <Board key={code} code={code} units={units} />
}

/** What is followed of several offices, as one. */
type Parts = Pick<Office, 'counters' | 'workload'>

function Board({ code, units }: { code: string; units: Units }) {
  const { t } = useWording()
  const navigate = useNavigate()
  const below = useMemo(() => subtree(units, code), [units, code])
  const scope = below.length > 1 ? 'all' : `procuratorate:${code}`
  const { state, refused } = useFeed(scope, officeFold)
  // Who is above some offices but not above all follows each by itself.
  const [parts, setParts] = useState<ReadonlyMap<string, Parts>>(new Map())
  const part = useCallback((office: string, one: Parts) => setParts((old) => new Map(old).set(office, one)), [])
  const followed: Parts | null = useMemo(() => {
    if (!refused) return state
    if (parts.size === 0) return null
    return {
      counters: new Map([...parts].flatMap(([office, p]) => [...p.counters].map(([own, c]) => [own === '*' ? office : own, c] as const))),
      workload: new Map([...parts.values()].flatMap((p) => [...p.workload])),
    }
  }, [refused, state, parts])

  const lines = useMemo(() => (followed === null ? [] : officeLines(units, code, followed.counters, followed.workload.values())), [units, code, followed])
  const departments = useMemo(
    () => (followed === null ? [] : departmentLines(units, below.map((u) => u.code), followed.counters, followed.workload)),
    [units, below, followed],
  )
  const names = useMemo(() => namesOf(units), [units])
  const limit = useLimitNames()
  const whole: Within = useMemo(() => (below.length > 1 ? { under: code } : { procuratorate: code }), [below, code])
  return (
    <div className="board">
      <div className="page-head">
        <Typography.Title level={4}>{names.procuratorate(code)}</Typography.Title>
        <Select
          aria-label={t('board.choose')}
          popupMatchSelectWidth={false}
          className="no-print"
          style={{ minWidth: 220 }}
          value={code}
          options={subtreeOptions(units)}
          onChange={(chosen: string) => void navigate(procuratoratePath(chosen))}
        />
        <Typography.Text type="secondary">
          {t('board.order')}
          {refused && below.length > 1 && ` · ${t('board.perUnit')}`}
        </Typography.Text>
      </div>
      {refused && below.length > 1 && below.map((u) => <Followed key={u.code} code={u.code} told={part} />)}
      {refused && below.length === 1 ? (
        <p className="app-message">{t('app.refused')}</p>
      ) : (
        <>
          <Totals lines={lines} whole={whole} ready={followed !== null} />
          <div className="board-columns">
            <div>
              {below.length > 1 && (
                <Card size="small" title={t('board.units')}>
                  <Numbers
                    head={t('board.unit')}
                    rows={lines.map((l) => ({ ...l, key: l.id, label: <Link style={{ paddingLeft: l.depth * 18 }} to={procuratoratePath(l.id)}>{l.name}</Link>, filters: { procuratorate: l.id }, extra: [] }))}
                    extra={[]}
                  />
                </Card>
              )}
              <Flow scope={refused ? `procuratorate:${code}` : scope} within={whole} />
              <Card size="small" title={t('board.departments')}>
                <Numbers
                  head={t('board.department')}
                  extra={[t('board.people'), t('board.load'), t('department.cv')]}
                  rows={departments.map((d) => ({
                    key: d.id,
                    label: (
                      <>
                        <Link to={departmentPath(d.id)}>{d.name}</Link>
                        {below.length > 1 && <small> {names.procuratorate(d.office)}</small>}
                      </>
                    ),
                    levels: d.levels,
                    openCases: null,
                    unassigned: d.unassigned,
                    filters: { department: d.id },
                    extra: [`${d.onDuty}/${d.people}`, d.load?.toFixed(2) ?? t('rules.dash'), d.cv?.toFixed(3) ?? t('rules.dash')],
                  }))}
                />
              </Card>
            </div>
            <Due scope={refused ? `procuratorate:${code}` : scope} within={whole} names={names} limit={limit} />
          </div>
        </>
      )}
    </div>
  )
}

function subtreeOptions(units: Units): { value: string; label: string }[] {
  const known = new Set(units.procuratorates.map((u) => u.code))
  return units.procuratorates
    .filter((u) => u.parent === null || !known.has(u.parent))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .flatMap((top) => subtree(units, top.code))
    .map((u) => ({ value: u.code, label: `${'　'.repeat(u.depth)}${u.name}` }))
}

/** Follows one office on behalf of the board. */
function Followed({ code, told }: { code: string; told: (code: string, parts: Parts) => void }) {
  const { state } = useFeed(`procuratorate:${code}`, officeFold)
  useEffect(() => {
    if (state !== null) told(code, { counters: state.counters, workload: state.workload })
  }, [state, code, told])
  return null
}

/** The sums on top; `whole` is the filter that gives the same cases. */
function Totals({ lines, whole, ready }: { lines: readonly Line[]; whole: Within; ready: boolean }) {
  const { t } = useWording()
  const sum = totals(lines)
  const alerts = Object.values(sum.levels).reduce((a, n) => a + n, 0)
  const number = (name: string, n: number, to: string) => (
    <div className="board-total" data-name={name}>
      <span>{name}</span>
      <b className="number">{!ready ? '…' : n === 0 ? 0 : <Link to={to}>{n}</Link>}</b>
    </div>
  )
  return (
    <Card size="small">
      <div className="board-totals">
        {number(t('board.open'), sum.openCases, listOf('cases', whole))}
        {number(t('board.unassigned'), sum.unassigned, listOf('cases', { ...whole, assigned: 'false' }))}
        {number(t('board.alerts'), alerts, listOf('alerts', whole))}
        <div className="board-levels">
          {LEVELS.map((level) => (
            <span key={level} data-level={level}>
              <LevelTag level={level} />
              <b className="number">
                {(sum.levels[level] ?? 0) === 0 ? 0 : <Link to={listOf('alerts', { ...whole, level })}>{sum.levels[level]}</Link>}
              </b>
            </span>
          ))}
        </div>
      </div>
    </Card>
  )
}

interface Row {
  key: string
  label: React.ReactNode
  levels: Partial<Record<Level, number>>
  openCases: number | null
  unassigned: number
  filters: Record<string, string>
  extra: string[]
}

/** Levels, open and unassigned cases of each unit; a nought leads nowhere. */
function Numbers({ head, rows, extra }: { head: string; rows: Row[]; extra: string[] }) {
  const { t } = useWording()
  const cell = (n: number, to: string) => (n === 0 ? <span className="board-zero">0</span> : <Link to={to}>{n}</Link>)
  const withCases = rows.some((r) => r.openCases !== null)
  return (
    <div className="board-scroll">
      <table className="board-numbers">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {withCases && <th scope="col">{t('board.open')}</th>}
            <th scope="col">{t('board.unassigned')}</th>
            {LEVELS.map((level) => (
              <th key={level} scope="col" title={t(`level.${level}`)}>
                {level}
              </th>
            ))}
            {extra.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} data-unit={row.key}>
              <th scope="row">{row.label}</th>
              {row.openCases !== null && <td>{cell(row.openCases, listOf('cases', row.filters))}</td>}
              <td>{cell(row.unassigned, listOf('cases', { ...row.filters, assigned: 'false' }))}</td>
              {LEVELS.map((level) => (
                <td key={level} data-level={level}>
                  {cell(row.levels[level] ?? 0, listOf('alerts', { ...row.filters, level }))}
                </td>
              ))}
              {row.extra.map((text, i) => (
                <td key={i}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
