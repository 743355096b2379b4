import type { RefusedRow } from './api.ts'

/** Spreadsheets run a cell that starts like this as a formula. */
const formulaStart = /^[=+\-@\t\r]/

/** Refused rows as CSV (file, line, column, value, reason), formulas defused with an apostrophe. */
export function refusalsCsv(rows: RefusedRow[]): Blob {
  const parts = ['file,line,column,value,reason\r\n']
  for (const { file, line, column, value, reason } of rows) {
    parts.push([file, String(line), column, value, reason].map(csvCell).join(','), '\r\n')
  }
  return new Blob(parts, { type: 'text/csv;charset=utf-8' })
}

/** A field of a CSV file: quoted where needed, and never a formula. */
export function csvCell(text: string): string {
  const safe = formulaStart.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
