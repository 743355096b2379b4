import type { Table } from './classifier.ts'
import { fitScaler, standardised } from './scaler.ts'
import type { Scaler } from './scaler.ts'

/** A table whose rows are sequences: `steps` times as many rows, one per step. */
function byStep({ values, width }: Table, steps: number): Table {
  if (width % steps !== 0)
    throw new RangeError(`${width} features do not make ${steps} steps of equal width.`)
  return { values, width: width / steps }
}

function stepsOf(rows: ArrayLike<number>, steps: number): Int32Array {
  return Int32Array.from(
    { length: rows.length * steps },
    (_, i) => rows[Math.floor(i / steps)] * steps + (i % steps),
  )
}

/**
 * Scaler [width of a step]: a feature is on one scale in all steps. Throws a RangeError where the row does not
 * divide into the steps.
 */
export function fitStepScaler(table: Table, steps: number, rows: Int32Array): Scaler {
  return fitScaler(byStep(table, steps), stepsOf(rows, steps))
}

/** [steps × rows asked for × width of a step] standardised features, step by step; a missing one is 0. */
export function stepMajor(table: Table, steps: number, rows: Int32Array, scaler: Scaler): Float32Array {
  const bySteps = byStep(table, steps)
  const order = new Int32Array(rows.length * steps)
  for (let step = 0, i = 0; step < steps; step++) for (const row of rows) order[i++] = row * steps + step
  return Float32Array.from(standardised(bySteps, order, scaler))
}

/** [rows asked for × steps × width of a step] standardised features, row by row; a missing one is 0. */
export function rowMajor(table: Table, steps: number, rows: Int32Array, scaler: Scaler): Float32Array {
  return Float32Array.from(standardised(byStep(table, steps), stepsOf(rows, steps), scaler))
}
