import { normalQuantile } from '../../quant/normal.ts'
import { rankingOf, visitRanks } from './ranking.ts'

/** Rows of about equal number per bin, by their probability; bins ascend. */
export interface ReliabilityCurve {
  /** [bins] mean probability of the rows in the bin */
  forecast: Float64Array
  /** [bins] share of the rows in the bin whose label is 1 */
  frequency: Float64Array
  /** [bins] Wilson's interval of the frequency */
  low: Float64Array
  high: Float64Array
  /** [bins] rows */
  count: Int32Array
}

/**
 * What happened against what was said. Rows of one probability stay in one bin, so there may be fewer bins
 * than asked for, and bins of unequal size. No bins where there are no rows or a probability is not a number.
 *
 * @param probabilities [rows] of label 1
 * @param confidence of the intervals, which take rows as independent of each other; where they are not, the
 *   truth is wider
 */
export function reliabilityCurve(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins = 10,
  confidence = 0.95,
): ReliabilityCurve {
  const found = equalCountBins(probabilities, labels, bins)
  const intervals = found.map(({ hits, count }) => wilsonInterval(hits, count, confidence))
  return {
    forecast: Float64Array.from(found, ({ forecasts, count }) => forecasts / count),
    frequency: Float64Array.from(found, ({ hits, count }) => hits / count),
    low: Float64Array.from(intervals, ({ low }) => low),
    high: Float64Array.from(intervals, ({ high }) => high),
    count: Int32Array.from(found, ({ count }) => count),
  }
}

/** Sums over the rows of a bin. */
interface Bin {
  count: number
  hits: number
  forecasts: number
}

function equalCountBins(probabilities: ArrayLike<number>, labels: ArrayLike<number>, bins: number): Bin[] {
  const ranking = rankingOf(probabilities)
  if (ranking === null) return []
  const rows = probabilities.length
  const found: Bin[] = []
  let bin: Bin = { count: 0, hits: 0, forecasts: 0 }
  visitRanks(ranking, labels, undefined, (positives, negatives, rank) => {
    const count = positives + negatives
    bin.count += count
    bin.hits += positives
    bin.forecasts += count * probabilities[ranking.order[rank]]
    // A bin ends where its even share of the rows, counted over all bins so far, is reached.
    if (rank + 1 >= ((found.length + 1) * rows) / bins) {
      found.push(bin)
      bin = { count: 0, hits: 0, forecasts: 0 }
    }
  })
  return found.reverse()
}

/** Wilson's score interval of a share (Wilson 1927): inside 0 … 1, and sensible where none or all hit. */
export function wilsonInterval(
  hits: number,
  count: number,
  confidence = 0.95,
): { low: number; high: number } {
  const z = normalQuantile((1 + confidence) / 2)
  const share = hits / count
  const shrunk = 1 + (z * z) / count
  const centre = (share + (z * z) / (2 * count)) / shrunk
  const half = (z / shrunk) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count))
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/**
 * Expected calibration error: the mean distance between forecast and frequency over the bins, by their rows.
 * Noise alone makes it positive, the more the fewer rows a bin has: compare models on the same rows and bins.
 * NaN without bins.
 */
export function calibrationError({ forecast, frequency, count }: ReliabilityCurve): number {
  let sum = 0
  let rows = 0
  for (let bin = 0; bin < count.length; bin++) {
    sum += count[bin] * Math.abs(forecast[bin] - frequency[bin])
    rows += count[bin]
  }
  return sum / rows
}

/** Brier score of probabilities of one class = reliability − resolution + uncertainty + withinBins. */
export interface BrierParts {
  /** distance of the forecasts from the frequencies: 0 is best */
  reliability: number
  /** distance of the frequencies from the base rate: the more the better */
  resolution: number
  /** what always saying the base rate would score */
  uncertainty: number
  /** what the bins hide: how forecasts of one bin differ from each other */
  withinBins: number
}

/**
 * A. H. Murphy, "A new vector partition of the probability score", J. Appl. Meteorology 12 (1973), with the
 * remainder of D. B. Stephenson et al., "Two extra components in the Brier score decomposition", Weather and
 * Forecasting 23 (2008), because forecasts in one bin are not all alike. NaN without bins.
 *
 * @param brier score of the same rows, for probabilities of one class
 */
export function brierParts({ forecast, frequency, count }: ReliabilityCurve, brier: number): BrierParts {
  let rows = 0
  let hits = 0
  for (let bin = 0; bin < count.length; bin++) {
    rows += count[bin]
    hits += count[bin] * frequency[bin]
  }
  const base = hits / rows
  let reliability = 0
  let resolution = 0
  for (let bin = 0; bin < count.length; bin++) {
    const share = count[bin] / rows
    reliability += share * (forecast[bin] - frequency[bin]) ** 2
    resolution += share * (frequency[bin] - base) ** 2
  }
  const uncertainty = base * (1 - base)
  return {
    reliability: rows > 0 ? reliability : NaN,
    resolution: rows > 0 ? resolution : NaN,
    uncertainty,
    withinBins: brier - reliability + resolution - uncertainty,
  }
}
