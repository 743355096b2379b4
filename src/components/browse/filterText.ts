import type { BrowseFilter } from '../../../workers/data/api.ts'
import type { ColumnType } from '../../../workers/data/schema.ts'

export const filterHelp =
  'Letters find texts that contain them, a number finds that number, 2024-01 finds a month. ' +
  '=x is exactly x; >5, >=5, <5 and <=5 compare; 5..10 is from 5 to 10; empty and !empty find what is missing ' +
  'and what is not.'

const signs: [string, BrowseFilter['test']][] = [
  ['>=', 'atLeast'],
  ['≥', 'atLeast'],
  ['<=', 'atMost'],
  ['≤', 'atMost'],
  ['>', 'above'],
  ['<', 'below'],
  ['=', 'equals'],
]

/** What is typed above a column, as the filters that it means. */
export function parseFilter(column: string, type: ColumnType, typed: string): BrowseFilter[] {
  const text = typed.trim()
  if (text === '') return []
  if (text === 'empty') return [{ column, test: 'blank', value: '' }]
  if (text === '!empty') return [{ column, test: 'notBlank', value: '' }]
  for (const [sign, test] of signs) {
    if (text.startsWith(sign)) {
      const value = text.slice(sign.length).trim()
      // Nothing to compare with yet: the person is still typing.
      return value === '' ? [] : [{ column, test, value }]
    }
  }
  const range = /^(.+?)\s*\.\.\s*(.+)$/.exec(text)
  if (range && type !== 'VARCHAR') {
    return [
      { column, test: 'atLeast', value: range[1] },
      { column, test: 'atMost', value: range[2] },
    ]
  }
  return [{ column, test: type === 'DOUBLE' ? 'equals' : 'contains', value: text }]
}
