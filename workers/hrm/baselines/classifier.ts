/** Features of rows, shared by every fold and model; models pick rows by index and copy nothing. */
export interface Table {
  /** [rows × width], row-major; NaN where a feature is missing. A sequence lies flat in its row, step by step. */
  values: Float32Array | Float64Array
  width: number
}

/** What a classifier is to learn. */
export interface Task {
  table: Table
  /** [rows of the table] 0 … classes − 1; read only at the rows below */
  labels: ArrayLike<number>
  classes: number
  /** rows to learn from */
  train: Int32Array
  /** rows to choose strength and length of training by; they teach nothing else */
  validation: Int32Array
}

/** What has been learnt. Everything that answers like this can stand on the same ladder. */
export interface Classifier {
  /**
   * Class probabilities of rows of a table with the features it was fitted on.
   *
   * @returns [rows asked for × classes], row-major
   */
  probabilities(table: Table, rows: Int32Array): Promise<Float64Array>
}

/** Throws a RangeError where there is nothing to learn from, or a label is no class. */
export function checkTask({ labels, classes, train, validation }: Task): void {
  if (train.length === 0) throw new RangeError('There are no rows to train on.')
  for (const row of [...train, ...validation]) {
    const label = labels[row]
    if (!(Number.isInteger(label) && label >= 0 && label < classes))
      throw new RangeError(`Row ${row} has the label ${label}, which is none of the ${classes} classes.`)
  }
}
