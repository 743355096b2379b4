import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Heartbeat } from '../../../src/state/heartbeat.ts'

describe('the heartbeat of a worker', () => {
  let answers: (() => void)[]
  const silent = vi.fn()
  const ask = vi.fn(() => new Promise<void>((answer) => answers.push(answer)))

  beforeEach(() => {
    vi.useFakeTimers()
    vi.clearAllMocks()
    answers = []
  })
  afterEach(() => vi.useRealTimers())

  test('goes on while the worker answers, if only by a refusal', async () => {
    const refusing = vi.fn(() => Promise.reject(new Error('no')))
    const heart = new Heartbeat(refusing, silent, () => 1_000)
    await vi.advanceTimersByTimeAsync(10_500)
    expect(refusing).toHaveBeenCalledTimes(11)
    expect(silent).not.toHaveBeenCalled()
    heart.stop()
  })

  test('ends, once, when two askings in a row stay without an answer', async () => {
    new Heartbeat(ask, silent, () => 1_000)
    await vi.advanceTimersByTimeAsync(1_900)
    expect(silent).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(silent).toHaveBeenCalledOnce()
  })

  test('is not ended by one late answer, as after a sleep of the computer', async () => {
    new Heartbeat(ask, silent, () => 1_000)
    await vi.advanceTimersByTimeAsync(1_500)
    answers[0]()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(silent).not.toHaveBeenCalled()
  })

  test('is kept up by whatever else the worker says', async () => {
    const heart = new Heartbeat(ask, silent, () => 1_000)
    for (let i = 0; i < 10; i++) {
      await vi.advanceTimersByTimeAsync(700)
      heart.heard()
    }
    expect(silent).not.toHaveBeenCalled()
    heart.stop()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(silent).not.toHaveBeenCalled()
  })
})
