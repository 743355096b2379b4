import type { RowTable } from '../../quant/rows.ts'

/** Tables of the same features, one behind the other. */
export function joinedRows(tables: readonly RowTable[]): RowTable {
  const [{ flat, sequence }] = tables
  return {
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    flat: { ...flat, values: joined(tables.map((table) => table.flat.values)) },
    sequence: {
      ...sequence,
      values: joined(tables.map((table) => table.sequence.values)),
      levels: joined(tables.map((table) => table.sequence.levels)),
      ages: joined(tables.map((table) => table.sequence.ages)),
    },
  }
}

/** The rows with these numbers. */
export function pickedRows({ flat, sequence }: RowTable, rows: readonly number[]): RowTable {
  const cells = sequence.length * sequence.names.length
  return {
    rows: rows.length,
    flat: { ...flat, values: pieces(flat.values, rows, flat.names.length) },
    sequence: {
      ...sequence,
      values: pieces(sequence.values, rows, cells),
      levels: pieces(sequence.levels, rows, sequence.length),
      ages: pieces(sequence.ages, rows, sequence.length),
    },
  }
}

type Column = Float32Array | Int8Array | Uint8Array

function pieces<T extends Column>(column: T, rows: readonly number[], width: number): T {
  return joined(rows.map((row) => column.subarray(row * width, (row + 1) * width) as T))
}

function joined<T extends Column>(columns: readonly T[]): T {
  const length = columns.reduce((sum, column) => sum + column.length, 0)
  const out = new (columns[0].constructor as new (length: number) => T)(length)
  let at = 0
  for (const column of columns) {
    out.set(column, at)
    at += column.length
  }
  return out
}
