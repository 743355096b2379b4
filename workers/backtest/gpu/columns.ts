import { indicatorsOf } from '../../systems/indicatorCache.ts'
import type { Panel } from '../../quant/panel.ts'
import { valuesOf } from './ruleSweep.ts'
import type { RuleSweep } from './ruleSweep.ts'
import type { ColumnOf } from './slots.ts'

/**
 * The indicators of a sweep as float32 columns, computed in float64 and rounded so that every comparison of the
 * rule comes out as it does there. `missing` stands where there is no value; no column has another negative one
 * but that of the bands, which have none missing.
 */
export interface Columns {
  /**
   * [2 × (days + 1) × columns] day-major, the first row the bar before the run; behind the values what rounding took
   * from each, because the conviction of a signal is the small distance between a value and a level
   */
  values: Float32Array<ArrayBuffer>
  count: number
  columnOf: ColumnOf
}

const missing = -1

/** Fills one column: `put(row, value, rest)` for the rows that have a bar. */
type Filled = (put: (row: number, value: number, rest: number) => void) => void

export function columnsOf(panel: Panel, sweep: RuleSweep): Columns {
  const { first, last } = sweep.scope.range
  const rows = last - first + 2
  const cache = indicatorsOf(panel)
  // The bars of the run are consecutive; the one before it may lie any number of days back.
  const firstBar = cache.bars[sweep.symbol].day.indexOf(first)
  const window: Window = { first: firstBar - 1, rows }
  const filled = new Map<string, Filled>()
  const distinct = (param: string) => [...new Set(valuesOf(sweep, param).map(Number))]
  const { symbol } = sweep
  switch (sweep.rule) {
    case 'averages': {
      const lengths = [...new Set([...distinct('averageFast'), ...distinct('averageSlow')])]
      // Copies: the cache writes over what was used least recently.
      const averages = lengths.map((n) => cache.closeAverage(n)[symbol].slice())
      const ranks = ranksOf(averages, window)
      lengths.forEach((n, k) =>
        filled.set(`average ${n}`, (put) => ranks[k].forEach((rank, row) => put(row, rank, 0))),
      )
      break
    }
    case 'rsi': {
      const levels = ascending([...distinct('rsiLow'), ...distinct('rsiHigh')])
      const ratios = ascending(distinct('rsiVolumeRatio'))
      for (const n of distinct('rsiDays'))
        filled.set(
          `rsi ${n}`,
          apart(() => cache.rsi(n)[symbol], levels, window),
        )
      for (const n of distinct('volumeDays'))
        filled.set(
          `volume ${n}`,
          apart(() => cache.volumeRatio(n)[symbol], ratios, window),
        )
      break
    }
    case 'bollinger': {
      const widths = ascending(distinct('bollingerWidth'))
      for (const n of distinct('bollingerDays'))
        filled.set(
          `bands ${n}`,
          apart(() => cache.bandDistance(n)[symbol], widths, window),
        )
    }
  }
  const count = filled.size
  const values = new Float32Array(2 * rows * count)
  if (sweep.rule !== 'bollinger') values.fill(missing, 0, rows * count)
  const index = new Map([...filled.keys()].map((key, column) => [key, column]))
  for (const [key, fill] of filled) {
    const column = index.get(key)!
    fill((row, value, rest) => {
      values[row * count + column] = value
      values[(rows + row) * count + column] = rest
    })
  }
  return { values, count, columnOf: (indicator) => (days) => index.get(`${indicator} ${Number(days)}`)! }
}

/** The bars `first` … `first + rows − 1` of the symbol; the first may not exist (−1). */
interface Window {
  first: number
  rows: number
}

/**
 * Moving averages matter only by which is larger, so each is replaced by its place among all of its day, counted
 * from 0, equal ones sharing theirs.
 */
function ranksOf(series: Float64Array[], { first, rows }: Window): Float32Array[] {
  const ranks = series.map(() => new Float32Array(rows).fill(missing))
  const order: number[] = []
  for (let row = Math.max(0, -first); row < rows; row++) {
    const bar = first + row
    order.length = 0
    for (let k = 0; k < series.length; k++) if (!Number.isNaN(series[k][bar])) order.push(k)
    order.sort((a, b) => series[a][bar] - series[b][bar])
    let rank = 0
    for (let i = 0; i < order.length; i++) {
      if (i > 0 && series[order[i]][bar] !== series[order[i - 1]][bar]) rank++
      ranks[order[i]][row] = rank
    }
  }
  return ranks
}

/** Values of a series, the size of each on the same side of every level after rounding as before. */
function apart(series: () => Float64Array, levels: number[], { first, rows }: Window): Filled {
  return (put) => {
    const values = series()
    for (let row = Math.max(0, -first); row < rows; row++) {
      const value = values[first + row]
      if (Number.isNaN(value)) continue
      const size = roundApart(Math.abs(value), levels)
      const rounded = value < 0 ? -size : size
      put(row, rounded, value - rounded)
    }
  }
}

/** The float32 nearest to x that is above, at or below every (rounded) level as x is, levels ascending. */
export function roundApart(x: number, levels: number[]): number {
  let rounded = Math.fround(x)
  for (const level of around(x, levels)) {
    const rounding = Math.fround(level)
    if (x > level) rounded = Math.max(rounded, neighbour(rounding, 1))
    else if (x < level) rounded = Math.min(rounded, neighbour(rounding, -1))
    else rounded = rounding
  }
  return rounded
}

/** The levels next to x below and above; each may be x itself. */
function around(x: number, levels: number[]): number[] {
  let from = 0
  let to = levels.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (levels[middle] < x) from = middle + 1
    else to = middle
  }
  return levels.slice(Math.max(0, from - 1), from + 1)
}

const asFloat = new Float32Array(1)
const asBits = new Int32Array(asFloat.buffer)

/** The next float32 above (step 1) or below (−1) a positive one. */
function neighbour(value: number, step: 1 | -1): number {
  asFloat[0] = value
  asBits[0] += step
  return asFloat[0]
}

function ascending(values: number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}
