import type { TableName } from '../../../workers/data/api.ts'

/** “Ticker changes”. */
export function tableTitle(kind: TableName): string {
  const words = kind.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Of whom the rows of a table are. */
export function subjectNoun(kind: TableName): string {
  return kind === 'flights' || kind === 'aircraft' ? 'aircraft' : 'symbol'
}
