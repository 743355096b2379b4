import type { ColumnSummary } from '../../../workers/data/api.ts'
import { number } from '../../charts/format.ts'

/** A summary in sentences, for those who cannot see its picture. */
export function summaryWords(summary: ColumnSummary, rows: number): string {
  const { missing, distinct, lowest, highest, commonest, sampled } = summary
  if (missing === rows) return 'Every value is missing.'
  const words = [
    missing === 0 ? 'No value is missing.' : `${count(missing)} of ${count(rows)} values are missing.`,
    `${count(distinct)} different values, from ${lowest ?? '–'} to ${highest ?? '–'}.`,
  ]
  if (commonest.length > 0) {
    const list = commonest.map((one) => `${one.text} (${count(one.count)})`)
    words.push(`Commonest: ${list.join(', ')}.`)
  }
  if (sampled) words.push('Counts are estimated from a part of the rows.')
  return words.join(' ')
}

function count(value: number): string {
  return number(value, { digits: 0 })
}
