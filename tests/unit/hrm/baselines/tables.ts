import type { Table, Task } from '../../../../workers/hrm/baselines/classifier.ts'
import { Random } from '../../../../workers/quant/random.ts'

/** 0 … n − 1 from `from` on. */
export function rowsFrom(from: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => from + i)
}

/** Features uniform in −1 … 1. */
export function uniformTable(rows: number, width: number, seed: number): Table {
  const random = new Random(seed)
  return { values: Float32Array.from({ length: rows * width }, () => 2 * random.uniform() - 1), width }
}

/** A task whose labels are drawn with the probabilities that `logits` gives each row's classes. */
export function taskOf(
  table: Table,
  classes: number,
  logits: (features: Float32Array | Float64Array) => number[],
  validation: number,
  seed: number,
): Task {
  const random = new Random(seed, 1)
  const rows = table.values.length / table.width
  const labels = Int32Array.from({ length: rows }, (_, row) => {
    const odds = logits(table.values.subarray(row * table.width, (row + 1) * table.width)).map(Math.exp)
    let left = random.uniform() * odds.reduce((a, b) => a + b)
    return Math.max(
      0,
      odds.findIndex((value) => (left -= value) < 0),
    )
  })
  return {
    table,
    labels,
    classes,
    train: rowsFrom(0, rows - validation),
    validation: rowsFrom(rows - validation, validation),
  }
}

/** [rows asked for] labels */
export function labelsAt({ labels }: Task, rows: Int32Array): number[] {
  return Array.from(rows, (row) => labels[row])
}
