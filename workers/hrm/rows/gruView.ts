import type { FeatureScaler } from '../training/dataSource.ts'
import type { View } from './classifierScorer.ts'
import { scaledSequences } from './rowScalers.ts'
import { levelsOf, type ScoredRows } from './rowTables.ts'

/**
 * Rows as sequences for a GRU, which knows no positions: from the oldest token to the newest, the summary token at
 * the end, where the answer is read. A step holds the features of its token as the networks get them, its level
 * (one of so many) and its age.
 */
export function gruView(scalers: FeatureScaler[]): View {
  return (table, rows) => {
    const { length, names, ages, ageBuckets } = table.sequence
    const levels = levelsOf(table)
    const scaled = scaledSequences(table, rows, scalers)
    const width = names.length + levels + 1
    const values = new Float32Array(rows.length * length * width)
    rows.forEach((row, i) => {
      oldestFirst(table, row).forEach((token, step) => {
        const to = (i * length + step) * width
        const from = (i * length + token) * names.length
        values.set(scaled.subarray(from, from + names.length), to)
        const level = table.sequence.levels[row * length + token]
        values[to + names.length + (level < 0 ? levels - 1 : level)] = 1
        values[to + width - 1] = level < 0 ? 1 : ages[row * length + token] / ageBuckets
      })
    })
    return {
      table: { values, width: length * width },
      rows: Int32Array.from(rows.keys()),
    }
  }
}

/** Tokens of a row: empty ones, then by age, the summary last. */
function oldestFirst({ sequence }: ScoredRows, row: number): number[] {
  const { length, levels, ages, ageBuckets } = sequence
  const age = (token: number) => (levels[row * length + token] < 0 ? ageBuckets : ages[row * length + token])
  const behind = Array.from({ length: length - 1 }, (_, i) => i + 1)
  return [...behind.sort((a, b) => age(b) - age(a) || b - a), 0]
}
