/** Rows of one symbol, ascending by day; one row per day once repeated dates are settled. */
export interface Bars {
  symbol: string
  /** Epoch days. */
  day: Int32Array
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  /** adjusted = raw × factor. */
  factor: Float64Array
}

export type BarColumn = 'open' | 'high' | 'low' | 'close' | 'volume' | 'factor'

/** The rows at `indices`, in that order. */
export function pick(bars: Bars, indices: ArrayLike<number>): Bars {
  const take = (values: Float64Array) => Float64Array.from(indices, (i) => values[i])
  return {
    symbol: bars.symbol,
    day: Int32Array.from(indices, (i) => bars.day[i]),
    open: take(bars.open),
    high: take(bars.high),
    low: take(bars.low),
    close: take(bars.close),
    volume: take(bars.volume),
    factor: take(bars.factor),
  }
}

/** What a check of one symbol found, before it is given an id and its repair a state. */
export interface Observation {
  days: number[]
  count: number
  text: string
}
