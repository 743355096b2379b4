import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { defaultMarket } from '../../../../datasets/generate.ts'
import { decodeRowsModel } from '../../../../workers/hrm/rows/rowsModelFile.ts'
import type { RowsModel } from '../../../../workers/hrm/rows/rowsModel.ts'
import { RowNetwork } from '../../../../workers/hrm/rows/rowNetwork.ts'
import { createEngine, type Engine } from '../../../../workers/backtest/engine.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { judgedPrecision } from '../../../tools/jet/judgedPrecision.ts'
import { jetWorld, type JetWorld } from '../../../tools/jet/market.ts'
import { useBackend } from '../../hrm/backends.ts'

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'public', 'models')
const bytes = readFileSync(join(folder, 'jet-hrm.safetensors'))
const log = JSON.parse(readFileSync(join(folder, 'jet-hrm.json'), 'utf8')) as {
  dataset: string
  averagePrecision: { validation: number }
}

let world: JetWorld
let engine: Engine
let model: RowsModel
let network: RowNetwork

beforeAll(async () => {
  await useBackend('wasm with kernels')
  world = jetWorld(defaultMarket.seed, defaultMarket.strength)
  model = await decodeRowsModel(new Uint8Array(bytes))
  network = new RowNetwork(model)
  engine = createEngine()
  const { panel, tables } = world
  engine.load({ panelId: 'p', panel, simulated: true, signals: null, flights: tables })
  engine.useScorer({ score: (_model, rows) => network.score(rows) })
}, 120_000)

describe('the model that comes with the page', () => {
  it('takes no more than 2 MB', () => {
    expect(bytes.length).toBeLessThan(2e6)
  })

  it('was trained on the market that comes with it', async () => {
    const status = await engine.jetStatus()
    expect(status).toMatchObject({ ok: true, value: { datasetHash: log.dataset } })
    expect(model.scoring.dataset).toBe(log.dataset)
  })

  it('says of its validation rows what its log says', async () => {
    const { dataset } = world.jet
    const judged = dataset.split.validation.filter((row) => dataset.judged[row] === 1)
    const scores = await network.score(dataset, judged)
    const placed = { ...scores, probabilities: { event: new Float32Array(3 * dataset.rows) } }
    judged.forEach((row, i) =>
      placed.probabilities.event.set(scores.probabilities['event'].subarray(3 * i, 3 * i + 3), 3 * row),
    )
    expect(judgedPrecision(dataset, placed, judged)).toBeCloseTo(log.averagePrecision.validation, 3)
  })
})

describe('Jet on the simulated market, decided by that model', () => {
  const info = systemInfos.find(({ id }) => id === 'jet')!
  const request = () => ({
    system: 'jet' as const,
    params: defaultParams(info, 'recommended'),
    from: null,
    to: null,
    outOfSampleFrom: world.jet.dataset.split.testFrom,
    benchmark: 'QQQ',
    seed: 1,
  })

  it('has no signals before the model has scored', async () => {
    expect(await engine.run(request())).toMatchObject({ ok: true, value: { trades: [] } })
  })

  it('trades about as often as the coverage says, then explains a decision by the legs that carry it', async () => {
    const scored = await engine.jetScore({ ...model.scoring, packaged: true })
    expect(scored).toMatchObject({ ok: true, value: { models: [{ packaged: true }] } })
    const outcome = await engine.run(request())
    if (!outcome.ok) throw new Error(outcome.message)
    const last = outcome.value.trades.filter(({ outOfSample }) => outOfSample)
    expect(last.length).toBeGreaterThanOrEqual(4)
    expect(last.length).toBeLessThanOrEqual(20)
    const { rows, dataset } = world.jet
    const visits = Array.from(dataset.split.test).filter((row) => rows.visited[row] >= 0)
    const often = dataset.flat.names.indexOf('visits to the counterparty in 60 days')
    const row = visits.find((at) => dataset.flat.values[at * dataset.flat.names.length + often] >= 2)!
    const explained = await engine.jetExplain('packaged', row)
    if (!explained.ok) throw new Error(explained.message)
    const { legs, conviction, random } = explained.value
    expect(legs.length).toBe(32)
    expect(Math.abs(conviction)).toBeLessThanOrEqual(1)
    const home = dataset.entity[row]
    const airport = world.tables.airports.code[world.tables.companies.headquarters[home]]
    const toVisited = legs.filter(({ destination }) => destination === airport)
    expect(toVisited.length).toBeGreaterThanOrEqual(1)
    // What happened at the headquarters carries more than any leg does.
    expect(Math.max(...toVisited.map(({ moved }) => Math.abs(moved)))).toBeGreaterThan(random.mean)
  })

  it('shows the last days as if they were today, the most unusual first, with what the system would do', async () => {
    const now = await engine.jetNow(null)
    if (!now.ok) throw new Error(now.message)
    const { rows, day } = now.value
    expect(day).toBe(world.panel.dates.at(-1))
    expect(new Set(rows.map(({ company, visited }) => `${company} ${visited}`)).size).toBe(rows.length)
    for (const { sell, hold, buy } of rows) expect(sell + hold + buy).toBeCloseTo(1, 4)
    expect(rows.some(({ unusual }) => unusual.length > 0)).toBe(true)
  })

  it('says what stricter and laxer thresholds would have brought', async () => {
    const outcome = await engine.jetThresholds(null)
    if (!outcome.ok) throw new Error(outcome.message)
    const rows = outcome.value
    expect(rows.map(({ signals }) => signals)).toEqual(
      rows.map(({ signals }) => signals).toSorted((a, b) => a - b),
    )
    expect(rows[0].threshold).toBeGreaterThan(rows[rows.length - 1].threshold)
  })
})
