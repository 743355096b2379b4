import type { TableName } from '../../../workers/data/api.ts'
import { tables, type ColumnRule } from '../../../workers/data/schema.ts'

export interface FormatColumn {
  name: string
  needed: string
  meaning: string
  /** Other headers that are understood, as lower-case letters and digits alone. */
  aliases: string[]
}

/** The columns of a file as the importer knows them, for people to read. */
export function formatColumns(kind: TableName): FormatColumn[] {
  const { columns, sources } = tables[kind]
  return [...columns, ...sources].map((column) => ({
    name: column.name,
    needed: needed(kind, column),
    meaning: meaning(column),
    aliases: column.aliases.filter((alias) => alias !== column.name.replaceAll('_', '')),
  }))
}

function needed(kind: TableName, column: ColumnRule): string {
  if (kind === 'prices' && column.name === 'symbol') return 'with several symbols in a file'
  return column.required ? 'yes' : 'no'
}

function meaning({ doc, unit, range, words }: ColumnRule): string {
  const parts = [doc]
  if (unit !== '') parts.push(`Unit: ${unit}.`)
  if (range && Number.isInteger(range[0]) && !unit.includes('–'))
    parts.push(`From ${written(range[0])} to ${written(range[1])}.`)
  if (words)
    parts.push(
      `Words are read too: ${Object.keys(words)
        .filter((word) => word.length > 1)
        .join(', ')}.`,
    )
  return parts.join(' ')
}

function written(value: number): string {
  return value.toLocaleString('en-US').replace('-', '−')
}
