/**
 * The stationary bootstrap: resamples of a time series in blocks of random length, which keeps what one day
 * has to do with the next. Politis & Romano, "The stationary bootstrap", JASA 89 (1994).
 */
import { mean } from './moments.ts'
import { quantile } from './quantiles.ts'
import { Random } from './random.ts'

/**
 * Fills `out` with the indices of resample number `resample`: day out[i] of the sample stands at place i.
 * Blocks start anywhere and have geometric lengths with the mean given; the series is a circle. The same
 * seed and resample give the same indices for every series of that length, so that resamples of several
 * series stay comparable day by day.
 */
export function stationaryIndices(out: Int32Array, meanBlock: number, seed: number, resample: number): void {
  const random = new Random(seed, resample)
  const n = out.length
  const newBlock = 1 / Math.max(1, meanBlock)
  let at = 0
  for (let i = 0; i < n; i++) {
    if (i === 0 || random.uniform() < newBlock) at = random.below(n)
    else at = at + 1 === n ? 0 : at + 1
    out[i] = at
  }
}

/**
 * The mean block length that suits a series best, at least 1: Politis & White, "Automatic block-length
 * selection for the dependent bootstrap", Econometric Reviews 23 (2004), with the correction of Patton,
 * Politis & White, ibid. 28 (2009), for the stationary bootstrap. 1 where nothing varies or the series is
 * too short to tell.
 */
export function optimalBlockLength(series: ArrayLike<number>): number {
  const x = Float64Array.from(series).filter((value) => !Number.isNaN(value))
  const n = x.length
  if (n < 8) return 1
  const centre = mean(x)
  for (let i = 0; i < n; i++) x[i] -= centre
  const run = Math.max(5, Math.floor(Math.sqrt(Math.log10(n))))
  const lags = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + run)
  const autocovariance = new Float64Array(lags + 1)
  for (let k = 0; k <= lags; k++) {
    let sum = 0
    for (let i = k; i < n; i++) sum += x[i] * x[i - k]
    autocovariance[k] = sum / n
  }
  if (!(autocovariance[0] > 0)) return 1

  const bandwidth = Math.min(2 * lastNotableLag(autocovariance, n, run), lags)
  let spectrum = autocovariance[0]
  let slope = 0
  for (let k = 1; k <= bandwidth; k++) {
    const taper = k <= bandwidth / 2 ? 1 : 2 * (1 - k / bandwidth)
    spectrum += 2 * taper * autocovariance[k]
    slope += 2 * taper * k * autocovariance[k]
  }
  const length = Math.cbrt((slope * slope * n) / (spectrum * spectrum))
  const longest = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3))
  return Math.max(1, Math.min(length, longest))
}

/** The lag from which a run of autocorrelations is too small to notice; else the last one that is not. */
function lastNotableLag(autocovariance: Float64Array, n: number, run: number): number {
  const limit = 2 * Math.sqrt(Math.log10(n) / n) * autocovariance[0]
  let last = 1
  let small = 0
  for (let k = 1; k < autocovariance.length; k++) {
    if (Math.abs(autocovariance[k]) < limit) {
      if (++small === run) return Math.max(1, k - run + 1)
    } else {
      small = 0
      last = k
    }
  }
  return last
}

/** The middle share of the resampled values (0.95: from the 2.5 % to the 97.5 % quantile); NaN left out. */
export function percentileInterval(
  values: ArrayLike<number>,
  confidence = 0.95,
): { low: number; high: number } {
  const outside = (1 - confidence) / 2
  return { low: quantile(values, outside), high: quantile(values, 1 - outside) }
}
