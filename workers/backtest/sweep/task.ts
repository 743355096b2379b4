import type { DemandTables } from '../../quant/demandTables.ts'
import { backtestOverfitting } from '../../quant/overfitting.ts'
import type { Panel } from '../../quant/panel.ts'
import { systemOf } from '../../systems/registry.ts'
import type { JetCandidates } from '../../systems/jet/candidates.ts'
import type { Params, SignalRows } from '../../systems/system.ts'
import type { RunRequest } from '../api.ts'
import { barsOf } from '../bars.ts'
import { resamplerOf } from '../calendarDraws.ts'
import type { Calendar } from '../calendarDraws.ts'
import { Charger } from '../resampling/charger.ts'
import { Maxima } from '../resampling/maxima.ts'
import { paramKey, runKey, toggled, trialId, withParams } from '../trialKey.ts'
import type { TrialKey } from '../trialKey.ts'
import { sweepMetrics } from './contract.ts'
import type { SweepSpec } from './contract.ts'
import { Evaluator } from './evaluator.ts'
import type { Window } from './evaluator.ts'
import { SweepPlan } from './plan.ts'

/** Combinations that are handed out together. */
export const blockSize = 16
/** Blocks that are run to know how fast a core is. */
const measuredBlocks = 16
/** Splits of the probability of backtest overfitting. */
const overfittingBlocks = 16

/** The market of a task; the columns are shared memory where the page is isolated. */
export interface TaskMarket {
  contents: string
  panel: Panel
  /** The prices once more, as `Bars.prices`; absent where nothing can be shared: then they are made in place. */
  prices?: Float64Array
  signals: SignalRows | null
  /** What Jet may trade on; absent without flights. */
  candidates?: JetCandidates
  /** What Tickets reads; absent without tickets. */
  demand?: DemandTables
  calendar: Calendar
  tradable: Uint8Array
  /** Symbol index; −1 without a benchmark. */
  benchmark: number
}

export interface TaskSetup {
  market: TaskMarket
  spec: Pick<SweepSpec, 'axes' | 'design'> & { request: RunRequest }
  /** Days to measure; a sweep has one window, a walk-forward one a fold. */
  windows: Window[]
  /** Daily returns of every so many-th combination are sent along; 0 = of none. */
  seriesEvery: number
}

/** What became of a handful of blocks: one entry per combination, in the order of the blocks. */
export interface TaskResult {
  blocks: Int32Array
  window: number
  /** Index of each combination that is possible. */
  index: Int32Array
  /** [possible × parts × metrics] */
  metrics: Float32Array
  /** [possible] numbers of the trials, and their Sharpe ratios per day */
  ids: Float64Array
  sharpes: Float32Array
  /** What they add to the maxima of the family. */
  studentised: Int16Array
  plain: Int16Array
  /** Indices of the combinations whose returns are kept, and the returns [kept × days − 1]. */
  seriesOf: Int32Array
  series: Float32Array
  milliseconds: number
  /** What happened to the device on the way. */
  note?: string
}

/** Computes blocks of combinations. One per worker; nothing in it grows with the number of combinations. */
export class SweepTask {
  readonly plan: SweepPlan
  private readonly evaluator: Evaluator
  private readonly charger: Charger
  private readonly maxima = new Maxima()
  /** [days − 1] of the combination at hand */
  private readonly excess: Float64Array
  private readonly params: Params
  private readonly keys: TrialKey[]
  /** Parts of the key by axis and value, so that no text is hashed per combination. */
  private readonly valueKeys: TrialKey[][]
  private window = -1

  constructor(private readonly setup: TaskSetup) {
    const { market, spec, windows } = setup
    const { panel, tradable, signals, candidates, demand, prices, calendar } = market
    const system = systemOf(spec.request.system)
    this.plan = new SweepPlan(spec, system.onlyRules)
    const bars = prices ? { days: panel.dates.length, symbols: panel.symbols.length, prices } : barsOf(panel)
    this.evaluator = new Evaluator(
      system,
      { panel, tradable, signals: signals ?? undefined, ...(candidates && { jet: { candidates } }), demand },
      market.benchmark,
      bars,
      this.plan.axes.map(({ param }) => param),
    )
    this.charger = new Charger(resamplerOf(calendar))
    this.excess = new Float64Array(panel.dates.length)
    this.params = { ...spec.request.params }
    const swept = new Set(this.plan.axes.map(({ param }) => param))
    const fixed = Object.fromEntries(Object.entries(this.params).filter(([name]) => !swept.has(name)))
    this.keys = windows.map(({ range }) =>
      withParams(
        runKey(spec.request.system, market.contents, panel.dates[range.first], panel.dates[range.last]),
        fixed,
      ),
    )
    this.valueKeys = this.plan.axes.map(({ param, values }) => values.map((value) => paramKey(param, value)))
  }

  run(blocks: Int32Array, window: number): TaskResult {
    const started = performance.now()
    const { plan, evaluator, params, setup } = this
    this.look(window)
    this.maxima.clear()
    const most = blocks.length * blockSize
    const width = evaluator.partCount * sweepMetrics.length
    const index = new Int32Array(most)
    const metrics = new Float32Array(most * width)
    const ids = new Float64Array(most)
    const sharpes = new Float32Array(most)
    const kept: Float32Array[] = []
    const seriesOf: number[] = []
    let count = 0
    for (const block of blocks) {
      const to = Math.min(plan.total, (block + 1) * blockSize)
      for (let i = block * blockSize; i < to; i++) {
        plan.setParams(i, params)
        if (!plan.isPossible(params)) continue
        evaluator.run(params)
        this.charge()
        index[count] = i
        for (let k = 0; k < width; k++) metrics[count * width + k] = evaluator.metrics[k]
        ids[count] = this.idOf(i, window)
        sharpes[count] = evaluator.sharpe
        if (setup.seriesEvery > 0 && i % setup.seriesEvery === 0) {
          kept.push(Float32Array.from(evaluator.returns.subarray(0, evaluator.observations)))
          seriesOf.push(i)
        }
        count++
      }
    }
    this.charger.run(this.maxima)
    const series = new Float32Array(kept.length * evaluator.observations)
    kept.forEach((one, k) => series.set(one, k * evaluator.observations))
    return {
      blocks,
      window,
      index: index.slice(0, count),
      metrics: metrics.slice(0, count * width),
      ids: ids.slice(0, count),
      sharpes: sharpes.slice(0, count),
      studentised: this.maxima.studentised.slice(),
      plain: this.maxima.plain.slice(),
      seriesOf: Int32Array.from(seriesOf),
      series,
      milliseconds: performance.now() - started,
    }
  }

  /** The combinations of these blocks that are possible. */
  possibleOf(blocks: Int32Array): Int32Array<ArrayBuffer> {
    const { plan, params } = this
    const index = new Int32Array(blocks.length * blockSize)
    let count = 0
    for (const block of blocks) {
      const to = Math.min(plan.total, (block + 1) * blockSize)
      for (let i = block * blockSize; i < to; i++) {
        plan.setParams(i, params)
        if (plan.isPossible(params)) index[count++] = i
      }
    }
    return index.slice(0, count)
  }

  /** [combinations × days − 1] daily returns of these combinations in the first window. */
  seriesOf(index: Int32Array): Float32Array {
    const { evaluator, params, plan } = this
    this.look(0)
    const series = new Float32Array(index.length * evaluator.observations)
    index.forEach((i, k) => {
      plan.setParams(i, params)
      evaluator.run(params)
      series.set(evaluator.returns.subarray(0, evaluator.observations), k * evaluator.observations)
    })
    return series
  }

  /** Combinations a second on this core, charged: of a few hundred, the second time they are run. */
  measure(): number {
    const blocks = Int32Array.from(
      { length: Math.min(measuredBlocks, Math.ceil(this.plan.total / blockSize)) },
      (_, i) => i,
    )
    this.run(blocks, 0)
    const { index, milliseconds } = this.run(blocks, 0)
    return (1000 * index.length) / Math.max(1e-3, milliseconds)
  }

  /** Number of the trial that a combination is in a window. */
  idOf(index: number, window: number): number {
    const digits = this.plan.digitsOf(index)
    let key = this.keys[window]
    for (let a = 0; a < digits.length; a++) key = toggled(key, this.valueKeys[a][digits[a]])
    return trialId(key)
  }

  private look(window: number): void {
    if (window !== this.window) this.evaluator.measure(this.setup.windows[window])
    this.window = window
  }

  private charge(): void {
    const { charger, evaluator, setup } = this
    if (charger.full) charger.run(this.maxima)
    const firstDay = setup.windows[this.window].range.first + 1
    evaluator.excessInto(this.excess)
    charger.put(firstDay, this.excess, evaluator.observations)
  }
}

/** Probability of backtest overfitting of so many strategies; NaN where it cannot be told. */
export function overfittingOf(matrix: Float32Array, days: number, strategies: number): number {
  return backtestOverfitting(matrix, days, strategies, overfittingBlocks).pbo
}
