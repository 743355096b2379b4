import { describe, expect, it } from 'vitest'
import { Pass } from '../../../../workers/live/ask/allowList.ts'
import { failureOf } from '../../../../workers/live/ask/statusFailure.ts'
import { jsonOf } from '../../../../workers/live/ask/jsonOf.ts'
import { redact } from '../../../../workers/live/ask/redact.ts'
import { send } from '../../../../workers/live/ask/transport.ts'
import { origin, Simulation } from '../simulation.ts'

const now = Date.UTC(2026, 0, 5, 10)
const failure = (status: number, headers: Record<string, string> = {}) =>
  failureOf({ status, header: (name) => new Headers(headers).get(name) }, 'api.example', now)

describe('an answer', () => {
  it('larger than 64 MB is not read to its end', async () => {
    const world = new Simulation()
    let read = 0
    world.answer = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            read++
            controller.enqueue(new Uint8Array(1024 * 1024))
          },
        }),
      )
    const asking = send(world.platform, new Pass([origin], ''), { url: `${origin}/` }, null)
    await expect(asking).rejects.toMatchObject({ kind: 'too-large' })
    expect(read).toBeLessThan(70)
  })

  it('that asks to be left alone says for how long, in seconds, as a date or by GitHub’s reset', () => {
    expect(failure(429, { 'Retry-After': '90' })).toMatchObject({ kind: 'limit', retryAfterMs: 90_000 })
    const date = new Date(now + 60_000).toUTCString()
    expect(failure(503, { 'Retry-After': date })).toMatchObject({ kind: 'server', retryAfterMs: 60_000 })
    const reset = { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(now / 1000 + 1800) }
    expect(failure(403, reset)).toMatchObject({ kind: 'limit', retryAfterMs: 1_800_000 })
    expect(failure(429, { 'X-Rate-Limit-Retry-After-Seconds': '30' })).toMatchObject({ retryAfterMs: 30_000 })
    expect(failure(429)).toMatchObject({ kind: 'limit', retryAfterMs: null })
    expect(failure(200)).toBeNull()
  })

  it('that is no JSON says where it ends to be', () => {
    expect(() => jsonOf('{"a": [1, 2', 'api.example')).toThrow('breaks off after 11 characters')
    expect(() => jsonOf('{"a": "b', 'api.example')).toThrow('breaks off after 8 characters')
    expect(() => jsonOf(`[${'1,'.repeat(99)}nil,${'1,'.repeat(99)}1]`, 'api.example')).toThrow(
      'character 201 of 403 characters',
    )
    expect(() => jsonOf(' <html>', 'api.example')).toThrow('a web page instead of JSON')
    expect(() => jsonOf('', 'api.example')).toThrow('an empty answer')
  })

  it('is told without keys, however they are written', () => {
    const secrets = { key: 'a b/c' }
    expect(redact('a b/c a%20b%2Fc a+b%2Fc a%2520b%252Fc', secrets)).toBe('••• ••• ••• •••')
  })
})
