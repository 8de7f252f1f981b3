import { describe, expect, it } from 'vitest'
import type { CaseDocument, Deadline, HistoryEntry } from '../../api/types'
import { bands, clipped, layout, moved, pieces, ROWS, slots, steps } from './bones'
import type { PassedStage } from './bones'

const event = (time: string, type = 'opinion.heard', id = `${type} ${time}`): HistoryEntry => ({ source: '/x', id, type, time, recordedAt: null, summary: null })
const limit = (id: string, dueOn: string, more: Partial<Deadline> = {}): Deadline => ({
  id, instance: '1', subject: 'case', name: { zh: id, en: id }, basis: '', startedOn: '2026-02-09', dueOn, computedOn: dueOn, clock: 'calendar',
  extendedBy: [], status: 'running', endedOn: null, provisional: false, ...more,
})
const document = (code: string, state: CaseDocument['state'], required = true): CaseDocument => ({ code, name: code, required, state })
const asOf = '2026-02-20T09:00:00+08:00'
const at = (stage: string, day: string): PassedStage => ({ stage, at: `${day}T09:00:00+08:00`, event: null })
const none = { history: [], deadlines: [], documents: [], asOf }

describe('the days of a case on its spine', () => {
  it('are in order, with the present among them', () => {
    const all = slots({ ...none, history: [event('2026-02-12T09:00:00+08:00'), event('2026-02-09T09:00:00+08:00')], deadlines: [limit('T-B05', '2026-03-09')] })
    expect(all.map((s) => s.day)).toEqual(['2026-02-09', '2026-02-12', '2026-02-20', '2026-03-09'])
    expect(all.map((s) => s.now)).toEqual([false, false, true, false])
  })
  it('are legal days', () => expect(slots({ ...none, history: [event('2026-02-11T17:00:00Z')] }).map((s) => s.day)).toEqual(['2026-02-12', '2026-02-20']))
  it('hold events of one type as one node', () => {
    const [day] = slots({ ...none, history: [event('2026-02-09T09:00:00+08:00', 'document.issued'), event('2026-02-09T10:00:00+08:00', 'document.issued'), event('2026-02-09T11:00:00+08:00', 'case.assigned')] })
    expect(day?.up).toMatchObject([{ type: 'document.issued', entries: [{}, {}] }, { type: 'case.assigned' }])
  })
  it('put a limit that is over where it ended, and one that runs or was missed where it is due', () => {
    const all = slots({ ...none, deadlines: [limit('a', '2026-02-16', { status: 'met', endedOn: '2026-02-12' }), limit('b', '2026-02-17', { status: 'missed' }), limit('c', '2026-03-01')] })
    expect(all.map((s) => [s.day, s.down.map((n) => n.state)])).toEqual([['2026-02-12', ['done']], ['2026-02-17', ['missed']], ['2026-02-20', []], ['2026-03-01', ['running']]])
  })
  it('tell one limit of several suspects once', () => {
    const all = slots({ ...none, deadlines: ['1', '2', '3'].map((subject) => limit('T-A35', '2026-03-01', { subject })) })
    expect(all[1]?.down).toMatchObject([{ kind: 'limit', limits: [{ subject: '1' }, { subject: '2' }, { subject: '3' }] }])
  })
  it('show the present what is missing, but not what nobody demands', () => {
    const all = slots({ ...none, documents: [document('a', 'missing'), document('b', 'missing', false), document('c', 'not-yet'), document('d', 'not-yet'), document('e', 'present')] })
    expect(all[0]?.down).toMatchObject([{ state: 'missing', documents: [{ code: 'a' }] }, { state: 'ahead', documents: [{ code: 'c' }, { code: 'd' }] }])
  })
  it('fold what does not fit a bone, the gravest last', () => {
    const deadlines = Array.from({ length: 9 }, (_, i) => limit(`T-${i}`, '2026-02-20', { status: i === 8 ? 'missed' : 'met', endedOn: i === 8 ? null : '2026-02-20' }))
    const [day] = slots({ ...none, deadlines })
    expect(day?.down).toHaveLength(ROWS)
    expect(day?.down[0]).toMatchObject({ state: 'missed' })
    expect(day?.down.at(-1)).toMatchObject({ kind: 'rest', nodes: { length: 4 } })
  })
})

describe('the layout of a fish-bone', () => {
  const all = slots({ ...none, history: [event('2026-02-09T09:00:00+08:00'), event('2026-02-09T10:00:00+08:00', 'case.assigned'), event('2026-02-12T09:00:00+08:00')], deadlines: [limit('T-B05', '2026-03-09')] })
  const placed = layout(all)
  it('puts what happened above the spine and what is due below it', () => {
    for (const { side, y } of placed.nodes) expect(y < placed.spine).toBe(side === 'up')
  })
  it('keeps every node on the sheet and no two in one place', () => {
    for (const { x, y } of placed.nodes) {
      expect(x).toBeGreaterThan(0)
      expect(x + placed.slot).toBeLessThanOrEqual(placed.width)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(placed.height)
    }
    expect(new Set(placed.nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(placed.nodes.length)
  })
  it('leaves each label the room to the next bone', () => {
    const rows = placed.nodes.filter((n) => n.side === 'up').sort((a, b) => a.y - b.y || a.x - b.x)
    rows.forEach((n, i) => {
      const next = rows[i + 1]
      if (next?.y === n.y) expect(next.x - n.x).toBeGreaterThanOrEqual(placed.slot - 1)
    })
  })
  it('shares out the room there is', () => {
    expect(layout(all, 1400).width).toBeGreaterThan(placed.width)
    expect(layout(all, 1400).width).toBeLessThanOrEqual(1400)
  })
  it('the stages follow each other without a gap up to the present', () => {
    const found = bands([at('UNDER_REVIEW', '2026-02-09'), at('RETURNED_1', '2026-02-12')], all, placed)
    expect(found.map((b) => b.stage.stage)).toEqual(['UNDER_REVIEW', 'RETURNED_1'])
    expect(found[0]?.to).toBe(found[1]?.from)
  })
  it('of two stages of one day shows the later', () => {
    expect(bands([at('REG', '2026-02-09'), at('ASSIGN', '2026-02-09'), at('DECIDE', '2026-02-12')], all, placed).map((b) => b.stage.stage)).toEqual(['ASSIGN', 'DECIDE'])
  })
  it('arrows lead along the spine and along a bone, and no further than there is', () => {
    const key = (i: number) => placed.nodes[i]?.node.key
    const start = placed.nodes.findIndex((n) => n.slot === 0)
    const right = moved(placed.nodes, start, 'ArrowRight')
    expect(placed.nodes[right]?.slot).toBe(1)
    expect(placed.nodes[moved(placed.nodes, right, 'ArrowRight')]?.slot).toBe(3)
    expect(placed.nodes[moved(placed.nodes, right, 'ArrowLeft')]?.slot).toBe(0)
    const other = moved(placed.nodes, start, 'ArrowDown')
    expect(key(other)).not.toBe(key(start))
    expect(placed.nodes[other]?.slot).toBe(0)
    expect(moved(placed.nodes, 0, 'ArrowLeft')).toBe(0)
    expect(moved(placed.nodes, 0, 'End')).toBe(placed.nodes.length - 1)
    expect(moved(placed.nodes, 2, 'x')).toBe(2)
  })
})

it('pieces of a spine hold every day once and the stages that reach into them', () => {
  const all = slots({ ...none, history: ['09', '10', '11', '12', '13'].map((d) => event(`2026-02-${d}T09:00:00+08:00`)), deadlines: [limit('T-B05', '2026-03-09')] })
  const cut = pieces(all, [at('REG', '2026-02-09'), at('ASSIGN', '2026-02-11'), at('DECIDE', '2026-02-13')], 2)
  expect(cut.flatMap((p) => p.slots)).toEqual(all)
  expect(cut.map((p) => p.course.map((s) => s.stage))).toEqual([['REG'], ['ASSIGN'], ['DECIDE'], []])
})

it('the states of a course say where the case has been, is, and could still come to', () => {
  const states = ['REG', 'ASSIGN', 'DECIDE'].map((code) => ({ code }))
  expect(steps(states, [at('REG', '2026-02-09'), at('ASSIGN', '2026-02-10')]).map((s) => s.state)).toEqual(['done', 'now', 'ahead'])
  expect(steps(states, []).map((s) => s.state)).toEqual(['ahead', 'ahead', 'ahead'])
})

it('a label is cut where the room ends, a Chinese character counting twice', () => {
  expect(clipped('审查起诉', 8)).toBe('审查起诉')
  expect(clipped('审查起诉期', 8)).toBe('审查起诉…')
  expect(clipped('Files', 4)).toBe('File…')
})
