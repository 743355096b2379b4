import { expect, it } from 'vitest'
import type { Evidence, Report, RunRequest } from '../../../workers/backtest/api.ts'
import { createEngine } from '../../../workers/backtest/engine.ts'
import type { Panel } from '../../../workers/quant/panel.ts'
import { defaultParams, systemInfos } from '../../../workers/systems/api.ts'
import type { Params } from '../../../workers/systems/system.ts'
import { flat, market } from './tinyMarket.ts'

const days = 120
const rising = Array.from({ length: days }, (_, day) => flat(100 * 1.01 ** day))
const still = Array.from({ length: days }, () => flat(50))

/** Buys every symbol every tenth day for five bars, through the whole engine. */
async function runOf(panel: Panel, changes: Params = {}, other: string[] = []): Promise<[Report, Evidence]> {
  const bought = [...panel.symbols, ...other]
  const rows = Array.from({ length: 11 }, (_, i) =>
    bought.map((symbol) => ({ symbol, date: panel.dates[10 * i] })),
  ).flat()
  const none = new Float64Array(rows.length).fill(NaN)
  const engine = createEngine()
  engine.load({
    panelId: 'flags',
    panel,
    simulated: false,
    signals: {
      symbol: rows.map((row) => row.symbol),
      date: Int32Array.from(rows, (row) => row.date),
      direction: new Int8Array(rows.length).fill(1),
      conviction: new Float64Array(rows.length).fill(1),
      horizon: new Int32Array(rows.length).fill(5),
      size: none,
      stop: none,
      target: none,
    },
  })
  const custom = systemInfos.find(({ id }) => id === 'custom')!
  const request: RunRequest = {
    system: 'custom',
    params: { ...defaultParams(custom, 'recommended'), stop: 0, target: 0, ...changes },
    from: null,
    to: null,
    outOfSampleFrom: null,
    benchmark: null,
    seed: 1,
  }
  const report = await engine.run(request)
  const evidence = await engine.evidence(request)
  if (!report.ok || !evidence.ok) throw new Error('the run failed')
  return [report.value, evidence.value]
}

const text = (report: Report, id: string) => report.flags.find((flag) => flag.id === id)?.text

it('profit that comes from one symbol is named', async () => {
  const [report] = await runOf(market(rising, still), { commissionBps: 0, slippageBps: 0 })
  expect(text(report, 'concentrated')).toBe('A made 100 % of the profit.')
  const [even] = await runOf(market(rising, rising, rising))
  expect(text(even, 'concentrated')).toBeUndefined()
})

it('prices missing inside trades make a run not assessable, whatever it earned', async () => {
  const holes = rising.map((bar, day) => (day % 10 === 3 ? null : bar))
  const [report, evidence] = await runOf(market(rising, holes))
  expect(report.flags[0]).toMatchObject({ id: 'gaps', severity: 'red' })
  expect(report.flags[0].text).toContain('more than the 1 % that halts explain.')
  expect(evidence.verdict.kind).toBe('not assessable')
})

it('one hole in more than a hundred trades is a halt, and the flag says that it was let pass', async () => {
  const hole = rising.map((bar, day) => (day === 13 ? null : bar))
  const others = Array.from({ length: 11 }, () => rising)
  const [report, evidence] = await runOf(market(hole, ...others), { sizeAtFullConviction: 0.05 })
  expect(report.trades.length).toBeGreaterThan(100)
  expect(report.flags.find(({ id }) => id === 'gaps')).toEqual({
    id: 'gaps',
    severity: 'warn',
    text: `Prices are missing inside 1 of ${report.trades.length} trades; up to 1 % is taken for halts, with more the run could not be assessed.`,
  })
  expect(evidence.verdict.kind).not.toBe('not assessable')
})

it('a symbol that stopped trading takes the survivorship flag away', async () => {
  const ended = rising.map((bar, day) => (day > 60 ? null : bar))
  expect(text((await runOf(market(rising, ended)))[0], 'survivorship')).toBeUndefined()
  expect(text((await runOf(market(rising, still)))[0], 'survivorship')).toContain('flatters')
})

it('says what the costs do', async () => {
  expect(text((await runOf(market(still), { slippageBps: 5 }))[0], 'costs')).toContain(
    'Costs take all of the profit',
  )
  const falling = rising.toReversed()
  expect(text((await runOf(market(falling)))[0], 'costs')).toBe('It loses even before costs.')
  expect(text((await runOf(market(rising)))[0], 'costs')).toBeUndefined()
  const free = { commissionBps: 0, slippageBps: 0 }
  expect(text((await runOf(market(rising), free))[0], 'costs')).toBe(
    'Neither commission nor slippage is charged.',
  )
})

it('says which rows of a signals file were left out', async () => {
  const [report] = await runOf(market(rising), {}, ['XYZ'])
  expect(text(report, 'signals-left-out')).toBe(
    'Left out of the signals file: 11 rows of symbols without prices (XYZ).',
  )
})
