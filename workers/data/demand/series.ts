import type { DailySeries } from '../../quant/demandTables.ts'

/** One series before it is laid behind the others: a figure a day from `first` on, NaN = not told. */
export interface Series {
  first: number
  value: Float64Array
  known: Int32Array
}

/** One series after another. */
export function joined(series: readonly Series[]): DailySeries {
  const offset = new Int32Array(series.length + 1)
  series.forEach(({ value }, i) => (offset[i + 1] = offset[i] + value.length))
  const value = new Float64Array(offset[series.length])
  const known = new Int32Array(offset[series.length])
  series.forEach((one, i) => {
    value.set(one.value, offset[i])
    known.set(one.known, offset[i])
  })
  return { offset, first: Int32Array.from(series, ({ first }) => first), value, known }
}

/** Days without a figure: how many, and the first of them (epoch day). */
export function missingDays({ value, first }: Series): { count: number; firstDay: number } {
  let count = 0
  let firstDay = 0
  for (let i = 0; i < value.length; i++) {
    if (!Number.isNaN(value[i])) continue
    if (count === 0) firstDay = first + i
    count++
  }
  return { count, firstDay }
}
