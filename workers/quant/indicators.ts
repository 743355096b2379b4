/**
 * Technical indicators. Series run forward in time; results are as long as their input, NaN during the
 * warm-up. Value i depends on values 0 … i only, to the bit. A result that can be handed in is written over;
 * it must be as long as the input, and not the input itself.
 *
 * Missing values (NaN): a window that holds one is NaN, and an average with memory (EMA, Wilder's) is NaN
 * there and begins its warm-up anew behind it. A symbol that merely did not trade on a day is best given
 * without that day, which is what the systems do.
 *
 * Lengths are whole numbers of at least 1; anything else throws a RangeError.
 */
import { SortedWindow } from './sortedWindow.ts'
import { checkLength, windowMaximum, windowMean, windowMinimum, windowMoments } from './windows.ts'

type Series = Float64Array

function allNaN(length: number): Series {
  return new Float64Array(length).fill(NaN)
}

/** Index of the first missing value at or after `from`, or the length. */
function endOfRun(x: Series, from: number): number {
  let i = from
  while (i < x.length && !Number.isNaN(x[i])) i++
  return i
}

/** Mean of n values from `start` on, by their distances from the first: exact where all are the same. */
function meanOfFirst(x: Series, start: number, n: number): number {
  let sum = 0
  for (let i = start; i < start + n; i++) sum += x[i] - x[start]
  return x[start] + sum / n
}

/** Simple moving average of the last n values. */
export function sma(x: Series, n: number, out: Series = new Float64Array(x.length)): Series {
  checkLength('n', n)
  windowMean(x, n, out)
  return out
}

/**
 * An average with memory: seeded with the mean of the first n values, then moved towards each new value by
 * the share given.
 */
function seededAverage(x: Series, n: number, share: number): Series {
  const out = allNaN(x.length)
  for (let start = 0, end: number; start < x.length; start = end + 1) {
    end = endOfRun(x, start)
    const seeded = start + n - 1
    if (seeded >= end) continue
    let average = meanOfFirst(x, start, n)
    out[seeded] = average
    for (let i = seeded + 1; i < end; i++) {
      average += (x[i] - average) * share
      out[i] = average
    }
  }
  return out
}

/** Exponential moving average, α = 2 ÷ (n + 1), seeded with the simple average of the first n values. */
export function ema(x: Series, n: number): Series {
  checkLength('n', n)
  return seededAverage(x, n, 2 / (n + 1))
}

/** Wilder's average, α = 1 ÷ n, seeded with the simple average of the first n values. */
function wilder(x: Series, n: number): Series {
  return seededAverage(x, n, 1 / n)
}

/**
 * Relative strength index of Wilder (1978), 0–100; first at index n. Without any fall in its memory it is
 * 100.
 *
 * 100 − 100 ÷ (1 + gain ÷ loss) of his averages is 50 + 50 (gain − loss) ÷ (gain + loss): their difference
 * and sum follow the changes and the sizes of the changes, and no bar has to be told a gain or a loss.
 */
export function rsi(close: Series, n: number, out: Series = new Float64Array(close.length)): Series {
  checkLength('n', n)
  const share = 1 / n
  const keep = 1 - share
  for (let start = 0, end: number; start < close.length; start = end + 1) {
    end = endOfRun(close, start)
    const seeded = Math.min(start + n, end)
    let net = 0
    let total = 0
    for (let i = start + 1; i <= seeded && i < end; i++) {
      const change = close[i] - close[i - 1]
      net += change
      total += Math.abs(change)
    }
    out.fill(NaN, start, seeded)
    if (end < close.length) out[end] = NaN
    if (seeded >= end) continue
    net /= n
    total /= n
    out[seeded] = total === 0 ? 100 : 50 + (50 * net) / total
    for (let i = seeded + 1; i < end; i++) {
      const change = close[i] - close[i - 1]
      net = net * keep + change * share
      total = total * keep + Math.abs(change) * share
      out[i] = total === 0 ? 100 : 50 + (50 * net) / total
    }
  }
  return out
}

export interface Macd {
  macd: Series
  signal: Series
  histogram: Series
}

/** Room for a result of `macd`. */
export function macdRoom(length: number): Macd {
  return {
    macd: new Float64Array(length),
    signal: new Float64Array(length),
    histogram: new Float64Array(length),
  }
}

/**
 * Moving average convergence–divergence: EMA(fast) − EMA(slow), each from its own start; the signal is the
 * EMA of the difference, the histogram the difference minus its signal.
 */
export function macd(
  close: Series,
  fast: number,
  slow: number,
  signal: number,
  out: Macd = macdRoom(close.length),
): Macd {
  checkLength('fast', fast)
  checkLength('slow', slow)
  checkLength('signal', signal)
  const fastShare = 2 / (fast + 1)
  const slowShare = 2 / (slow + 1)
  const signalShare = 2 / (signal + 1)
  const { macd: line, signal: average, histogram } = out
  for (let start = 0, end: number; start < close.length; start = end + 1) {
    end = endOfRun(close, start)
    // The line begins with the longer average, its signal when there are enough values of the line.
    const lineStart = start + Math.max(fast, slow) - 1
    const signalStart = lineStart + signal - 1
    line.fill(NaN, start, Math.min(lineStart, end))
    average.fill(NaN, start, Math.min(signalStart, end))
    histogram.fill(NaN, start, Math.min(signalStart, end))
    if (end < close.length) line[end] = average[end] = histogram[end] = NaN
    if (lineStart >= end) continue
    let fastAverage = averageAt(close, start, fast, fastShare, lineStart)
    let slowAverage = averageAt(close, start, slow, slowShare, lineStart)
    line[lineStart] = fastAverage - slowAverage
    const seeded = Math.min(signalStart, end - 1)
    for (let i = lineStart + 1; i <= seeded; i++) {
      fastAverage += (close[i] - fastAverage) * fastShare
      slowAverage += (close[i] - slowAverage) * slowShare
      line[i] = fastAverage - slowAverage
    }
    if (signalStart >= end) continue
    let signalAverage = meanOfFirst(line, lineStart, signal)
    average[signalStart] = signalAverage
    histogram[signalStart] = line[signalStart] - signalAverage
    for (let i = signalStart + 1; i < end; i++) {
      fastAverage += (close[i] - fastAverage) * fastShare
      slowAverage += (close[i] - slowAverage) * slowShare
      const difference = fastAverage - slowAverage
      signalAverage += (difference - signalAverage) * signalShare
      line[i] = difference
      average[i] = signalAverage
      histogram[i] = difference - signalAverage
    }
  }
  return out
}

/** The seeded average of the values from `start` to `at`. */
function averageAt(x: Series, start: number, n: number, share: number, at: number): number {
  let average = meanOfFirst(x, start, n)
  for (let i = start + n; i <= at; i++) average += (x[i] - average) * share
  return average
}

/** Largest of high − low and the distances of both from the previous close; NaN on the first bar. */
function trueRange(high: Series, low: Series, close: Series): Series {
  const out = allNaN(close.length)
  for (let i = 1; i < out.length; i++) {
    const before = close[i - 1]
    out[i] = Math.max(high[i] - low[i], Math.abs(high[i] - before), Math.abs(low[i] - before))
  }
  return out
}

/** Average true range of Wilder (1978); the first true range needs a previous close, so first at index n. */
export function atr(high: Series, low: Series, close: Series, n: number): Series {
  checkLength('n', n)
  return wilder(trueRange(high, low, close), n)
}

/** Bollinger bands: SMA(n) ± k population standard deviations of the same n closes. */
export function bollinger(
  close: Series,
  n: number,
  k: number,
): { middle: Series; upper: Series; lower: Series } {
  checkLength('n', n)
  const middle = new Float64Array(close.length)
  const upper = new Float64Array(close.length)
  const lower = new Float64Array(close.length)
  windowMoments(close, n, middle, upper)
  for (let i = 0; i < close.length; i++) {
    const width = k * Math.sqrt(upper[i] / n)
    upper[i] = middle[i] + width
    lower[i] = middle[i] - width
  }
  return { middle, upper, lower }
}

/**
 * On-balance volume (Granville 1963), starting at the first volume: a bar that closes higher than the one
 * before adds its volume, one that closes lower takes it off. A bar with a missing value is NaN and skipped.
 */
export function obv(close: Series, volume: Series): Series {
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
  high: Series,
  low: Series,
  close: Series,
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
export function adx(high: Series, low: Series, close: Series, n: number): Series {
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

/** Fraction by which value i lies above the value n before it; NaN where there is none or it is 0. */
export function changeOver(x: Series, n: number, i: number): number {
  return i >= n && x[i - n] !== 0 ? x[i] / x[i - n] - 1 : NaN
}

/** Rate of change over n values, a fraction: x[i] ÷ x[i − n] − 1; NaN where the earlier value is 0. */
export function roc(x: Series, n: number): Series {
  checkLength('n', n)
  return x.map((_, i) => changeOver(x, n, i))
}

/** Kept between calls, as the room of the windows is. */
let means: Series = new Float64Array(0)

/**
 * Distance from the middle of the Bollinger bands in deviations, that is the k of the band on which the close
 * lies; NaN where the deviation is 0.
 */
export function bandDistance(close: Series, n: number, out: Series = new Float64Array(close.length)): Series {
  checkLength('n', n)
  if (means.length < close.length) means = new Float64Array(close.length)
  windowMoments(close, n, means, out)
  const share = 1 / n
  for (let i = 0; i < close.length; i++) {
    out[i] = out[i] > 0 ? (close[i] - means[i]) / Math.sqrt(out[i] * share) : NaN
  }
  return out
}

/** Distance from the mean of the last n values in their sample standard deviations; NaN where that is 0. */
export function zscore(x: Series, n: number): Series {
  const out = bandDistance(x, n)
  const sample = Math.sqrt((n - 1) / n)
  for (let i = 0; i < out.length; i++) out[i] *= sample
  return out
}

/** Median of the last n values. */
export function rollingMedian(x: Series, n: number): Series {
  return overSortedWindow(x, n, (window) => window.median())
}

/** Median absolute deviation from the median of the last n values, unscaled. */
export function rollingMad(x: Series, n: number): Series {
  return overSortedWindow(x, n, (window) => window.medianAbsoluteDeviation())
}

function overSortedWindow(x: Series, n: number, measure: (window: SortedWindow) => number): Series {
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
