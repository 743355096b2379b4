import { percentileInterval } from '../../quant/bootstrap.ts'
import { Random } from '../../quant/random.ts'

const draws = 2000
const seed = 20_101_115

/**
 * 95 % percentile intervals of the mean curve by drawing events anew. Events of one calendar day are drawn
 * together, because what moved one of them may have moved all.
 *
 * @param curves [events][days]
 * @param clusters [events] equal for events of one day
 * @returns NaN with fewer than two clusters
 */
export function meanIntervals(
  curves: Float64Array[],
  clusters: ArrayLike<number>,
): { low: Float64Array; high: Float64Array } {
  const days = curves[0]?.length ?? 0
  const low = new Float64Array(days).fill(NaN)
  const high = new Float64Array(days).fill(NaN)
  const { sums, sizes } = clusterSums(curves, clusters, days)
  if (sizes.length < 2) return { low, high }

  const random = new Random(seed)
  const means = Array.from({ length: days }, () => new Float64Array(draws))
  const sum = new Float64Array(days)
  for (let draw = 0; draw < draws; draw++) {
    sum.fill(0)
    let events = 0
    for (let k = 0; k < sizes.length; k++) {
      const cluster = random.below(sizes.length)
      events += sizes[cluster]
      for (let day = 0; day < days; day++) sum[day] += sums[cluster][day]
    }
    for (let day = 0; day < days; day++) means[day][draw] = sum[day] / events
  }
  means.forEach((drawn, day) => {
    const interval = percentileInterval(drawn)
    low[day] = interval.low
    high[day] = interval.high
  })
  return { low, high }
}

function clusterSums(
  curves: Float64Array[],
  clusters: ArrayLike<number>,
  days: number,
): { sums: Float64Array[]; sizes: number[] } {
  const place = new Map<number, number>()
  const sums: Float64Array[] = []
  const sizes: number[] = []
  curves.forEach((curve, event) => {
    let at = place.get(clusters[event])
    if (at === undefined) {
      at = sums.push(new Float64Array(days)) - 1
      sizes.push(0)
      place.set(clusters[event], at)
    }
    sizes[at]++
    for (let day = 0; day < days; day++) sums[at][day] += curve[day]
  })
  return { sums, sizes }
}
