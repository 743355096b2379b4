import { chainTablesOf } from '../../../datasets/chains/chainColumns.ts'
import { drawChains } from '../../../datasets/chains/drawChains.ts'
import { demandColumns } from '../../../datasets/demand/demandColumns.ts'
import { flightColumns } from '../../../datasets/flights/flightColumns.ts'
import { generateMarket } from '../../../datasets/market.ts'
import { marketPanel } from '../../../datasets/panel.ts'
import { createEngine, type Engine } from '../../../workers/backtest/engine.ts'
import type { Combined, RunRequest } from '../../../workers/backtest/api.ts'
import { defaultParams, systemInfos, type Params } from '../../../workers/systems/api.ts'
import type { JetModel } from '../../../src/prerender/packagedModel.ts'

/** One way to trade, out of sample. */
export interface RunFigures {
  trades: number
  wins: number
  sharpe: number
  cagr: number
  alpha: number
  maxDrawdown: number
  verdict: string
  claims: { text: string; state: string }[]
  /** Share of option marks that no chain quoted. */
  modelled: number
}

export interface MarketFigures {
  seed: number
  /** Yearly Sharpe ratio of who knows the regimes, over the whole market. */
  oracle: number
  runs: Record<string, RunFigures>
  combined: Combined | null
}

/** Parameters by the name of the run. */
export const variants: Record<string, Params> = {
  shares: {},
  'long options': { expression: 'long-option' },
  'long options, to the horizon': {
    expression: 'long-option',
    premiumStop: 0,
    premiumTarget: 0,
    premiumTargetOut: 0,
    roll: true,
  },
  'vertical spreads': { expression: 'vertical' },
  'covered calls': { expression: 'covered-call' },
  'protected shares': { expression: 'protective-put' },
  'iron condors': { expression: 'iron-condor' },
}
const original: Params = {
  expression: 'long-option',
  optionSizeBy: 'premium',
  optionBars: 2,
  mostSpread: 0.25,
}

const info = systemInfos.find(({ id }) => id === 'options')!
/** Share of the days that is in sample. */
const inSample = 0.6

/** Options in every expression on the last two fifths of a market, and the three systems together. */
export async function measureMarket(
  seed: number,
  strength: number,
  model: JetModel | null,
  changed: Params,
): Promise<MarketFigures> {
  const market = generateMarket({ seed, strength })
  const panel = { ...marketPanel(market), chains: chainTablesOf(drawChains(market), market.dates) }
  const engine = createEngine()
  engine.load({
    panelId: 'p',
    panel,
    simulated: true,
    signals: null,
    flights: model ? flightColumns(market) : null,
    demand: model ? demandColumns(market) : null,
  })
  const request = (params: Params): RunRequest => ({
    system: 'options',
    params: { ...defaultParams(info, 'recommended'), ...params, ...changed },
    from: null,
    to: null,
    outOfSampleFrom: panel.dates[Math.floor(inSample * panel.dates.length)],
    benchmark: 'QQQ',
    seed,
  })
  const runs: MarketFigures['runs'] = {}
  for (const [name, params] of Object.entries(variants)) runs[name] = await figuresOf(engine, request(params))
  runs['long options, original'] = await figuresOf(engine, request(original))
  let combined: Combined | null = null
  if (model) {
    await model.score(engine)
    const outcome = await engine.optionsCombined(request({}))
    if (!outcome.ok) throw new Error(outcome.message)
    combined = outcome.value
    runs['integrated'] = await figuresOf(engine, request({ signalSource: 'integrated' }))
  }
  return { seed, oracle: market.truth.oracle.sharpe, runs, combined }
}

async function figuresOf(engine: Engine, request: RunRequest): Promise<RunFigures> {
  const run = await engine.run(request)
  if (!run.ok) throw new Error(run.message)
  const evidence = await engine.evidence(request)
  if (!evidence.ok) throw new Error(evidence.message)
  const metric = (id: string) => run.value.metrics.find((each) => each.id === id)!.outOfSample
  const trades = run.value.trades.filter(({ outOfSample }) => outOfSample)
  let marks = 0
  let quoted = 0
  for (const { instrument } of trades) {
    if (!instrument) continue
    quoted += instrument.marks.quoted
    marks += instrument.marks.quoted + instrument.marks.surface + instrument.marks.model
  }
  return {
    trades: trades.length,
    wins: trades.filter(({ profit }) => profit > 0).length,
    sharpe: metric('sharpe'),
    cagr: metric('cagr'),
    alpha: metric('alpha'),
    maxDrawdown: metric('maxDrawdown'),
    verdict: evidence.value.verdict.kind,
    claims: evidence.value.claims.map(({ text, state }) => ({ text, state })),
    modelled: marks > 0 ? 1 - quoted / marks : 0,
  }
}
