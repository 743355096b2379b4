import type { RowDataset, RowTable } from '../../quant/rows.ts'
import type { FeatureScaler } from '../training/dataSource.ts'

/** Deviations beyond which a value is taken for this many. */
const farthest = 5

/**
 * Mean and deviation of every feature of the sequence at every level, because a feature means another thing at
 * another level; level by level, then of the value to be foretold. Of the training rows and nothing else; missing
 * values are left out.
 */
export function fitRowScalers({ sequence, split, value }: RowDataset): FeatureScaler[] {
  const { length, names, levels, levelNames, values } = sequence
  const ofTokens = levelNames.flatMap((level) => names.map((name) => new Spread(`${level}: ${name}`)))
  const ofValue = new Spread(value.name)
  for (const row of split.train) {
    for (let token = row * length; token < (row + 1) * length; token++) {
      const level = levels[token]
      if (level < 0) continue
      for (let feature = 0; feature < names.length; feature++)
        ofTokens[level * names.length + feature].add(values[token * names.length + feature])
    }
    ofValue.add(value.values[row])
  }
  return [...ofTokens, ofValue].map((spread) => spread.scaler())
}

/** Welford's recurrence, which loses no digits far from 0. */
class Spread {
  private count = 0
  private mean = 0
  private squares = 0
  private minimum = Infinity
  private maximum = -Infinity

  constructor(private readonly name: string) {}

  add(value: number): void {
    if (Number.isNaN(value)) return
    const distance = value - this.mean
    this.mean += distance / ++this.count
    this.squares += distance * (value - this.mean)
    this.minimum = Math.min(this.minimum, value)
    this.maximum = Math.max(this.maximum, value)
  }

  /** All 0 where there was no value. */
  scaler(): FeatureScaler {
    const { name, count, mean, squares } = this
    if (count === 0) return { name, mean: 0, deviation: 0, minimum: 0, maximum: 0 }
    return {
      name,
      mean,
      deviation: Math.sqrt(squares / count),
      minimum: this.minimum,
      maximum: this.maximum,
    }
  }
}

/**
 * [rows asked for × length × names] standardised by level and cut at ±5 deviations; 0, which is the mean, where a
 * value is missing, the token is empty, or the feature did not vary in training.
 */
export function scaledSequences(
  { sequence }: RowTable,
  rows: Int32Array,
  scalers: FeatureScaler[],
): Float32Array {
  const { length, names, levels, values } = sequence
  const width = names.length
  const mean = Float64Array.from(scalers, (scaler) => scaler.mean)
  const inverse = Float64Array.from(scalers, ({ deviation }) => (deviation > 0 ? 1 / deviation : 0))
  const scaled = new Float32Array(rows.length * length * width)
  let at = 0
  for (const row of rows)
    for (let token = row * length; token < (row + 1) * length; token++) {
      const scaler = levels[token] * width
      if (scaler < 0) {
        at += width
        continue
      }
      for (let feature = 0; feature < width; feature++, at++) {
        const value = values[token * width + feature]
        if (Number.isNaN(value)) continue
        const deviations = (value - mean[scaler + feature]) * inverse[scaler + feature]
        scaled[at] = Math.max(-farthest, Math.min(farthest, deviations))
      }
    }
  return scaled
}

/** Of the value to be foretold, in the unit of the rows. */
export function valueScaler(scalers: FeatureScaler[]): FeatureScaler {
  return scalers[scalers.length - 1]
}
