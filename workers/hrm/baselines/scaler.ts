import type { Table } from './classifier.ts'

/** Mean and deviation of features, as training rows have them. */
export interface Scaler {
  /** [width] of the values that are there; 0 where there are none */
  mean: Float64Array
  /** [width] 1 ÷ deviation (population); 0 where a feature does not vary, which takes it out */
  inverse: Float64Array
}

/** Fit it on training rows and nothing else. Missing values are left out. */
export function fitScaler({ values, width }: Table, rows: Int32Array): Scaler {
  const mean = new Float64Array(width)
  const inverse = new Float64Array(width)
  for (let feature = 0; feature < width; feature++) {
    let count = 0
    let centre = 0
    let squares = 0
    // Welford's recurrence: no digits lost far from 0.
    for (const row of rows) {
      const value = values[row * width + feature]
      if (Number.isNaN(value)) continue
      const distance = value - centre
      centre += distance / ++count
      squares += distance * (value - centre)
    }
    mean[feature] = centre
    inverse[feature] = squares > 0 ? Math.sqrt(count / squares) : 0
  }
  return { mean, inverse }
}

/** [rows asked for × width] standardised features; a missing one is taken for the mean, 0. */
export function standardised({ values, width }: Table, rows: Int32Array, scaler: Scaler): Float64Array {
  const out = new Float64Array(rows.length * width)
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * width
    for (let feature = 0; feature < width; feature++) {
      const value = values[from + feature]
      if (!Number.isNaN(value))
        out[i * width + feature] = (value - scaler.mean[feature]) * scaler.inverse[feature]
    }
  }
  return out
}
