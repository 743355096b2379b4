import type { ChainSlice } from '../../quant/chainTables.ts'
import type { ChainReading } from '../../quant/chains/readChain.ts'
import { MAD_TO_SIGMA, medianOf } from '../../quant/chains/smilePoints.ts'

/** Quote days before the one asked about. */
export const historyDays = 20
/** Contracts seen in a bucket before anything is said of it. */
const LEAST_SEEN = 10
/** Edges of the buckets: delta without sign, and days to expiry. */
const DELTAS = [0.1, 0.25, 0.4, 0.6, 0.75, 0.9]
const DAYS = [8, 22, 46, 91, 181, 366]

export interface ReadSlice {
  slice: ChainSlice
  reading: ChainReading
}

/**
 * How far each contract is off its smile, against what contracts of the same right, delta and days to expiry were off by
 * on the quote days before: (residual ÷ smile − median) ÷ (1.4826 × median absolute deviation). [rows]; NaN where the
 * bucket was hardly seen, and everywhere before there are as many days.
 * @param before the days before, in any order
 */
export function historyZ(today: ReadSlice, before: readonly ReadSlice[]): Float64Array {
  const { residual, fitVol } = today.reading
  const z = new Float64Array(residual.length).fill(NaN)
  if (before.length < historyDays) return z
  const seen = new Map<number, number[]>()
  for (const past of before) {
    past.reading.residual.forEach((value, i) => {
      const relative = value / past.reading.fitVol[i]
      const bucket = bucketOf(past, i)
      if (Number.isNaN(relative) || bucket < 0) return
      const values = seen.get(bucket)
      if (values) values.push(relative)
      else seen.set(bucket, [relative])
    })
  }
  const usual = new Map<number, { centre: number; sigma: number }>()
  for (const [bucket, values] of seen) {
    if (values.length < LEAST_SEEN) continue
    const centre = medianOf(Float64Array.from(values))
    const sigma = MAD_TO_SIGMA * medianOf(Float64Array.from(values, (value) => Math.abs(value - centre)))
    if (sigma > 0) usual.set(bucket, { centre, sigma })
  }
  residual.forEach((value, i) => {
    const bucket = usual.get(bucketOf(today, i))
    if (bucket) z[i] = (value / fitVol[i] - bucket.centre) / bucket.sigma
  })
  return z
}

/** −1 where the delta is not known. */
function bucketOf({ slice, reading }: ReadSlice, row: number): number {
  const delta = Math.abs(reading.delta[row])
  if (Number.isNaN(delta)) return -1
  const { right, expiry } = slice.rows
  const place = (value: number, edges: number[]) => edges.filter((edge) => value >= edge).length
  const across = place(delta, DELTAS)
  const along = place(expiry[row] - slice.day, DAYS)
  return ((right[row] > 0 ? 1 : 0) * 10 + across) * 10 + along
}
