import type { Panel } from '../../quant/panel.ts'
import { benchmarkValues } from '../benchmark.ts'
import { returnsOf } from '../wealth.ts'
import { columnsOf } from './columns.ts'
import type { Rule, RuleSweep } from './ruleSweep.ts'
import { slotTable } from './slots.ts'

/** A stretch of the run with its own metrics: returns number `from` … `to − 1` (number 0 is that of the second day). */
interface PartOfRun {
  from: number
  to: number
}

/** Everything of a sweep that all combinations share, as the kernel reads it. */
export interface RuleTables {
  rule: Rule
  axes: number
  /** Number of values of each axis. */
  axisLengths: number[]
  days: number
  /** One without a split, two with one: in sample, out of sample. */
  parts: PartOfRun[]
  hasBenchmark: boolean
  /** [days × 4] open, high, low, close */
  bars: Float32Array<ArrayBuffer>
  /** [days × 2] adjusted shares in one raw share; the benchmark's return less its mean over the part */
  more: Float32Array<ArrayBuffer>
  /** See `Columns`. */
  columns: Float32Array<ArrayBuffer>
  slots: Uint32Array<ArrayBuffer>
  /** The uniform `Market` of the kernel. */
  market: ArrayBuffer
  /** [days − 1] returns of the benchmark */
  benchmark: Float64Array | null
}

/** Words of the uniform, in the order of the kernel's struct. */
const marketWords = 16

export function ruleTablesOf(panel: Panel, sweep: RuleSweep): RuleTables {
  const { scope, symbol } = sweep
  const { first, last } = scope.range
  const days = last - first + 1
  const columns = columnsOf(panel, sweep)
  const benchmark =
    scope.benchmark < 0 ? null : returnsOf(benchmarkValues(panel, scope.benchmark, scope.range, 1).values)

  const split = Math.max(1, scope.split)
  const hasSplit = scope.split < days
  const parts = hasSplit
    ? [
        { from: 0, to: split - 1 },
        { from: split - 1, to: days - 1 },
      ]
    : [{ from: 0, to: days - 1 }]

  const bars = new Float32Array(4 * days)
  const more = new Float32Array(2 * days)
  for (let k = 0; k < days; k++) {
    const at = symbol * panel.dates.length + first + k
    bars.set([panel.open[at], panel.high[at], panel.low[at], panel.close[at]], 4 * k)
    const factor = panel.rawFactor === undefined ? 1 : panel.rawFactor[at]
    more[2 * k] = factor > 0 ? factor : 1
  }

  const moments = parts.map(({ from, to }) => momentsOf(benchmark, from, to))
  const whole = momentsOf(benchmark, 0, days - 1)
  if (benchmark !== null) {
    parts.forEach(({ from, to }, p) => {
      for (let i = from; i < to; i++) more[2 * (i + 1) + 1] = benchmark[i] - moments[p].mean
    })
  }

  const market = new ArrayBuffer(4 * marketWords)
  const whole32 = new Uint32Array(market)
  const real = new Float32Array(market)
  whole32.set([days, columns.count, hasSplit ? split : days, benchmark === null ? 0 : 1])
  const [inSample, outOfSample] = [moments[0], moments.at(-1)!]
  real.set([inSample.squares, outOfSample.squares, inSample.mean, outOfSample.mean], 4)
  real.set([whole.squares, whole.mean, inSample.mean - whole.mean, outOfSample.mean - whole.mean], 8)

  return {
    rule: sweep.rule,
    axes: sweep.axes.length,
    axisLengths: sweep.axes.map(({ values }) => values.length),
    days,
    parts,
    hasBenchmark: benchmark !== null,
    bars,
    more,
    columns: columns.values,
    slots: slotTable(panel, sweep, columns.columnOf),
    market,
    benchmark,
  }
}

/** Mean and sum of squared deviations of the values from … to − 1; 0 of nothing. */
function momentsOf(values: Float64Array | null, from: number, to: number): { mean: number; squares: number } {
  if (values === null || to <= from) return { mean: 0, squares: 0 }
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i]
  const mean = sum / (to - from)
  let squares = 0
  for (let i = from; i < to; i++) squares += (values[i] - mean) ** 2
  return { mean, squares }
}
