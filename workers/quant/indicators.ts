/**
 * Technical indicators. Series run forward in time; results are as long as their input, NaN during the
 * warm-up. Value i depends on values 0 … i only, to the bit.
 *
 * Missing values (NaN): a window that holds one is NaN, and an average with memory (EMA, Wilder's) is NaN
 * there and begins its warm-up anew behind it. A symbol that merely did not trade on a day is best given
 * without that day, which is what the systems do.
 *
 * Lengths are whole numbers of at least 1; anything else throws a RangeError.
 */
import { SortedWindow } from './sortedWindow.ts'
import { checkLength, windowMaximum, windowMean, windowMinimum, windowMoments } from './windows.ts'

type Series = Float64Array<ArrayBuffer>

function allNaN(length: number): Series {
  return new Float64Array(length).fill(NaN)
}

/** Simple moving average of the last n values. */
export function sma(x: ArrayLike<number>, n: number): Series {
  checkLength('n', n)
  return windowMean(x, n)
}

/**
 * An average with memory: seeded with the mean of the first n values, then moved towards each new value by
 * the share given.
 */
function seededAverage(x: ArrayLike<number>, n: number, share: number): Series {
  const out = allNaN(x.length)
  let seen = 0
  let average = 0
  for (let i = 0; i < x.length; i++) {
    const value = x[i]
    if (Number.isNaN(value)) {
      seen = 0
      average = 0
      continue
    }
    seen++
    average += (value - average) * (seen <= n ? 1 / seen : share)
    if (seen >= n) out[i] = average
  }
  return out
}

/** Exponential moving average, α = 2 ÷ (n + 1), seeded with the simple average of the first n values. */
export function ema(x: ArrayLike<number>, n: number): Series {
  checkLength('n', n)
  return seededAverage(x, n, 2 / (n + 1))
}

/** Wilder's average, α = 1 ÷ n, seeded with the simple average of the first n values. */
function wilder(x: ArrayLike<number>, n: number): Series {
  return seededAverage(x, n, 1 / n)
}

/**
 * Relative strength index of Wilder (1978), 0–100; first at index n. Without any fall in its memory it is
 * 100.
 */
export function rsi(close: ArrayLike<number>, n: number): Series {
  checkLength('n', n)
  const out = allNaN(close.length)
  const steady = 1 / n
  let seen = 0
  let gain = 0
  let loss = 0
  for (let i = 1; i < close.length; i++) {
    const change = close[i] - close[i - 1]
    if (Number.isNaN(change)) {
      seen = 0
      gain = 0
      loss = 0
      continue
    }
    seen++
    const share = seen <= n ? 1 / seen : steady
    gain += ((change > 0 ? change : 0) - gain) * share
    loss += ((change < 0 ? -change : 0) - loss) * share
    if (seen >= n) out[i] = loss === 0 ? 100 : 100 - 100 / (1 + gain / loss)
  }
  return out
}

/**
 * Moving average convergence–divergence: EMA(fast) − EMA(slow), each from its own start; the signal is the
 * EMA of the difference, the histogram the difference minus its signal.
 */
export function macd(
  close: ArrayLike<number>,
  fast: number,
  slow: number,
  signal: number,
): { macd: Series; signal: Series; histogram: Series } {
  checkLength('signal', signal)
  const line = ema(close, fast)
  const slowAverage = ema(close, slow)
  for (let i = 0; i < line.length; i++) line[i] -= slowAverage[i]
  const average = ema(line, signal)
  const histogram = new Float64Array(line.length)
  for (let i = 0; i < line.length; i++) histogram[i] = line[i] - average[i]
  return { macd: line, signal: average, histogram }
}

/** Largest of high − low and the distances of both from the previous close; NaN on the first bar. */
function trueRange(high: ArrayLike<number>, low: ArrayLike<number>, close: ArrayLike<number>): Series {
  const out = allNaN(close.length)
  for (let i = 1; i < out.length; i++) {
    const before = close[i - 1]
    out[i] = Math.max(high[i] - low[i], Math.abs(high[i] - before), Math.abs(low[i] - before))
  }
  return out
}

/** Average true range of Wilder (1978); the first true range needs a previous close, so first at index n. */
export function atr(
  high: ArrayLike<number>,
  low: ArrayLike<number>,
  close: ArrayLike<number>,
  n: number,
): Series {
  checkLength('n', n)
  return wilder(trueRange(high, low, close), n)
}

/** Bollinger bands: SMA(n) ± k population standard deviations of the same n closes. */
export function bollinger(
  close: ArrayLike<number>,
  n: number,
  k: number,
): { middle: Series; upper: Series; lower: Series } {
  checkLength('n', n)
  const { mean: middle, squares } = windowMoments(close, n)
  const upper = allNaN(close.length)
  const lower = allNaN(close.length)
  for (let i = n - 1; i < close.length; i++) {
    const width = k * Math.sqrt(squares[i] / n)
    upper[i] = middle[i] + width
    lower[i] = middle[i] - width
  }
  return { middle, upper, lower }
}

/**
 * On-balance volume (Granville 1963), starting at the first volume: a bar that closes higher than the one
 * before adds its volume, one that closes lower takes it off. A bar with a missing value is NaN and skipped.
 */
export function obv(close: ArrayLike<number>, volume: ArrayLike<number>): Series {
  const out = allNaN(close.length)
  let before = NaN
  let total = 0
  for (let i = 0; i < close.length; i++) {
    if (Number.isNaN(close[i]) || Number.isNaN(volume[i])) continue
    if (Number.isNaN(before)) total = volume[i]
    else if (close[i] > before) total += volume[i]
    else if (close[i] < before) total -= volume[i]
    before = close[i]
    out[i] = total
  }
  return out
}

/**
 * Slow stochastic (Lane), 0–100: where the close lies between the lowest low and the highest high of n bars,
 * averaged over `smooth` bars (k) and again over `signal` bars (d). A range of 0 counts as 0.
 */
export function stochastic(
  high: ArrayLike<number>,
  low: ArrayLike<number>,
  close: ArrayLike<number>,
  n: number,
  smooth: number,
  signal: number,
): { k: Series; d: Series } {
  checkLength('n', n)
  const highest = windowMaximum(high, n)
  const lowest = windowMinimum(low, n)
  const raw = allNaN(close.length)
  for (let i = 0; i < raw.length; i++) {
    const range = highest[i] - lowest[i]
    raw[i] = range === 0 ? 0 : (100 * (close[i] - lowest[i])) / range
  }
  const k = sma(raw, smooth)
  return { k, d: sma(k, signal) }
}

/**
 * Average directional index of Wilder (1978), 0–100; first at index 2n − 1. Bars without any range or
 * direction count as 0.
 */
export function adx(
  high: ArrayLike<number>,
  low: ArrayLike<number>,
  close: ArrayLike<number>,
  n: number,
): Series {
  checkLength('n', n)
  const up = allNaN(close.length)
  const down = allNaN(close.length)
  for (let i = 1; i < close.length; i++) {
    const rise = high[i] - high[i - 1]
    const fall = low[i - 1] - low[i]
    if (Number.isNaN(rise + fall + close[i - 1])) continue
    up[i] = rise > fall && rise > 0 ? rise : 0
    down[i] = fall > rise && fall > 0 ? fall : 0
  }
  const range = wilder(trueRange(high, low, close), n)
  const plus = wilder(up, n)
  const minus = wilder(down, n)
  const index = allNaN(close.length)
  for (let i = 0; i < index.length; i++) {
    // The range cancels out of the quotient of the two directional indicators.
    const sum = plus[i] + minus[i]
    if (Number.isNaN(sum + range[i])) continue
    index[i] = sum === 0 || range[i] === 0 ? 0 : (100 * Math.abs(plus[i] - minus[i])) / sum
  }
  return wilder(index, n)
}

/** Rate of change over n values, a fraction: x[i] ÷ x[i − n] − 1; NaN where the earlier value is 0. */
export function roc(x: ArrayLike<number>, n: number): Series {
  checkLength('n', n)
  const out = allNaN(x.length)
  for (let i = n; i < x.length; i++) {
    if (x[i - n] !== 0) out[i] = x[i] / x[i - n] - 1
  }
  return out
}

/** Distance from the mean of the last n values in their sample standard deviations; NaN where that is 0. */
export function zscore(x: ArrayLike<number>, n: number): Series {
  checkLength('n', n)
  const { mean, squares } = windowMoments(x, n)
  const out = allNaN(x.length)
  for (let i = n - 1; i < x.length; i++) {
    const deviation = Math.sqrt(squares[i] / (n - 1))
    if (deviation > 0) out[i] = (x[i] - mean[i]) / deviation
  }
  return out
}

/** Median of the last n values. */
export function rollingMedian(x: ArrayLike<number>, n: number): Series {
  return overSortedWindow(x, n, (window) => window.median())
}

/** Median absolute deviation from the median of the last n values, unscaled. */
export function rollingMad(x: ArrayLike<number>, n: number): Series {
  return overSortedWindow(x, n, (window) => window.medianAbsoluteDeviation())
}

function overSortedWindow(
  x: ArrayLike<number>,
  n: number,
  measure: (window: SortedWindow) => number,
): Series {
  checkLength('n', n)
  const out = allNaN(x.length)
  const window = new SortedWindow(n)
  for (let i = 0; i < x.length; i++) {
    if (i >= n) window.remove(x[i - n])
    window.add(x[i])
    if (window.complete) out[i] = measure(window)
  }
  return out
}
