import type { TableRule } from '../schema.ts'

export const batchRows = 131_072

export type Values = Float64Array | Int32Array

/** Rows of one table as columns; arrays are `batchRows` long, `rows` of them are filled. */
export interface Batch {
  rows: number
  /** DOUBLE and TIMESTAMP (epoch ms, NaN = none) as doubles; DATE (epoch days) and texts (codes) as integers. */
  columns: Map<string, Values>
  line: Int32Array
  /** Of text columns: what the codes stand for. */
  dictionaries: Map<string, Dictionary>
}

/** Texts of a column, by first appearance; the columns of a batch hold indices into `values`. */
export class Dictionary {
  readonly values: string[] = []
  readonly #codes = new Map<string, number>()

  codeOf(text: string): number {
    let code = this.#codes.get(text)
    if (code === undefined) {
      code = this.values.length
      this.values.push(text)
      this.#codes.set(text, code)
    }
    return code
  }
}

/** @param shared dictionaries that outlive the batch; prose starts a new one, because it seldom repeats */
export function emptyBatch(table: TableRule, shared: Map<string, Dictionary>): Batch {
  const columns = new Map<string, Values>()
  const dictionaries = new Map(shared)
  for (const { name, type, prose } of table.columns) {
    const numeric = type === 'DOUBLE' || type === 'TIMESTAMP'
    columns.set(name, numeric ? new Float64Array(batchRows) : new Int32Array(batchRows))
    if (prose) dictionaries.set(name, new Dictionary())
  }
  return { rows: 0, columns, line: new Int32Array(batchRows), dictionaries }
}
