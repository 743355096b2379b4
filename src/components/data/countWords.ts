import type { RowCount } from '../../../workers/data/api.ts'
import { count, number } from '../../charts/format.ts'

/** “42 rows fit”; of a large file only the first part is counted. */
export function fittingWords({ records, whole }: RowCount): string {
  const rows = count(records, 'row')
  return whole ? `${rows} to import` : `more than ${rows} to import`
}

/** How many rows would be refused, and why the first of them. */
export function refusedWords({ refused, first, whole }: RowCount): string {
  const where = whole ? '' : ' of the first part'
  const place = first ? `line ${number(first.line, { digits: 0 })}${first.column && `, ${first.column}`}` : ''
  const reason = first ? ` The first, ${place}: ${first.reason}` : ''
  return `${count(refused, 'row')}${where} will be refused and kept with the reason.${reason}`
}

/** What an import of all files that are ready would do; '' until something is counted. */
export function sumWords(counts: (RowCount | undefined)[]): string {
  const known = counts.filter((one) => one !== undefined)
  const records = known.reduce((sum, one) => sum + one.records, 0)
  const refused = known.reduce((sum, one) => sum + one.refused, 0)
  if (records + refused === 0) return ''
  const open = known.every(({ whole }) => whole) ? '' : 'more than '
  return `${open}${count(records, 'row')} to import, ${refused === 0 ? 'none' : number(refused, { digits: 0 })} to be refused.`
}
