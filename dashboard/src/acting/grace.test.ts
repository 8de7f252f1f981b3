import { describe, expect, it } from 'vitest'
import { Grace, GRACE } from './grace'
import type { Order, Ways } from './grace'

const order = (key: string, ids = ['a']): Order => ({ key, act: 'close', ids, said: {} })

function stage(answer: () => Promise<[]> = () => Promise.resolve([])) {
  let now = 0
  let timers: { at: number; run: () => void }[] = []
  const sent: string[] = []
  const left: string[] = []
  const ways: Ways = {
    now: () => now,
    after: (ms, run) => {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => void (timers = timers.filter((t) => t !== timer))
    },
    send: (o) => {
      sent.push(o.key)
      return answer()
    },
    leave: (o) => void left.push(o.key),
    explain: String,
  }
  const pass = async (ms: number) => {
    now += ms
    const due = timers.filter((t) => t.at <= now)
    timers = timers.filter((t) => t.at > now)
    for (const t of due) t.run()
    await Promise.resolve()
    await Promise.resolve()
  }
  return { grace: new Grace(ways), sent, left, pass }
}

describe('an act in its period of grace', () => {
  it('is sent once when the period is over, and told', async () => {
    const { grace, sent, pass } = stage()
    const told: string[] = []
    grace.done = (o) => void told.push(o.key)
    grace.hold(order('k'))
    await pass(GRACE - 1)
    expect(sent).toEqual([])
    await pass(1)
    await pass(GRACE)
    expect(sent).toEqual(['k'])
    expect(told).toEqual(['k'])
    expect(grace.read()).toEqual([])
  })

  it('is never sent when it was undone', async () => {
    const { grace, sent, pass } = stage()
    grace.hold(order('k'))
    expect(grace.undo('k')).toBe(true)
    await pass(2 * GRACE)
    grace.leave()
    expect(sent).toEqual([])
  })

  it('cannot be undone once it is on its way', async () => {
    const { grace, sent } = stage(() => new Promise(() => undefined))
    grace.hold(order('k'))
    void grace.send('k')
    expect(grace.undo('k')).toBe(false)
    await grace.send('k')
    expect(sent).toEqual(['k'])
  })

  it('is sent when the page goes, and not again should the page come back', async () => {
    const { grace, sent, left, pass } = stage()
    grace.hold(order('k'))
    grace.leave()
    grace.leave()
    await pass(2 * GRACE)
    expect(left).toEqual(['k'])
    expect(sent).toEqual([])
  })

  it('is left to the request that is under way when the page goes', () => {
    const { grace, left } = stage(() => new Promise(() => undefined))
    grace.hold(order('k'))
    void grace.send('k')
    grace.leave()
    expect(left).toEqual([])
  })

  it('stays when it failed, to be sent again under its key or dropped', async () => {
    let broken = true
    const { grace, sent } = stage(() => (broken ? Promise.reject(new Error('503')) : Promise.resolve([])))
    grace.hold(order('k'))
    await grace.send('k')
    expect(grace.read()[0]).toMatchObject({ state: 'failed', failure: 'Error: 503' })
    expect(grace.mustStay).toBe(true)
    broken = false
    await grace.send('k')
    expect(sent).toEqual(['k', 'k'])
    expect(grace.read()).toEqual([])
  })

  it('keeps a page that has more waiting than a going page may send', () => {
    const { grace } = stage()
    grace.hold(order('few', ['a']))
    expect(grace.mustStay).toBe(false)
    grace.hold(order('many', Array.from({ length: 5000 }, (_, i) => `${i}`.padStart(32, '0'))))
    expect(grace.mustStay).toBe(true)
  })
})
