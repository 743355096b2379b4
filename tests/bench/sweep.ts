import { sma } from '../../workers/quant/indicators.ts'
import { Evaluator } from '../../workers/backtest/sweep/evaluator.ts'
import { SweepTask } from '../../workers/backtest/sweep/task.ts'
import { systemOf } from '../../workers/systems/registry.ts'
import type { Params } from '../../workers/systems/system.ts'
import { benchPanel } from './backtestPanel.ts'
import { distinct, recommended } from './params.ts'
import { exponentOf, median, print } from './figures.ts'
import { averagesOnly, longest, runPairs, shortest, singleSymbol } from './pairs.ts'
import { averagesLoop } from './specialisedLoop.ts'

const system = systemOf('options')

function evaluatorOf(symbols: number, days: number, seed: number): Evaluator {
  const panel = benchPanel(symbols, days, seed)
  const tradable = new Uint8Array(symbols).fill(1)
  if (symbols > 1) tradable[0] = 0
  const evaluator = new Evaluator(system, { panel, tradable }, symbols > 1 ? 0 : -1)
  evaluator.measure({ range: { first: 0, last: days - 1 }, split: days })
  return evaluator
}

/** All 4,950 pairs through the general core, averages computed anew; median of several rounds, milliseconds. */
function pairsThroughCore(days: number): number {
  const times: number[] = []
  for (let round = 0; round < 7; round++) {
    const evaluator = singleSymbol(days)
    const started = performance.now()
    runPairs(evaluator, 0, 1)
    times.push(performance.now() - started)
  }
  return median(times.slice(2))
}

/** The same through the loop that can do nothing else. */
function pairsThroughLoop(days: number): number {
  const panel = benchPanel(1, days, 2)
  const rules = {
    stop: recommended.stop as number,
    target: recommended.target as number,
    commission: (recommended.commissionBps as number) / 10_000,
    slippage: (recommended.slippageBps as number) / 10_000,
    capital: recommended.capital as number,
    size: 0.12,
    minimumTrade: recommended.minimumTrade as number,
  }
  const times: number[] = []
  for (let round = 0; round < 7; round++) {
    const started = performance.now()
    const averages = new Map<number, Float64Array>()
    for (let n = shortest; n <= longest; n++) averages.set(n, sma(panel.close, n))
    for (let fast = shortest; fast <= longest; fast++) {
      for (let slow = fast + 1; slow <= longest; slow++) {
        averagesLoop(panel, averages.get(fast)!, averages.get(slow)!, rules)
      }
    }
    times.push(performance.now() - started)
  }
  return median(times.slice(2))
}

/** Full backtests of the portfolio: signals, every lot and day, returns and figures; milliseconds each. */
function portfolio(
  symbols: number,
  days: number,
  paramsOf: (i: number) => Params,
): { ms: number; lots: number } {
  const evaluator = evaluatorOf(symbols, days, 3)
  const times: number[] = []
  let held = 0
  for (let batch = 0; batch < 16; batch++) {
    const started = performance.now()
    for (let i = 0; i < 25; i++) evaluator.run(paramsOf(25 * batch + i))
    times.push((performance.now() - started) / 25)
    const { ledger } = evaluator.simulator.book
    for (let k = 0; k < ledger.length; k++) held += (ledger.exitDay[k] - ledger.entryDay[k]) / days
  }
  return { ms: median(times.slice(4)), lots: held / 16 }
}

/** Positions of 20 % of equity at full conviction: about ten lots held, as the figure asks for. */
const tenLots = { sizeAtFullConviction: 0.2 }
const rulesMove = (i: number): Params => ({ ...recommended, ...tenLots, stop: 0.04 + 0.002 * (i % 25) })
const everythingMoves = (i: number): Params => ({ ...distinct(i), ...tenLots })

/** A sweep as a worker runs it, trials charged; megabytes of heap and buffers after so many combinations. */
function growth(): { after: [number, number]; perSecond: number } | null {
  const memory = (globalThis as { process?: { memoryUsage?: () => NodeJS.MemoryUsage } }).process?.memoryUsage
  if (memory === undefined) return null
  const panel = benchPanel(1, 1260, 2)
  const values = (from: number, count: number, step = 1) =>
    Array.from({ length: count }, (_, i) => from + step * i)
  const task = new SweepTask({
    market: {
      contents: 'bench',
      panel,
      signals: null,
      calendar: { days: 1260, meanBlock: 4 },
      tradable: Uint8Array.of(1),
      benchmark: -1,
    },
    spec: {
      request: {
        system: 'options',
        params: averagesOnly,
        from: null,
        to: null,
        outOfSampleFrom: null,
        benchmark: null,
        seed: 1,
      },
      axes: [
        { param: 'averageFast', values: values(2, 50) },
        { param: 'averageSlow', values: values(60, 200) },
        { param: 'stop', values: values(0.02, 10, 0.01) },
      ],
      design: { kind: 'grid' },
    },
    windows: [{ range: { first: 0, last: 1259 }, split: 1260 }],
    seriesEvery: 0,
  })
  const megabytes = () => {
    const { heapUsed, arrayBuffers } = memory()
    return (heapUsed + arrayBuffers) / 1e6
  }
  const blocks = 100_000 / 16
  const atOnce = 50
  let early = 0
  const started = performance.now()
  for (let block = 0; block < blocks; block += atOnce) {
    task.run(
      Int32Array.from({ length: Math.min(atOnce, blocks - block) }, (_, i) => block + i),
      0,
    )
    if (block === 20 * atOnce) early = megabytes()
  }
  const perSecond = 100_000 / ((performance.now() - started) / 1000)
  return { after: [early, megabytes()], perSecond }
}

/** Speed of sweeps through the one simulation core. */
export function benchSweep(): void {
  print(
    '4,950 moving-average pairs, 1,260 bars, stop, target, costs: general core, one core',
    pairsThroughCore(1260),
    'ms',
    150,
  )
  print('the same in a loop that can do nothing else (reference)', pairsThroughLoop(1260), 'ms')
  const shared = portfolio(37, 1260, rulesMove)
  print(
    `portfolio backtests, 36 symbols, ${shared.lots.toFixed(1)} lots held, indicators shared`,
    1000 / shared.ms,
    'per s',
    1000,
  )
  print(
    'portfolio backtests, all indicators new',
    1000 / portfolio(37, 1260, everythingMoves).ms,
    'per s',
    250,
  )
  const grown = growth()
  if (grown !== null) {
    print('memory after 16,000 of 100,000 combinations, charged', grown.after[0], 'MB')
    print('memory after 100,000', grown.after[1], 'MB')
    print('combinations, single symbol, each charged as a trial', grown.perSecond, 'per s')
  }
  exponentOf(
    'moving-average pairs, by days',
    [630, 1260, 2520].map((days) => [days, pairsThroughCore(days)] as const),
  )
  exponentOf(
    'portfolio backtest, all new, by symbols',
    [18, 36, 72, 144].map((symbols) => [symbols, portfolio(symbols + 1, 1260, everythingMoves).ms] as const),
  )
  exponentOf(
    'portfolio backtest, all new, by days',
    [630, 1260, 2520].map((days) => [days, portfolio(37, days, everythingMoves).ms] as const),
  )
}
