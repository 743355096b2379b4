import 'fake-indexeddb/auto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLiveStore } from '../../../workers/live/keep/indexedDbStore.ts'
import { LiveService } from '../../../workers/live/liveService.ts'
import { adapters } from '../../../workers/live/sources/adapters.ts'
import { must, Simulation } from './simulation.ts'
import { startStub, type Stub, type StubMode } from './stubServer.ts'

let stub: Stub
beforeAll(async () => void (stub = await startStub()))
afterAll(() => stub.close())

const url = () => `${stub.origin}/data/aircraft.json`

/** The real requests and the real store, once, by hand. */
async function asked(mode: StubMode) {
  const world = new Simulation()
  world.time = Date.now()
  world.platform.fetch = (address, init) => fetch(address, init)
  world.platform.openStore = () => openLiveStore(`with-stub-${mode}`)
  stub.setMode(mode)
  const service = new LiveService(world.platform, adapters)
  must(await service.start(() => undefined))
  const { id, origins } = must(await service.save(null, 'readsb', 'One', { url: url() }))
  expect(origins).toEqual([stub.origin])
  const trial = await service.tryOnce(id, origins, {})
  service.end()
  return trial
}

describe('requests that really leave', () => {
  it('bring aircraft, from the one address that was turned on', async () => {
    const trial = must(await asked('ok'))
    expect(trial.states.length).toBeGreaterThan(0)
    expect(trial.requests).toEqual([{ url: url(), status: 'answered' }])
  })

  it.each<[StubMode, RegExp]>([
    ['limit', /allows no more requests \(429\)/],
    ['refused', /refuses \(403\)/],
    ['server', /in trouble \(500\)/],
    ['truncated', /breaks off after/],
    ['page', /a web page instead of JSON/],
    ['empty', /an empty answer/],
    ['cut', /did not answer a page|breaks off/],
  ])('answered as %s say so in words', async (mode, sentence) => {
    const trial = await asked(mode)
    expect(trial.ok).toBe(false)
    if (!trial.ok) expect(trial.message).toMatch(sentence)
  })
})
