import { describe, expect, it } from 'vitest'
import { CancelledError, TrainingControl } from '../../../../workers/hrm/training/control.ts'

const ready = () => Promise.resolve()
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))
const job =
  (log: string[], name: string, wait = settled) =>
  async () => {
    log.push(`${name} begins`)
    await wait()
    log.push(`${name} ends`)
    return name
  }

describe('the control of a training', () => {
  it('does what was asked between two steps, one thing at a time and in order', async () => {
    const control = new TrainingControl(ready)
    const log: string[] = []
    const asked = [control.between(job(log, 'a'), 'soon'), control.between(job(log, 'b'), 'now')]
    await settled()
    expect(log).toEqual([])
    await control.turn(() => undefined)
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
    expect(await Promise.all(asked)).toEqual(['a', 'b'])
  })

  it('holds the training while it is paused, and still does what is asked', async () => {
    const control = new TrainingControl(ready)
    const log: string[] = []
    control.pause()
    const turn = control
      .turn((paused) => log.push(paused ? 'paused' : 'goes on'))
      .then(() => log.push('step'))
    await settled()
    expect(await control.between(job(log, 'a'), 'soon')).toBe('a')
    await settled()
    expect(log).toEqual(['paused', 'a begins', 'a ends'])
    control.resume()
    await turn
    expect(log.slice(3)).toEqual(['goes on', 'step'])
  })

  it('cancels a training that runs, and one that is paused', async () => {
    const running = new TrainingControl(ready)
    running.cancel()
    await expect(running.turn(() => undefined)).rejects.toThrow(CancelledError)
    const paused = new TrainingControl(ready)
    paused.pause()
    const turn = paused.turn(() => undefined)
    await settled()
    paused.cancel()
    await expect(turn).rejects.toThrow(CancelledError)
  })

  it('lets a validation make room for what cannot wait, and for nothing else', async () => {
    const control = new TrainingControl(ready)
    void control.between(job([], 'a'), 'soon')
    expect(await control.goesOn()).toBe(true)
    void control.between(job([], 'b'), 'now')
    expect(await control.goesOn()).toBe(false)
    await control.turn(() => undefined)
    expect(await control.goesOn()).toBe(true)
    control.pause()
    expect(await control.goesOn()).toBe(false)
    control.resume()
    control.cancel()
    expect(await control.goesOn()).toBe(false)
  })

  it('leaves nothing undone at the end, and then does things at once, still one at a time', async () => {
    const control = new TrainingControl(ready)
    const log: string[] = []
    const early = control.between(job(log, 'a'), 'soon')
    await Promise.all([control.end(), control.between(job(log, 'b'), 'soon'), early])
    const [failed, done] = await Promise.allSettled([
      control.between(() => Promise.reject(new Error('no')), 'soon'),
      control.between(job(log, 'c'), 'soon'),
    ])
    expect([failed.status, done.status]).toEqual(['rejected', 'fulfilled'])
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  })
})
