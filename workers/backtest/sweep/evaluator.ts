import type {
  AnyParamSpec,
  Inputs,
  Params,
  ParamValue,
  RiskRules,
  Signals,
  System,
} from '../../systems/system.ts'
import { barsOf } from '../bars.ts'
import type { Bars } from '../bars.ts'
import { benchmarkValues } from '../benchmark.ts'
import { Simulator } from '../simulator.ts'
import { StructureSimulator } from '../structures/structureSimulator.ts'
import type { DayRange } from '../simulate.ts'
import { daysPerYear } from '../sizing.ts'
import { sweepMetrics } from './contract.ts'

const width = sweepMetrics.length

/** Days that are measured: a run from `first` to `last`, cut in two at `split` (day of the run; its length = not cut). */
export interface Window {
  range: DayRange
  split: number
  /**
   * [days of the run] 1 = the return of this day counts for no metric; only of a run that is not cut in two. What is
   * charged for is the whole run all the same.
   */
  leftOut?: Uint8Array
}

/** What the benchmark did in one part of a window. */
interface PartOfBenchmark {
  mean: number
  /** Σ of squared distances from the mean. */
  squares: number
}

/**
 * Runs one combination after the other through the one simulation core and keeps of each what a sweep needs. What
 * `run` found is in the fields until the next run; nothing is allocated per run but by the system's own signals.
 *
 * The figures are those of the report: tests/unit/backtest/sweep/evaluator.test.ts holds one against the other.
 */
export class Evaluator {
  /** [parts × metrics] the whole run without a cut, else in sample, then out of sample; NaN where undefined */
  readonly metrics: Float64Array
  /** [days − 1] daily returns of the run; the first `observations` count */
  returns = new Float64Array(0)
  observations = 0
  /** Of the daily returns of the whole run, per day. */
  sharpe = NaN
  /** Of the newest run. */
  simulator: Simulator | StructureSimulator
  private readonly shares = new Simulator(false)
  private structures: StructureSimulator | null = null
  private readonly bars: Bars
  private window: Window | null = null
  /** [days − 1] */
  private benchmark: Float64Array | null = null
  private parts: { from: number; to: number; benchmark: PartOfBenchmark }[] = []
  private signals: Signals | null = null
  /** [deciding] and [names] the values that the signals and rules at hand were made of */
  private readonly decidedBy: ParamValue[] = []
  private rules: RiskRules | null = null
  private readonly ruledBy: ParamValue[] = []
  /** Parameters that the rules read. */
  private readonly names: string[]
  private rate = 0
  private slope = NaN
  private readonly deciding: string[]

  /**
   * @param benchmarkSymbol index of a symbol, −1 without one
   * @param moving the only parameters that will differ between two runs
   */
  constructor(
    private readonly system: System<Params>,
    private readonly inputs: Inputs,
    private readonly benchmarkSymbol: number,
    bars?: Bars,
    moving: readonly string[] = Object.keys(system.params),
  ) {
    this.simulator = this.shares
    this.bars = bars ?? barsOf(inputs.panel)
    this.metrics = new Float64Array(2 * width)
    this.names = readByRules(system).filter((name) => moving.includes(name))
    this.deciding = moving.filter((name) => !system.onlyRules.includes(name))
  }

  /** Measures these days from now on. */
  measure(window: Window): void {
    this.window = window
    const { range, split } = window
    const days = range.last - range.first + 1
    if (this.returns.length < days) {
      this.returns = new Float64Array(days)
    }
    this.observations = days - 1
    this.benchmark = null
    if (this.benchmarkSymbol >= 0) {
      const { values } = benchmarkValues(this.inputs.panel, this.benchmarkSymbol, range, 1)
      const returns = new Float64Array(days - 1)
      for (let i = 0; i < returns.length; i++) returns[i] = values[i + 1] / values[i] - 1
      this.benchmark = returns
    }
    const cut = Math.max(1, split)
    const bounds = split >= days ? [[1, days]] : [[1, cut], [cut, days]] // prettier-ignore
    this.parts = bounds.map(([from, to]) => ({ from, to, benchmark: this.benchmarkOver(from, to) }))
  }

  get partCount(): number {
    return this.parts.length
  }

  run(params: Params): void {
    const { range } = this.window!
    const signals = this.decided(params)
    const rules = this.ruled(params)
    if (rules.expression === undefined) this.simulator = this.shares
    else this.simulator = this.structures ??= new StructureSimulator(false)
    this.simulator.run(this.inputs.panel, this.bars, signals, rules, range.first, range.last)
    const rate = (rules.cashRate ?? 0) / daysPerYear
    let sum = 0
    let squares = 0
    let ownMarket = 0
    let marketSum = 0
    let marketSquares = 0
    for (let p = 0; p < this.parts.length; p++) {
      this.measurePart(p, rate)
      const { from, to, benchmark } = this.parts[p]
      const n = to - from
      sum += this.partSum
      squares += this.partSquares
      ownMarket += this.partProducts
      marketSum += n * benchmark.mean
      marketSquares += benchmark.squares + n * benchmark.mean * benchmark.mean
    }
    this.measureTrades()
    if (this.window!.leftOut !== undefined) this.measureCounted(this.window!.leftOut, rate)
    const n = this.observations
    const mean = sum / n
    this.sharpe = (mean - rate) / Math.sqrt(varianceOf(squares, mean, n))
    this.rate = rate
    const marketMean = marketSum / n
    const spread = marketSquares - n * marketMean * marketMean
    this.slope = this.benchmark === null ? NaN : (ownMarket - n * mean * marketMean) / spread
  }

  /**
   * Fills `out` with the daily excess returns after beta of the whole run, which is what is charged for; the first
   * `observations` count. A benchmark that does not move explains nothing.
   */
  excessInto(out: Float64Array): void {
    const { returns, benchmark, observations: n, rate, slope } = this
    if (benchmark === null || !Number.isFinite(slope)) {
      for (let i = 0; i < n; i++) out[i] = returns[i] - rate
      return
    }
    for (let i = 0; i < n; i++) out[i] = returns[i] - rate - slope * (benchmark[i] - rate)
  }

  /** Rules change only where a parameter has. */
  private ruled(params: Params): RiskRules {
    const { names, ruledBy } = this
    let same = this.rules !== null
    for (let i = 0; i < names.length; i++) {
      const name = names[i]
      if (ruledBy[i] === params[name]) continue
      ruledBy[i] = params[name]
      same = false
    }
    if (!same || this.rules === null) this.rules = this.system.rules(params)
    return this.rules
  }

  /** Signals change only where something they read has changed. */
  private decided(params: Params): Signals {
    const { deciding, decidedBy } = this
    let same = this.signals !== null
    for (let i = 0; i < deciding.length; i++) {
      const name = deciding[i]
      if (decidedBy[i] === params[name]) continue
      decidedBy[i] = params[name]
      same = false
    }
    if (!same || this.signals === null) this.signals = this.system.signals(this.inputs, params)
    return this.signals
  }

  private partSum = 0
  private partSquares = 0
  private partProducts = 0

  /** Returns, Sharpe ratio, drawdown and alpha of one part, in one pass over its days. */
  private measurePart(p: number, rate: number): void {
    const { equity } = this.simulator
    const { from, to, benchmark } = this.parts[p]
    const { returns, benchmark: market } = this
    let sum = 0
    let squares = 0
    let peak = equity[from - 1]
    let worst = 1
    let before = peak
    for (let day = from; day < to; day++) {
      const value = equity[day]
      const change = value / before - 1
      before = value
      returns[day - 1] = change
      sum += change
      squares += change * change
      if (value > peak) peak = value
      else if (value < worst * peak) worst = value / peak
    }
    let products = 0
    if (market !== null) for (let day = from; day < to; day++) products += returns[day - 1] * market[day - 1]
    this.partSum = sum
    this.partSquares = squares
    this.partProducts = products
    const n = to - from
    const mean = sum / n
    const variance = varianceOf(squares, mean, n)
    const slope = (products - n * mean * benchmark.mean) / benchmark.squares
    const at = p * width
    const { metrics } = this
    metrics[at + 0] = ((mean - rate) / Math.sqrt(variance)) * Math.sqrt(daysPerYear)
    metrics[at + 1] = before / equity[from - 1] - 1
    metrics[at + 2] = worst - 1
    metrics[at + 3] =
      this.benchmark === null ? NaN : (mean - rate - slope * (benchmark.mean - rate)) * daysPerYear
  }

  /** The metrics of `measurePart` again, of the days that are not left out. */
  private measureCounted(leftOut: Uint8Array, rate: number): void {
    const { returns, metrics } = this
    const market = this.benchmark ?? returns
    let n = 0
    let sum = 0
    let squares = 0
    let marketSum = 0
    let marketSquares = 0
    let products = 0
    let wealth = 1
    let peak = 1
    let worst = 1
    for (let i = 0; i < this.observations; i++) {
      if (leftOut[i + 1] === 1) continue
      const change = returns[i]
      const other = market[i]
      n++
      sum += change
      squares += change * change
      marketSum += other
      marketSquares += other * other
      products += change * other
      wealth *= 1 + change
      if (wealth > peak) peak = wealth
      else if (wealth < worst * peak) worst = wealth / peak
    }
    const mean = sum / n
    const marketMean = marketSum / n
    const variance = Math.max(0, squares - n * mean * mean) / (n - 1)
    const slope = (products - n * mean * marketMean) / (marketSquares - n * marketMean * marketMean)
    metrics[0] = ((mean - rate) / Math.sqrt(variance)) * Math.sqrt(daysPerYear)
    metrics[1] = wealth - 1
    metrics[2] = worst - 1
    metrics[3] = this.benchmark === null ? NaN : (mean - rate - slope * (marketMean - rate)) * daysPerYear
  }

  private measureTrades(): void {
    const { metrics, parts } = this
    const { ledger } = this.simulator.book
    const { first } = this.window!.range
    const cut = parts.length === 1 ? Infinity : first + Math.max(1, this.window!.split)
    let before = 0
    let after = 0
    let wonBefore = 0
    let wonAfter = 0
    for (let i = 0; i < ledger.length; i++) {
      const won = ledger.profit[i] > 0 ? 1 : 0
      if (ledger.entryDay[i] < cut) {
        before++
        wonBefore += won
      } else {
        after++
        wonAfter += won
      }
    }
    metrics[4] = before
    metrics[5] = wonBefore / before
    metrics[width + 4] = after
    metrics[width + 5] = wonAfter / after
  }

  private benchmarkOver(from: number, to: number): PartOfBenchmark {
    if (this.benchmark === null) return { mean: NaN, squares: NaN }
    const n = to - from
    let sum = 0
    for (let day = from; day < to; day++) sum += this.benchmark[day - 1]
    const mean = sum / n
    let squares = 0
    for (let day = from; day < to; day++) squares += (this.benchmark[day - 1] - mean) ** 2
    return { mean, squares }
  }
}

/** Sample variance; NaN where there is no more of it than rounding makes, as of an account that only earns interest. */
function varianceOf(squares: number, mean: number, n: number): number {
  const spread = squares - n * mean * mean
  return spread > 1e-12 * squares ? spread / (n - 1) : NaN
}

/** Every parameter that the rules of a system read, whatever its choices and switches are set to. */
export function readByRules(system: System<Params>): string[] {
  const { params: schema } = system
  const read = new Set<string>()
  const watch = (params: Params) =>
    system.rules(
      new Proxy(params, {
        get: (target, name) => {
          read.add(String(name))
          return target[String(name)]
        },
      }),
    )
  const base = Object.fromEntries(Object.entries(schema).map(([name, spec]) => [name, spec.recommended]))
  watch(base)
  for (const [name, spec] of Object.entries(schema as Record<string, AnyParamSpec>)) {
    const values: ParamValue[] =
      spec.kind === 'choice'
        ? spec.options.map(({ value }) => value)
        : spec.kind === 'boolean'
          ? [true, false]
          : []
    for (const value of values) watch({ ...base, [name]: value })
  }
  return [...read]
}
