import { describe, expect, it } from 'vitest'
import { Guards } from '../../../src/state/guards.svelte.ts'
import { guardIds } from '../../../workers/backtest/api.ts'
import type { Guard, GuardId, Outcome, RunRequest } from '../../../workers/backtest/api.ts'

const request = {} as RunRequest
const done = (id: GuardId): Outcome<Guard> => ({ ok: true, value: { id } as Guard })
const heavy: GuardId[] = ['leaveSymbolOut', 'parameterJitter', 'randomEntries', 'shiftedSignals']

describe('the guards of a result', () => {
  it('are asked for one after the other, in their order', async () => {
    const asked: GuardId[] = []
    let underWay = 0
    const guards = new Guards(async (_, id) => {
      expect(++underWay).toBe(1)
      asked.push(id)
      await Promise.resolve()
      underWay--
      return done(id)
    })
    await guards.start(request, 'one')
    expect(asked).toEqual([...guardIds])
    expect(guards.found.get('capacity')).toEqual({ guard: { id: 'capacity' }, hash: 'one' })
    expect([guards.measuring, guards.queue.length, guards.offered.size]).toEqual([null, 0, 0])
  })

  it('keep the result they were found in when the settings move on, and nothing late is taken for new', async () => {
    let answer: (outcome: Outcome<Guard>) => void = () => undefined
    const guards = new Guards(() => new Promise((resolve) => (answer = resolve)))
    const first = guards.start(request, 'one')
    guards.stop()
    answer(done('probabilisticSharpe'))
    await first
    expect(guards.found.size).toBe(0)
    void guards.start(request, 'two')
    answer(done('probabilisticSharpe'))
    await Promise.resolve()
    await Promise.resolve()
    expect(guards.found.get('probabilisticSharpe')?.hash).toBe('two')
    guards.stop()
    expect(guards.found.get('probabilisticSharpe')?.hash).toBe('two')
    guards.clear()
    expect(guards.found.size).toBe(0)
  })

  it('that take long wait to be asked for', async () => {
    const asked: GuardId[] = []
    const guards = new Guards(async (_, id) => {
      asked.push(id)
      if (id === 'delay') await new Promise((resolve) => setTimeout(resolve, 130))
      return done(id)
    })
    await guards.start(request, 'one')
    expect([...guards.offered]).toEqual(heavy)
    expect(asked).not.toContain('randomEntries')
    await Promise.all([guards.measure('randomEntries'), guards.measure('shiftedSignals')])
    expect(asked.slice(-2)).toEqual(['randomEntries', 'shiftedSignals'])
    expect([...guards.offered]).toEqual(heavy.slice(0, 2))
  })

  it('that were interrupted are offered again; those that fail say why', async () => {
    const guards = new Guards((_, id) =>
      Promise.resolve(
        id === 'delay'
          ? { ok: false, code: 'superseded', message: '' }
          : id === 'capacity'
            ? { ok: false, code: 'failed', message: 'The run failed.' }
            : done(id),
      ),
    )
    await guards.start(request, 'one')
    expect([...guards.offered]).toEqual(['delay'])
    expect(guards.failed.get('capacity')).toBe('The run failed.')
    expect(guards.found.size).toBe(13)
  })
})
