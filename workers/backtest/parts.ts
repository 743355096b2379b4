import type { Panel } from '../quant/panel.ts'
import { performance } from '../quant/statistics.ts'
import type { Part, ReportTrade } from './api.ts'
import { tradeCapacities } from './capacity.ts'
import { drawdownsOf } from './drawdowns.ts'
import { monthReturns } from './monthly.ts'
import type { MonthReturn } from './monthly.ts'
import type { DayRange } from './simulate.ts'
import { daysPerYear } from './sizing.ts'
import { growthOf } from './wealth.ts'

/** A series of daily returns with what is computed from it alone. */
export interface Series {
  returns: Float64Array
  months: MonthReturn[]
  stats: ReturnType<typeof performance>
  /** Calendar days of the longest time under water. */
  longestDrawdown: number
}

/** One part of a run: its days, its trades (those entered in it), and the benchmark over the same days. */
export interface RunPart {
  part: Part
  /** Days of the run, inclusive, whose returns count. */
  from: number
  to: number
  years: number
  strategy: Series
  benchmark: Series | null
  trades: ReportTrade[]
  /** Equity, ascending, at which each trade would be 1 % of usual volume. */
  capacities: Float64Array
  run: RunData
}

/** What the metrics are computed from; daily arrays and trades count days from the first of the run. */
export interface RunData {
  panel: Panel
  range: DayRange
  /** [days] epoch days */
  dates: Int32Array
  split: number
  equity: Float64Array
  /** [days] fractions of equity */
  gross: Float64Array
  net: Float64Array
  /** [days − 1]; null without a benchmark */
  returns: Float64Array
  benchmarkReturns: Float64Array | null
  trades: ReportTrade[]
  /** Yearly rate that idle cash earns, and over which excess is counted. */
  riskFree: number
  /** Money paid as commission and slippage, by trade. */
  commission: Float64Array
  slippage: Float64Array
}

function seriesOf(
  dates: Int32Array,
  from: number,
  returns: Float64Array,
  riskFree: number,
  benchmark?: Float64Array,
): Series {
  const days = dates.subarray(from - 1, from + returns.length)
  return {
    returns,
    months: monthReturns(days.subarray(1), returns),
    stats: performance(returns, { periodsPerYear: daysPerYear, riskFree, benchmark }),
    longestDrawdown: drawdownsOf(days, growthOf(returns)).reduce((most, row) => Math.max(most, row.days), 0),
  }
}

function partOf(run: RunData, part: Part, from: number, to: number): RunPart {
  const returns = run.returns.subarray(from - 1, to)
  const benchmark = run.benchmarkReturns?.subarray(from - 1, to)
  const trades =
    part === 'all' ? run.trades : run.trades.filter((trade) => trade.outOfSample === (part === 'outOfSample'))
  return {
    part,
    from,
    to,
    years: returns.length / daysPerYear,
    strategy: seriesOf(run.dates, from, returns, run.riskFree, benchmark),
    benchmark: benchmark === undefined ? null : seriesOf(run.dates, from, benchmark, run.riskFree),
    trades,
    capacities: tradeCapacities(run.panel, trades, run.equity, run.range),
    run,
  }
}

/**
 * The whole run without a split, else its two parts. Day 0 has no return (nothing is held before it); the
 * out-of-sample part begins with the return of the day of the split.
 */
export function partsOf(run: RunData): RunPart[] {
  const days = run.dates.length
  if (run.split >= days) return [partOf(run, 'all', 1, days - 1)]
  const split = Math.max(1, run.split)
  return [partOf(run, 'inSample', 1, split - 1), partOf(run, 'outOfSample', split, days - 1)]
}
