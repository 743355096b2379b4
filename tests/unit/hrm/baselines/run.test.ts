import { describe, expect, it } from 'vitest'
import { breather } from '../../../../workers/hrm/baselines/run.ts'

function work(milliseconds: number): void {
  const until = performance.now() + milliseconds
  while (performance.now() < until);
}

describe('training that breathes', () => {
  it('hears a message that came while it worked', async () => {
    const controller = new AbortController()
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => controller.abort(new Error('something newer is wanted'))
    const breathe = breather(controller)
    port2.postMessage('stop')
    work(60)
    await expect(breathe()).rejects.toThrow('something newer')
    port1.close()
  })
  it('goes on where nobody objects, and where nobody can', async () => {
    await expect(breather(new AbortController())()).resolves.toBeUndefined()
    await expect(breather({})()).resolves.toBeUndefined()
  })
})
