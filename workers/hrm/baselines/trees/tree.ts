import type { Table } from '../classifier.ts'

/** Nodes in the order they were made, the root first. */
export interface Tree {
  /** [nodes] feature asked about; −1 for a leaf */
  feature: Int32Array
  /** [nodes] values up to here go left; +Infinity where only missing values go right */
  threshold: Float64Array
  /** [nodes] 1 where missing values go left */
  missingLeft: Uint8Array
  /** [nodes] node on the left; the one on the right follows it */
  left: Int32Array
  /** [nodes] of a leaf: what it adds to the margin */
  value: Float64Array
}

/** Adds the tree's value of each row to margins[i · stride + offset], i being the place of the row in `rows`. */
export function addTree(
  { feature, threshold, missingLeft, left, value }: Tree,
  { values, width }: Table,
  rows: Int32Array,
  margins: Float64Array,
  stride: number,
  offset: number,
): void {
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * width
    let node = 0
    while (feature[node] >= 0) {
      const x = values[from + feature[node]]
      const goesLeft = x === x ? x <= threshold[node] : missingLeft[node] === 1
      node = goesLeft ? left[node] : left[node] + 1
    }
    margins[i * stride + offset] += value[node]
  }
}
