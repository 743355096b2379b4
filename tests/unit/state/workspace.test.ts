import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Report, RunRequest } from '../../../workers/backtest/api.ts'
import type { DatasetSummary } from '../../../workers/data/api.ts'
import { defaultState } from '../../../src/state/appState.ts'
import { encodeLink } from '../../../src/state/link.ts'
import { Workspace } from '../../../src/state/workspace.svelte.ts'
import type { Engine } from '../../../src/state/workers.ts'

const ok = <T>(value: T) => Promise.resolve({ ok: true as const, value })
const dataset = (kind: string, id: string, own = false) =>
  ({
    id,
    name: `${kind}.csv`,
    kind,
    simulated: !own,
    rows: 10,
    symbols: ['AAA', 'QQQ'],
    sha256: id.padEnd(64, '0'),
    schemaHash: 'cd'.repeat(32),
  }) as unknown as DatasetSummary
const simulated = {
  id: 'd1',
  name: 'Simulated market',
  kind: 'prices',
  simulated: true,
  rows: 10,
  symbols: ['AAA', 'QQQ'],
  sha256: 'ab'.repeat(32),
  schemaHash: 'cd'.repeat(32),
} as unknown as DatasetSummary

/** An engine whose runs end when the test says so. */
function fakeEngine() {
  const runs: { request: RunRequest; finish: (hash: string) => void }[] = []
  const loaded = [simulated]
  const engine = {
    data: {
      start: () => ok({ version: '1', milliseconds: 1 }),
      loadSimulated: () => ok(simulated),
      datasets: () => ok(loaded),
      loadSimulatedParts: vi.fn((kinds: string[]) => {
        loaded.push(...kinds.map((kind) => dataset(kind, `sim_${kind}`)))
        return ok(null)
      }),
      setRepair: vi.fn(() => ok(null)),
      buildPanel: vi.fn(() =>
        ok({ panelId: 'p', symbols: ['AAA', 'QQQ'], days: 10, from: 18_000, to: 19_000 }),
      ),
    },
    backtest: {
      ready: () => ok(null),
      evidence: () => new Promise(() => undefined),
      run: (request: RunRequest) =>
        new Promise((resolve) => {
          const finish = (hash: string) => resolve({ ok: true, value: { hash, request } as Report })
          runs.push({ request, finish })
        }),
    },
    cancelRun: vi.fn(() => Promise.resolve('kept' as const)),
    died: new Promise<string>(() => undefined),
    stop: () => undefined,
  }
  return { runs, loaded, engine: engine as unknown as Engine, ...engine.data }
}

async function started() {
  const fake = fakeEngine()
  const workspace = new Workspace([])
  workspace.show('options')
  pushed.length = 0
  await workspace.start(
    () => fake.engine,
    (callback) => callback,
  )
  await vi.waitFor(() => expect(fake.runs).toHaveLength(1))
  return { workspace, ...fake }
}

const pushed: string[] = []
const replaced: string[] = []
beforeEach(() => {
  pushed.length = 0
  replaced.length = 0
  vi.stubGlobal('document', { baseURI: 'http://localhost/' })
  vi.stubGlobal('location', { pathname: '/', search: '', hash: '' })
  vi.stubGlobal('history', {
    pushState: (_state: unknown, _title: string, url: string) => pushed.push(url),
    replaceState: (_state: unknown, _title: string, url: string) => replaced.push(url),
  })
})

describe('a run', () => {
  test('starts by itself once the engine is up, on the simulated market against QQQ', async () => {
    const { workspace, runs } = await started()
    expect(runs[0].request).toMatchObject({ system: 'options', benchmark: 'QQQ', outOfSampleFrom: 18_600 })
    runs[0].finish('aaaa')
    await vi.waitFor(() => expect(workspace.report?.hash).toBe('aaaa'))
    expect(workspace.stale).toBe(false)
  })

  test('that was overtaken while the slider moved is never shown', async () => {
    const { workspace, runs } = await started()
    runs[0].finish('aaaa')
    await vi.waitFor(() => expect(workspace.report?.hash).toBe('aaaa'))
    workspace.setParams({ ...workspace.params, stop: 0.05 }, { live: true })
    await vi.waitFor(() => expect(runs).toHaveLength(2))
    workspace.setParams({ ...workspace.params, stop: 0.06 }, { live: true })
    workspace.setParams({ ...workspace.params, stop: 0.07 }, { live: true })
    runs[1].finish('bbbb')
    await vi.waitFor(() => expect(runs).toHaveLength(3))
    expect(workspace.report?.hash).toBe('aaaa')
    expect(workspace.stale).toBe(true)
    expect(runs[2].request.params.stop).toBe(0.07)
    runs[2].finish('cccc')
    await vi.waitFor(() => expect(workspace.report?.hash).toBe('cccc'))
  })

  test('that is cancelled leaves the earlier numbers, marked as such, and can be asked for again', async () => {
    const { workspace, runs } = await started()
    runs[0].finish('aaaa')
    await vi.waitFor(() => expect(workspace.report?.hash).toBe('aaaa'))
    workspace.setParams({ ...workspace.params, stop: 0.05 })
    await vi.waitFor(() => expect(runs).toHaveLength(2))
    expect(workspace.running).toBe(true)
    await workspace.cancelRun()
    runs[1].finish('bbbb')
    await Promise.resolve()
    expect(workspace).toMatchObject({ running: false, cancelled: true, stale: true, error: '' })
    expect(workspace.report?.hash).toBe('aaaa')
    workspace.refresh()
    await vi.waitFor(() => expect(runs).toHaveLength(3))
    runs[2].finish('bbbb')
    await vi.waitFor(() => expect(workspace.report?.hash).toBe('bbbb'))
    expect(workspace.cancelled).toBe(false)
  })

  test('builds the panel once for as long as the data stay the same', async () => {
    const { workspace, runs, buildPanel } = await started()
    runs[0].finish('aaaa')
    await vi.waitFor(() => expect(workspace.report?.hash).toBe('aaaa'))
    workspace.setParams({ ...workspace.params, stop: 0.05 })
    await vi.waitFor(() => expect(runs).toHaveLength(2))
    expect(buildPanel).toHaveBeenCalledTimes(1)
    workspace.setRepair('d1/AAA/split/18100', false)
    runs[1].finish('bbbb')
    await vi.waitFor(() => expect(runs).toHaveLength(3))
    expect(buildPanel).toHaveBeenCalledTimes(2)
  })
})

describe('the address', () => {
  test('gets one history entry for a whole drag', async () => {
    const { workspace } = await started()
    for (const stop of [0.05, 0.06, 0.07]) workspace.setParams({ ...workspace.params, stop }, { live: true })
    workspace.setParams({ ...workspace.params, stop: 0.07 })
    expect(pushed).toHaveLength(1)
    expect(replaced.at(-1)).toBe(encodeLink(workspace.state))
    workspace.change({ benchmark: null })
    expect(pushed).toHaveLength(2)
  })

  test('that names files which are not here runs nothing, and says which they are', () => {
    const workspace = new Workspace([])
    const ref = { name: 'A.csv', kind: 'prices' as const, rows: 3, schemaHash: 'ee', sha256: 'ff'.repeat(32) }
    workspace.readLink(encodeLink({ ...defaultState(), datasets: [ref] }))
    expect(workspace.missing).toEqual([ref])
  })
})

describe('chains', () => {
  test('are fetched when somebody trades in options or looks at them, and not on arrival', async () => {
    const { workspace, runs, buildPanel, loadSimulatedParts } = await started()
    expect(loadSimulatedParts).not.toHaveBeenCalled()
    workspace.setParams({ ...workspace.params, expression: 'vertical' })
    runs[0].finish('aaaa')
    await vi.waitFor(() => expect(runs).toHaveLength(2))
    expect(loadSimulatedParts.mock.calls).toEqual([[['options']]])
    expect(buildPanel).toHaveBeenLastCalledWith(
      expect.objectContaining({ chains: ['sim_options'], flights: false }),
    )
    workspace.options.show('combined')
    await workspace.panelFor('options')
    expect(loadSimulatedParts.mock.lastCall?.[0]).toEqual(expect.arrayContaining(['flights', 'tickets']))
    expect(buildPanel).toHaveBeenLastCalledWith(expect.objectContaining({ flights: true, whatIsThere: true }))
  })

  test('of a person are looked at without prices of their own, and never beside simulated ones', async () => {
    const { workspace, loaded, buildPanel } = await started()
    loaded.push(dataset('options', 'sim_options'), dataset('options', 'own', true))
    await workspace.reloadDatasets()
    workspace.useDatasets(loaded.slice(-1))
    workspace.options.show('strikemap')
    await workspace.panelFor('options')
    expect(buildPanel).toHaveBeenLastCalledWith(
      expect.objectContaining({ datasets: ['d1'], chains: ['own'] }),
    )
    loaded.push(dataset('prices', 'prices', true))
    await workspace.reloadDatasets()
    workspace.useDatasets(loaded.slice(-1))
    await workspace.panelFor('options')
    expect(buildPanel).toHaveBeenLastCalledWith(expect.objectContaining({ datasets: ['prices'], chains: [] }))
  })
})
