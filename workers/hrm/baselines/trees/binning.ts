import type { Table } from '../classifier.ts'

/** Bins of values a feature can have; one more is for missing ones, and together they fit a byte. */
export const mostBins = 255

/**
 * [features] the cuts of each feature, ascending: a value lies in the first bin whose cut is not below it, or in
 * the last one, behind all cuts. Between the distinct values where those are few, else so that bins hold
 * about equally many training rows; a value that fills a bin by itself has one of its own. Missing values
 * have no say.
 */
export type Cuts = Float64Array[]

export function quantileCuts({ values, width }: Table, rows: Int32Array, bins = mostBins): Cuts {
  return Array.from({ length: width }, (_, feature) => {
    const sorted = new Float64Array(rows.length)
    let count = 0
    for (const row of rows) {
      const value = values[row * width + feature]
      if (!Number.isNaN(value)) sorted[count++] = value
    }
    return cutsOf(sorted.subarray(0, count).sort(), bins)
  })
}

function cutsOf(sorted: Float64Array, bins: number): Float64Array {
  const changes: number[] = []
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) changes.push(i)
  const ends = changes.length < bins ? changes : evenEnds([...changes, sorted.length], bins)
  return Float64Array.from(ends, (end) => between(sorted[end - 1], sorted[end]))
}

/**
 * Where bins end, the last one aside. A value with as many rows as an even bin has one of its own; the others
 * share evenly what is left of the rows and of the bins.
 *
 * @param valueEnds [distinct values] the row after the last one with that value, all in ascending order
 */
function evenEnds(valueEnds: number[], bins: number): number[] {
  const rows = valueEnds[valueEnds.length - 1]
  const sizes = valueEnds.map((end, k) => end - (valueEnds[k - 1] ?? 0))
  const isHeavy = (size: number) => size >= rows / bins
  let heavyValues = sizes.filter(isHeavy).length
  let lightRows = sizes.reduce((sum, size) => sum + (isHeavy(size) ? 0 : size), 0)
  const ends: number[] = []
  let inBin = 0
  for (let k = 0; k < sizes.length - 1 && ends.length < bins - 1; k++) {
    const share = lightRows / (bins - ends.length - heavyValues)
    inBin += sizes[k]
    if (!isHeavy(sizes[k]) && !isHeavy(sizes[k + 1]) && inBin < share) continue
    ends.push(valueEnds[k])
    if (isHeavy(sizes[k])) heavyValues--
    else lightRows -= inBin
    inBin = 0
  }
  return ends
}

/** Halfway, so that a new value goes to the nearer side; the lower one where nothing lies between. */
function between(lower: number, upper: number): number {
  const middle = lower / 2 + upper / 2
  return lower <= middle && middle < upper ? middle : lower
}

/** Training rows by bin. */
export interface BinnedRows {
  rows: number
  /** [features × rows] column by column */
  bins: Uint8Array
  /** [features + 1] where the bins of a feature start in a histogram; its last bin is for missing values */
  offsets: Int32Array
}

export function binRows({ values, width }: Table, rows: Int32Array, cuts: Cuts): BinnedRows {
  const bins = new Uint8Array(width * rows.length)
  const offsets = new Int32Array(width + 1)
  for (let feature = 0; feature < width; feature++) {
    const own = cuts[feature]
    const at = feature * rows.length
    offsets[feature + 1] = offsets[feature] + own.length + 2
    for (let i = 0; i < rows.length; i++) bins[at + i] = binOf(values[rows[i] * width + feature], own)
  }
  return { rows: rows.length, bins, offsets }
}

function binOf(value: number, cuts: Float64Array): number {
  if (Number.isNaN(value)) return cuts.length + 1
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= cuts[middle]) high = middle
    else low = middle + 1
  }
  return low
}
