import type { TableName } from '../../../workers/data/api.ts'
import { tables, type ColumnRule, type ColumnType } from '../../../workers/data/schema.ts'

export interface FormatColumn {
  name: string
  /** What a cell holds, in plain words. */
  type: string
  unit: string
  needed: string
  /** Rows that agree in all such columns are the same row. */
  key: boolean
  meaning: string
  /** Other headers that are understood, as lower-case letters and digits alone. */
  aliases: string[]
}

/** The columns of a file as the importer knows them, for people to read. */
export function formatColumns(kind: TableName): FormatColumn[] {
  const { columns, sources } = tables[kind]
  return [...columns, ...sources].map((column) => ({
    name: column.name,
    type: typeNames[column.type],
    unit: column.unit === 'day' ? '' : column.unit,
    key: column.key,
    needed: needed(kind, column),
    meaning: meaning(column),
    aliases: column.aliases.filter((alias) => alias !== column.name.replaceAll('_', '')),
  }))
}

const typeNames: Record<ColumnType, string> = {
  VARCHAR: 'text',
  DATE: 'day',
  TIMESTAMP: 'time',
  DOUBLE: 'number',
}

function needed(kind: TableName, { name, required, unless }: ColumnRule): string {
  if (kind === 'prices' && name === 'symbol') return 'with several symbols in a file'
  if (!required) return 'no'
  return unless === undefined ? 'yes' : `yes, or ${unless}`
}

function meaning({ doc, unit, range, words, choices, open }: ColumnRule): string {
  const parts = [doc]
  if (range && Number.isInteger(range[0]) && Math.abs(range[1]) < 1e9 && !unit.includes('–'))
    parts.push(`From ${written(range[0])} to ${written(range[1])}.`)
  if (choices)
    parts.push(
      `${open ? 'Any word, such as' : 'One of'}: ${[...new Set(Object.values(choices))].join(', ')}.`,
    )
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
