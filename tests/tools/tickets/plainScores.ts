import type { TicketSeries } from '../../../workers/systems/tickets/detection.ts'

/** [cells] (count − mean) ÷ sample deviation of the days before; NaN until there are enough. */
export function zScores(series: TicketSeries, window: number): Float64Array {
  return eachDay(series, window, (before, count) => {
    const mean = meanOf(before)
    return (count - mean) / deviationOf(before, mean)
  })
}

/**
 * [cells] residual of a seasonal decomposition ÷ the deviation of the residuals of the days before. As in STL (Cleveland
 * and others 1990), robustly and by the past alone: the level is the median of the days before, the season of a weekday
 * the median of its differences from the level, the residual what is left; the deviation 1.4826 × their MAD.
 */
export function decompositionScores(series: TicketSeries, window: number): Float64Array {
  return eachDay(series, window, (before, count) => {
    const level = medianOf(before)
    // The day's own weekday is that of every seventh day before it.
    const season = [0, 1, 2, 3, 4, 5, 6].map((back) =>
      medianOf(before.filter((_, k) => (before.length - 1 - k) % 7 === back).map((value) => value - level)),
    )
    const residuals = Array.from(before, (value, k) => value - level - season[(before.length - 1 - k) % 7])
    const middle = medianOf(residuals)
    const deviation = 1.4826 * medianOf(residuals.map((value) => Math.abs(value - middle)))
    return (count - level - season[6]) / Math.max(deviation, 0.1)
  })
}

function eachDay(
  { offset, value }: TicketSeries,
  window: number,
  scoreOf: (before: Float64Array, count: number) => number,
): Float64Array {
  const score = new Float64Array(value.length).fill(NaN)
  for (let i = 0; i + 1 < offset.length; i++)
    for (let at = offset[i] + window; at < offset[i + 1]; at++)
      score[at] = scoreOf(value.subarray(at - window, at), value[at])
  return score
}

const meanOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, each) => sum + each, 0) / values.length

const deviationOf = (values: ArrayLike<number>, mean: number) =>
  Math.sqrt(Array.from(values).reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1))

function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort()
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
