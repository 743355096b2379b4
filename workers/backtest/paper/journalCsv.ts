import type { JournalLine } from './contract.ts'

const header = ['day', 'what', 'symbol', 'direction', 'taken by', 'shares', 'price', 'profit', 'reason']

/** The journal as CSV (RFC 4180), oldest first; missing numbers are blank. */
export function journalCsv(journal: readonly JournalLine[]): Blob {
  const lines = [...journal]
    .reverse()
    .map(({ day, kind, symbol, direction, by, shares, price, profit, reason }) =>
      [
        new Date(day * 86_400_000).toISOString().slice(0, 10),
        kind,
        symbol,
        ['short', 'close', 'long'][direction + 1],
        by ?? '',
        ...[shares, price, profit].map((value) => (Number.isNaN(value) ? '' : String(value))),
        reason,
      ]
        .map(quoted)
        .join(','),
    )
  return new Blob([[header.join(','), ...lines, ''].join('\r\n')], { type: 'text/csv' })
}

/** A text that a spreadsheet would take for a formula is kept from it by an apostrophe. */
function quoted(cell: string): string {
  const inert = /^[=+@\t\r]|^-(?![\d.])/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
