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
    const heart = new Heartbeat(refusing, silent, () => 0)
    await vi.advanceTimersByTimeAsync(41_000)
    expect(refusing).toHaveBeenCalledTimes(11)
    expect(silent).not.toHaveBeenCalled()
    heart.stop()
  })

  test('ends, once, when no answer has come for as long as there is patience', async () => {
    new Heartbeat(ask, silent, () => 20_000)
    await vi.advanceTimersByTimeAsync(19_000)
    expect(silent).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(100_000)
    expect(silent).toHaveBeenCalledOnce()
    expect(ask).toHaveBeenCalledOnce()
  })

  test('is as patient as it is told at the moment, not as it was when it last asked', async () => {
    let patience = 60_000
    new Heartbeat(ask, silent, () => patience)
    await vi.advanceTimersByTimeAsync(5_000)
    patience = 1_000
    await vi.advanceTimersByTimeAsync(4_000)
    expect(silent).toHaveBeenCalledOnce()
  })

  test('is not ended by one late answer, as after a sleep of the computer', async () => {
    const heart = new Heartbeat(ask, silent, () => 0)
    await vi.advanceTimersByTimeAsync(6_000)
    answers[0]()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(silent).not.toHaveBeenCalled()
    heart.stop()
  })

  test('is kept up by whatever else the worker says', async () => {
    const heart = new Heartbeat(ask, silent, () => 0)
    for (let i = 0; i < 10; i++) {
      await vi.advanceTimersByTimeAsync(3_000)
      heart.heard()
    }
    expect(silent).not.toHaveBeenCalled()
    heart.stop()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(silent).not.toHaveBeenCalled()
  })
})
