import type { Settings } from '../contract.ts'
import { isSymbol, textOf } from './readSettings.ts'
import type { Refusals } from './refusals.ts'
import { dayCell, numberCell, type DateForm } from './tableCells.ts'
import { tableColumns } from './tableColumns.ts'
import type { TableRecords } from './tableRecords.ts'

/** Cells of one record by role. What does not fit is told once and makes the record none. */
export interface TableRecord {
  /** '' where the role has no column or the cell is blank. */
  text(role: string): string
  /** NaN where the role has no column or the cell is blank. */
  number(role: string): number
  /** Epoch day; NaN where the role has no column or the cell is blank. */
  day(role: string): number
  /** Tells what is wrong with the cell of a role; only the first of a record counts. */
  refuse(role: string, expected: string): void
}

/**
 * Turns the records of a table into rows: those of which nothing was refused.
 * @param asked the symbol where no column tells it
 * @param row null = the record is no row, without fault
 */
export function tableRows<Row>(
  table: TableRecords,
  settings: Settings,
  asked: string,
  refusals: Refusals,
  row: (record: TableRecord, symbol: string) => Row | null,
): Row[] {
  const columns = tableColumns(table.columns, settings)
  const places = Object.fromEntries(
    Object.entries(columns).map(([role, column]) => [
      role,
      column === '' ? -1 : table.columns.indexOf(column),
    ]),
  )
  const form = textOf(settings, 'dates') as DateForm
  const rows: Row[] = []
  for (const [index, cells] of table.records.entries()) {
    const place = asked === '' ? `Row ${index + 1}` : `${asked}, row ${index + 1}`
    let complaint = ''
    const text = (role: string) => (cells[places[role]] ?? '').trim()
    const record: TableRecord = {
      text,
      number(role) {
        const value = numberCell(text(role))
        if (value === null) this.refuse(role, 'a number')
        return value ?? NaN
      },
      day(role) {
        const cell = text(role)
        const day = cell === '' ? NaN : dayCell(cell, form)
        if (cell !== '' && Number.isNaN(day)) this.refuse(role, 'a day written as the settings say')
        return day
      },
      refuse(role, expected) {
        const found = text(role)
        const column = columns[role] || role
        complaint ||= `${place}, column “${column}”: expected ${expected}, found ${found === '' ? 'nothing' : `“${found.slice(0, 60)}”`}.`
      },
    }
    const symbol = (text('symbol') || asked).toUpperCase()
    if (!isSymbol(symbol)) record.refuse('symbol', 'a symbol')
    const made = row(record, symbol)
    if (complaint !== '') refusals.add(complaint)
    else if (made !== null) rows.push(made)
  }
  return rows
}
