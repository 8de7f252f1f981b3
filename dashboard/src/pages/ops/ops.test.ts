import { describe, expect, it } from 'vitest'
import type { ClusterStatus, NodeStatus } from '../../api/operations'
import { home, operates } from '../../app/scope'
import type { Me } from '../../api/types'
import { en } from '../../i18n/en'
import { wording } from '../../i18n/language'
import { zhCN } from '../../i18n/zh-CN'
import { errorsOf, KEPT, latency, pointOf, rate, shortVersion, totals, withPoint, worst } from './ops'

const quiet = { p50: null, p99: null, count: 0 }

function node(name: string, more: Partial<NodeStatus> = {}): NodeStatus {
  return {
    name, role: 'silo', version: '1.0.0', since: '2026-03-01T09:00:00+08:00', state: 'running', activations: [], callsPerSecond: 0, eventsPerSecond: 0,
    queues: [], commit: quiet, reply: quiet, dueLateness: quiet, feedLag: quiet, hubClients: 0, errors: [], window: 60, ...more,
  }
}

const status = (nodes: NodeStatus[], second = 0): ClusterStatus => ({ at: `2026-03-01T09:00:${String(second).padStart(2, '0')}+08:00`, nodes })

describe('several nodes', () => {
  it('are as slow as the slowest, and count together', () => {
    const nodes = [node('a', { commit: { p50: 0.001, p99: 0.01, count: 90 } }), node('b', { commit: { p50: 0.002, p99: 0.5, count: 10 } }), node('c')]
    expect(worst(nodes, 'commit')).toEqual({ p50: 0.002, p99: 0.5, count: 100 })
    expect(worst(nodes, 'reply')).toEqual(quiet)
  })

  it('have the sum of what each does', () => {
    const point = pointOf(status([node('a', { eventsPerSecond: 3, callsPerSecond: 10 }), node('b', { eventsPerSecond: 4 })]))
    expect([point.events, point.calls, point.p99.commit]).toEqual([7, 10, null])
  })

  it('count their grains by kind, the most first, and keep the order of queues', () => {
    const counts = [[{ name: 'case', count: 2 }, { name: 'unit', count: 5 }], [{ name: 'case', count: 4 }]]
    expect(totals(counts, false)).toEqual([{ name: 'case', count: 6 }, { name: 'unit', count: 5 }])
    expect(totals([[{ name: 'events', count: 0 }, { name: 'calls', count: 9 }]], true).map((q) => q.name)).toEqual(['events', 'calls'])
  })

  it('show first what goes on, then what happened last', () => {
    const error = (kind: string, minute: number, open: boolean) => ({ kind, last: `2026-03-01T09:0${minute}:00+08:00`, count: 1, error: null, open })
    const shown = errorsOf([node('a', { errors: [error('old', 1, false), error('open', 0, true)] }), node('b', { errors: [error('new', 2, false)] })])
    expect(shown.map((e) => [e.node, e.kind])).toEqual([['a', 'open'], ['b', 'new'], ['a', 'old']])
  })
})

describe('the lines', () => {
  it('reach back so far and no farther', () => {
    let history = withPoint([], pointOf(status([])))
    for (let i = 1; i <= KEPT + 5; i++) history = withPoint(history, { ...pointOf(status([])), at: Date.parse(status([]).at) + i })
    expect(history).toHaveLength(KEPT)
  })

  it('hold a reading once, even if it comes twice', () => {
    const point = pointOf(status([], 5))
    expect(withPoint([point], point)).toEqual([point])
  })
})

it('says durations as people read them', () => {
  const zh = wording('zh')
  expect([latency(null, zh), latency(0.00123, zh), latency(0.25, zh), latency(2.5, zh)]).toEqual(['–', '1.2 毫秒', '250 毫秒', '2.5 秒'])
  expect([rate(0), rate(3.14), rate(1234.5)]).toEqual(['0.0', '3.1', '1,235'])
  expect(shortVersion('1.0.0+0123456789abcdef')).toBe('1.0.0+0123456')
})

it('has words in both languages for every state, queue and kind of error that a node sends', () => {
  const words = (texts: Record<string, string>) => Object.keys(texts).filter((key) => /^ops\.(state|queue|error|kind|role)\./.test(key))
  expect(words(en)).toEqual(words(zhCN))
  expect(words(zhCN)).toContain('ops.queue.journal')
})

describe('who operates', () => {
  const me: Me = {
    user: 'u', roles: ['system-admin'], procuratorate: null, department: null, prosecutor: null, csrf: '', mustChangePassword: false, now: '',
    clock: { simulated: false, speed: 1 },
  }
  it('is a system administrator, who starts there if there is nothing else to see', () => {
    expect([operates(me), home(me)]).toEqual([true, '/ops'])
    expect(home({ ...me, roles: ['system-admin', 'superior'] })).toBe('/wall')
  })
  it('is nobody else', () => expect(operates({ ...me, roles: ['monitor', 'leader', 'auditor', 'security-admin'] })).toBe(false))
})
