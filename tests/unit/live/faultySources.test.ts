import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Settings, SourceId } from '../../../workers/live/contract.ts'
import type { LiveService } from '../../../workers/live/liveService.ts'
import { adapters } from '../../../workers/live/sources/adapters.ts'
import { day, minute, must, Simulation } from './simulation.ts'
import { stubWorld } from './sources/stubWorld.ts'
import { settingsOf } from './sources/testContext.ts'
import { startStub, type Stub, type StubMode } from './stubServer.ts'

let world = new Simulation()
let stub: Stub
beforeAll(async () => {
  stub = await startStub(stubWorld(() => world.time))
})
afterAll(() => stub.close())

/** Those that answer without a clock of their own going on: each must hold the same rows whatever went wrong. */
const sources: [SourceId, Settings][] = [
  ['github', settingsOf('github', { repo: 'acme/engine', symbol: 'ACME' })],
  ['npm', settingsOf('npm', { packages: 'acme-engine', symbol: 'ACME' })],
  ['statuspage', settingsOf('statuspage', { url: 'https://status.acme.example', symbol: 'ACME' })],
  ['table', settingsOf('table', { url: 'https://vendor.example/prices/{symbol}.csv', symbols: 'ACME' })],
]
const troubles: StubMode[] = [
  'server',
  'limit',
  'duplicates',
  'truncated',
  'shuffled',
  'cut',
  'refused',
  'page',
]

/** Lets simulated time pass in steps, and real answers come in between. */
async function pass(service: LiveService, milliseconds: number): Promise<void> {
  const step = 30 * minute
  for (let passed = 0; passed < milliseconds; passed += step) {
    await world.pass(step)
    for (let waited = 0; waited < 200; waited++) {
      const { feeds } = must(await service.status())
      if (!feeds.some(({ phase }) => phase === 'asking')) break
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}

/** Lines of what is kept, but for the moment each was seen. */
async function keptLines(service: LiveService): Promise<string[]> {
  const lines: string[] = []
  for (const { table } of must(await service.collected())) {
    const text = await must(await service.file(table)).text()
    lines.push(
      ...text
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => `${table}: ${line.slice(0, line.lastIndexOf(','))}`),
    )
  }
  return lines.sort()
}

/** Everything that the sources tell in thirty hours, under failures that come one after the other. */
async function collectedUnder(modes: StubMode[]): Promise<string[]> {
  world = new Simulation()
  world.answer = (url, init) => fetch(url, init)
  const service = await world.service(adapters)
  must(await service.setOptions({ pauseHidden: false, relay: stub.relay, keepSecrets: false }))
  for (const [source, settings] of sources) {
    const feed = must(await service.save(null, source, source, settings))
    must(await service.turnOn(feed.id, feed.origins, {}))
  }
  for (const mode of modes) {
    stub.setMode(mode, 3)
    stub.world.gitHubRequests = 60
    await pass(service, day / modes.length)
  }
  stub.setMode('ok')
  await pass(service, day / 4)
  const lines = await keptLines(service)
  service.end()
  return lines
}

it('four sources in trouble give each row once, as four that answer do', async () => {
  const usual = await collectedUnder(troubles.map(() => 'ok'))
  expect(usual.length).toBeGreaterThan(40)
  expect(new Set(usual).size).toBe(usual.length)
  const asked = stub.requests.length
  expect(await collectedUnder(troubles)).toEqual(usual)
  const answers = new Set(stub.requests.slice(asked).map(({ status }) => status))
  expect([...answers]).toEqual(expect.arrayContaining([200, 304, 403, 429, 500]))
})
