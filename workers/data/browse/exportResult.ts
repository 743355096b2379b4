import { DataType, tableToIPC, type Table, type Vector } from 'apache-arrow'
import type { SchemaElement } from 'hyparquet'
import { csvCell } from '../refusals.ts'
import { cellReader, decimalInteger, sqlColumn } from './sqlValues.ts'

/** A result of the SQL console as a file; formulas in texts are defused in CSV, which spreadsheets open. */
export async function exportResult(result: Table, format: 'csv' | 'arrow' | 'parquet'): Promise<Blob> {
  if (format === 'csv') return csvOf(result)
  if (format === 'parquet') return parquetOf(result)
  return new Blob([tableToIPC(result, 'file') as Uint8Array<ArrayBuffer>], {
    type: 'application/vnd.apache.arrow.file',
  })
}

const linesAtOnce = 10_000

/** RFC 4180; NULL is an empty field, and so is an empty text. */
function csvOf(result: Table): Blob {
  const columns = result.schema.fields.map((field, i) => ({
    // What cannot hold a formula is left alone: −5 is a number.
    text: ['text', 'other'].includes(sqlColumn(field).type),
    read: cellReader(result.getChildAt(i)!),
  }))
  const parts = [`${result.schema.fields.map(({ name }) => csvCell(name)).join(',')}\r\n`]
  for (let from = 0; from < result.numRows; from += linesAtOnce) {
    const lines: string[] = []
    for (let row = from; row < Math.min(result.numRows, from + linesAtOnce); row++) {
      const cells = columns.map(({ text, read }) => {
        const cell = read(row)
        return cell === null ? '' : text ? csvCell(String(cell)) : String(cell)
      })
      lines.push(`${cells.join(',')}\r\n`)
    }
    parts.push(lines.join(''))
  }
  return new Blob(parts, { type: 'text/csv;charset=utf-8' })
}

async function parquetOf(result: Table): Promise<Blob> {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const columns = result.schema.fields.map((field, i) => parquetColumn(field.name, result.getChildAt(i)!))
  const names = distinctNames(columns.map(({ element }) => element.name))
  const buffer = parquetWriteBuffer({
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ element }, i) => ({ ...element, name: names[i] })),
    ],
    columnData: columns.map(({ data }, i) => ({ name: names[i], data })),
  })
  return new Blob([buffer], { type: 'application/vnd.apache.parquet' })
}

/** Parquet takes no two columns of one name. */
function distinctNames(names: string[]): string[] {
  const seen = new Set<string>()
  return names.map((name) => {
    let distinct = name
    for (let i = 2; seen.has(distinct); i++) distinct = `${name}_${i}`
    seen.add(distinct)
    return distinct
  })
}

function parquetColumn(name: string, vector: Vector): { element: SchemaElement; data: unknown[] } {
  const type = vector.type as DataType
  const values = <T>(convert: (value: never) => T): (T | null)[] =>
    Array.from(vector as Iterable<never>, (value) => ((value as unknown) === null ? null : convert(value)))
  const column = (element: Omit<SchemaElement, 'name'>, data: unknown[]) => ({
    element: { name, repetition_type: 'OPTIONAL' as const, ...element },
    data,
  })
  if (DataType.isBool(type))
    return column(
      { type: 'BOOLEAN' },
      values((value: boolean) => value),
    )
  if (DataType.isFloat(type))
    return column(
      { type: 'DOUBLE' },
      values((value: number) => value),
    )
  if (DataType.isInt(type)) {
    if (type.bitWidth < 32 || (type.bitWidth === 32 && type.isSigned))
      return column(
        { type: 'INT32' },
        values((value: number) => value),
      )
    if (type.isSigned || type.bitWidth === 32)
      return column(
        { type: 'INT64' },
        values((value: number | bigint) => BigInt(value)),
      )
  }
  if (DataType.isDecimal(type)) {
    const { precision, scale } = type
    return column(
      { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, converted_type: 'DECIMAL', precision, scale },
      values(decimalInteger),
    )
  }
  if (DataType.isDate(type))
    return column(
      { type: 'INT32', converted_type: 'DATE' },
      values((value: number) => new Date(value)),
    )
  if (DataType.isTimestamp(type)) {
    return column(
      { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
      values((value: number) => BigInt(Math.round(value))),
    )
  }
  const read = cellReader(vector)
  const texts = Array.from({ length: vector.length }, (_, row) => {
    const cell = read(row)
    return cell === null ? null : String(cell)
  })
  return column({ type: 'BYTE_ARRAY', converted_type: 'UTF8' }, texts)
}
