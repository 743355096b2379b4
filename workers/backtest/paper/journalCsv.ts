import Papa from 'papaparse'
import type { JournalLine } from './contract.ts'

const fields = ['day', 'what', 'symbol', 'direction', 'taken by', 'shares', 'price', 'profit', 'reason']

/** Texts that a spreadsheet would take for a formula get an apostrophe; numbers keep their minus. */
const formula = /^\s*[=+@\uff1d\uff0b\uff0d\uff20]|^\s*-(?![\d.])|^[\t\r\n]/

/** The journal as CSV (RFC 4180), oldest first; missing numbers are blank. */
export function journalCsv(journal: readonly JournalLine[]): Blob {
  const data = [...journal]
    .reverse()
    .map(({ day, kind, symbol, direction, by, shares, price, profit, reason }) => [
      new Date(day * 86_400_000).toISOString().slice(0, 10),
      kind,
      symbol,
      ['short', 'close', 'long'][direction + 1],
      by ?? '',
      ...[shares, price, profit].map((value) => (Number.isNaN(value) ? '' : String(value))),
      reason,
    ])
  const text = Papa.unparse({ fields, data }, { newline: '\r\n', escapeFormulae: formula })
  return new Blob([`${text}\r\n`], { type: 'text/csv' })
}
