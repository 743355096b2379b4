import { describe, expect, it } from 'vitest'
import type { StateReport } from '../../../workers/live/contract.ts'
import type { LiveService } from '../../../workers/live/liveService.ts'
import {
  begin,
  hour,
  json,
  listening,
  minute,
  must,
  origin,
  second,
  Simulation,
  stateAdapter,
  ticketAdapter,
} from './simulation.ts'

const statusOf = async (service: LiveService) => must(await service.status()).feeds[0]
const kinds = async (service: LiveService, id: string) =>
  must(await service.coverage(id, 0, Infinity)).map(({ kind, from, to }) => [
    kind,
    Math.round((to - from) / minute),
  ])
const ticketIds = async (service: LiveService) =>
  (await must(await service.file('tickets')).text())
    .split('\n')
    .flatMap((line) => /^(t\d+),/.exec(line)?.[1] ?? [])

/** A ticket every minute; sources tell the last forty again and again. */
const ticketsSoFar = (world: Simulation) => () => {
  const newest = Math.floor((world.time - begin) / minute)
  return json({ ids: Array.from({ length: Math.min(40, newest + 1) }, (_, back) => `t${newest - back}`) })
}

describe('the collection', () => {
  it('asks nothing while every source is off, and nothing more once one is turned off', async () => {
    const world = new Simulation()
    const service = await world.service(ticketAdapter())
    const { id, origins } = must(await service.save(null, 'readsb', 'One', {}))
    await world.pass(hour)
    expect(world.requests).toEqual([])
    const refused = await service.turnOn(id, ['https://other.example'], {})
    expect(refused).toMatchObject({ ok: false, code: 'origins' })
    await world.pass(hour)
    expect(world.requests).toEqual([])
    must(await service.turnOn(id, origins, {}))
    await world.pass(minute)
    const asked = world.requests.length
    expect(asked).toBeGreaterThanOrEqual(5)
    expect(asked).toBeLessThanOrEqual(8)
    must(await service.turnOff(id))
    await world.pass(hour)
    expect(world.requests).toHaveLength(asked)
    expect(world.requests[0].init).toMatchObject({
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
      cache: 'no-store',
    })
  })

  it('goes through the relay alone where one is set, for which sources have to be turned on again', async () => {
    const world = new Simulation()
    const { service, id } = await listening(world, ticketAdapter())
    await world.pass(second)
    must(
      await service.setOptions({
        pauseHidden: false,
        relay: 'https://relay.example/?url=',
        keepSecrets: false,
      }),
    )
    expect((await statusOf(service)).phase).toBe('off')
    const [feed] = must(await service.feeds())
    expect(feed).toMatchObject({ origins: ['https://relay.example'], viaRelay: true })
    must(await service.turnOn(id, feed.origins, {}))
    world.requests.length = 0
    await world.pass(minute)
    expect(new Set(world.requests.map(({ url }) => url))).toEqual(
      new Set([`https://relay.example/?url=${encodeURIComponent(`${origin}/tickets`)}`]),
    )
  })

  it('loses and doubles nothing through a sleep of eight hours, and shows it', async () => {
    const world = new Simulation()
    world.answer = ticketsSoFar(world)
    const { service, id } = await listening(world, ticketAdapter())
    await world.pass(30 * minute)
    world.sleep(8 * hour)
    await world.pass(30 * minute)
    const spans = await kinds(service, id)
    expect(spans.map(([kind]) => kind)).toEqual(['listened', 'asleep', 'listened'])
    expect(spans[1][1]).toBeGreaterThanOrEqual(8 * 60 - 1)
    expect(spans[1][1]).toBeLessThanOrEqual(8 * 60 + 1)
    const ids = await ticketIds(service)
    expect(new Set(ids).size).toBe(ids.length)
    // All up to the sleep, and the last forty of what was told after it.
    for (let at = 0; at < 30; at++) expect(ids).toContain(`t${at}`)
    expect(ids).toContain('t539')
  })

  it('waits for the network where it is lost, without asking', async () => {
    const world = new Simulation()
    const { service, id } = await listening(world, ticketAdapter())
    await world.pass(30 * minute)
    await service.visible(true, false)
    world.online = false
    const asked = world.requests.length
    await world.pass(2 * hour)
    expect(world.requests).toHaveLength(asked)
    expect((await statusOf(service)).phase).toBe('offline')
    world.online = true
    await service.visible(true, true)
    await world.pass(30 * minute)
    expect(await kinds(service, id)).toEqual([
      ['listened', 30],
      ['offline', 120],
      ['listened', 30],
    ])
  })

  it('pauses out of view only where that was chosen', async () => {
    const world = new Simulation()
    const { service, id } = await listening(world, ticketAdapter())
    await world.pass(10 * minute)
    await service.visible(false, true)
    await world.pass(10 * minute)
    expect((await kinds(service, id)).map(([kind]) => kind)).toEqual(['listened'])
    must(await service.setOptions({ pauseHidden: true, relay: '', keepSecrets: false }))
    const asked = world.requests.length
    await world.pass(hour)
    expect(world.requests).toHaveLength(asked)
    await service.visible(true, true)
    await world.pass(10 * minute)
    expect(await kinds(service, id)).toEqual([
      ['listened', 20],
      ['hidden', 60],
      ['listened', 10],
    ])
  })

  it('goes on after a reload, with the gap in sight and without asking sooner', async () => {
    const world = new Simulation()
    world.answer = ticketsSoFar(world)
    const { service, id } = await listening(world, ticketAdapter())
    await world.pass(10 * minute)
    service.end()
    await world.pass(20 * minute)
    const asked = world.requests.length
    const next = await world.service(ticketAdapter())
    await world.pass(10 * minute + 15 * second)
    expect(world.requests.length).toBeGreaterThan(asked + 50)
    expect(await kinds(next, id)).toEqual([
      ['listened', 10],
      ['closed', 20],
      ['listened', 10],
    ])
    const ids = await ticketIds(next)
    expect(ids.sort()).toEqual(Array.from({ length: 41 }, (_, at) => `t${at}`).sort())
    next.end()
    const requests = world.requests.length
    const again = await world.service(ticketAdapter())
    await world.pass(second)
    expect(world.requests.length).toBe(requests)
    again.end()
  })

  it('keeps a budget to the request, over reloads, and says when it goes on', async () => {
    const world = new Simulation()
    const adapter = ticketAdapter({
      pace: () => ({ everyMs: 10 * second, budget: { units: 60, perMs: hour } }),
    })
    const { service } = await listening(world, adapter)
    await world.pass(5 * minute)
    service.end()
    const next = await world.service(adapter)
    await world.pass(50 * minute)
    expect(world.requests).toHaveLength(60)
    const status = await statusOf(next)
    expect(status).toMatchObject({ phase: 'spent', spent: { units: 60, of: 60 } })
    expect(status.sentence).toBe('The budget of 60 an hour is spent. It goes on at 11:00 UTC.')
    await world.pass(5 * hour)
    const times = world.requests.map(({ at }) => at)
    times.forEach((at, i) =>
      expect(times.filter((t) => t > at - hour && t <= at).length, `${i}`).toBeLessThanOrEqual(60),
    )
    expect(times.length).toBeGreaterThan(300)
  })

  it('counts an answer that has not changed as nothing, and asks with its ETag', async () => {
    const world = new Simulation()
    world.answer = (_, init) => {
      const tag = new Headers(init.headers).get('If-None-Match')
      return tag === '"1"' ? new Response(null, { status: 304 }) : json({ ids: ['t1'] }, { ETag: '"1"' })
    }
    const adapter = ticketAdapter({
      pace: () => ({ everyMs: 10 * second, budget: { units: 3, perMs: hour } }),
    })
    const { service } = await listening(world, adapter)
    await world.pass(10 * minute)
    expect(world.requests.length).toBeGreaterThan(50)
    expect(await statusOf(service)).toMatchObject({ spent: { units: 1 }, rows: 1 })
  })

  const failures: [string, () => Response | Promise<Response>, RegExp][] = [
    [
      '429',
      () => json({}, { 'Retry-After': '1800' }, 429),
      /allows no more requests \(429\).*after 10:30 UTC/,
    ],
    ['403', () => json({}, {}, 403), /refuses \(403\)/],
    ['500', () => json({}, {}, 500), /in trouble \(500\)/],
    ['truncated JSON', () => new Response('{"ids": ["t1"'), /breaks off after 13 characters/],
    ['a redirect', () => Response.redirect('https://elsewhere.example/', 302), /sends on to another address/],
    ['no answer to pages', () => Promise.reject(new TypeError('Failed to fetch')), /set a relay/],
  ]
  it.each(failures)('backs off after %s and goes on when it is over', async (_, failure, sentence) => {
    const world = new Simulation()
    world.answer = failure
    const { service, id } = await listening(world, ticketAdapter())
    await world.pass(29 * minute)
    const status = await statusOf(service)
    expect(status).toMatchObject({ phase: 'backing-off', rows: 0, lastSuccess: null })
    expect(status.sentence).toMatch(sentence)
    expect(world.requests.length).toBeLessThanOrEqual(8)
    world.answer = ticketsSoFar(world)
    await world.pass(35 * minute)
    expect(await statusOf(service)).toMatchObject({ phase: 'waiting', failures: 0 })
    expect((await kinds(service, id)).map(([kind]) => kind)).toEqual(['failing', 'listened'])
  })

  it('gives up on an answer that does not come', async () => {
    const world = new Simulation()
    world.answer = (_, { signal }) =>
      new Promise((__, reject) => signal!.addEventListener('abort', () => reject(new Error('aborted'))))
    const { service } = await listening(world, ticketAdapter())
    await world.pass(31 * second)
    expect(await statusOf(service)).toMatchObject({
      phase: 'backing-off',
      sentence: 'source.example did not answer within 30 seconds. It is asked again.',
    })
  })

  it('lets no key into what it says or shows', async () => {
    const world = new Simulation()
    const key = 'k/1 hush'
    const adapter = ticketAdapter({
      poll: async (context) => {
        await context.ask({ url: `${origin}/?key=${encodeURIComponent(context.secrets.key)}` })
        throw new Error(`bad ${context.secrets.key}`)
      },
    })
    const service = await world.service(adapter)
    const { id, origins } = must(await service.save(null, 'readsb', 'One', {}))
    must(await service.turnOn(id, origins, { key }))
    await world.pass(second)
    expect(world.requests).toHaveLength(1)
    const said = JSON.stringify([await service.status(), await service.tryOnce(id, origins, {})])
    expect(said).toContain('•••')
    expect(said).not.toContain('hush')
    expect(JSON.stringify(await world.store.load())).not.toContain('hush')
    service.end()
    const next = await world.service(adapter)
    expect(await statusOf(next)).toMatchObject({ phase: 'needs-key' })
    await world.pass(hour)
    expect(world.requests).toHaveLength(2)
  })

  it('keeps rows in memory while storage is full, and writes them when there is room', async () => {
    const world = new Simulation()
    world.answer = ticketsSoFar(world)
    const { store } = world
    let full = false
    world.store = {
      ...store,
      commit: (commit) =>
        full ? Promise.reject(new DOMException('no room', 'QuotaExceededError')) : store.commit(commit),
    }
    const { service } = await listening(world, ticketAdapter())
    await world.pass(5 * minute)
    full = true
    await world.pass(10 * minute + 15 * second)
    const { storage } = must(await service.status())
    expect(storage.kind).toBe('full')
    expect(storage.sentence).toMatch(/^Storage is full: .* rows wait in memory/)
    expect((await ticketIds(service)).length).toBe(16)
    full = false
    await world.pass(30 * second)
    expect(must(await service.status()).storage).toMatchObject({ kind: 'on', waiting: 0, sentence: '' })
    service.end()
    const next = await world.service(ticketAdapter())
    const ids = await ticketIds(next)
    expect(ids.length).toBe(16)
    expect(new Set(ids).size).toBe(16)
  })

  it('works for the visit where the browser keeps nothing', async () => {
    const world = new Simulation()
    world.answer = ticketsSoFar(world)
    world.platform.openStore = () => Promise.reject(new Error('no IndexedDB'))
    const { service } = await listening(world, ticketAdapter())
    await world.pass(5 * minute + 15 * second)
    expect(must(await service.status()).storage.kind).toBe('off')
    expect((await ticketIds(service)).length).toBe(6)
  })

  it('makes legs of positions that end once, also over a reload in the air', async () => {
    const world = new Simulation()
    const minutes = () => (world.time - begin) / minute
    const states = (now: number): StateReport[] => {
      const at = minutes()
      const up = at >= 5 && at < 65
      const altitude = up ? (at < 10 || at > 60 ? 1000 : 9000) : 0
      const report = {
        icao24: '4b0001',
        time: now - 2000,
        latitude: at,
        longitude: 8,
        altitude,
        groundSpeed: up ? 200 : 0,
        onGround: Number(!up),
      }
      return [report, { ...report, time: report.time - 20 * second }]
    }
    const { service } = await listening(world, stateAdapter(states))
    await world.pass(30 * minute)
    expect(must(await service.status()).airborne).toBe(1)
    service.end()
    await world.pass(3 * minute)
    const next = await world.service(stateAdapter(states))
    await world.pass(hour)
    const lines = (await must(await next.file('flights')).text()).trim().split('\n')
    expect(lines).toHaveLength(2)
    const [, departed, arrived] = lines[1].split(',')
    expect(Math.abs(Date.parse(departed) - begin - 5 * minute)).toBeLessThan(minute)
    expect(Math.abs(Date.parse(arrived) - begin - 65 * minute)).toBeLessThan(minute)
    expect(must(await next.status()).airborne).toBe(0)
  })

  it('tells of changed rows once they have rested, and of its status a few times a second at most', async () => {
    const world = new Simulation()
    world.answer = ticketsSoFar(world)
    await listening(world, ticketAdapter())
    await world.pass(20 * second)
    world.news = []
    await world.pass(10 * minute)
    const told = world.news.filter(({ kind }) => kind === 'collected')
    expect(told).toHaveLength(10)
    expect(world.news.length).toBeLessThan(10 * 60 * 4)
  })
})
