import type { ColumnRule } from '../schema.ts'
import { contractParts } from './contract.ts'

const hex = /^[0-9a-f]{1,6}$/
const airportCode = /^[A-Z0-9-]{3,8}$/

/** What stands for “nothing” in files. `null` is not among them: in a column of categories it is one. */
const nothing = new Set(['', '\\N', '-', '–', '--', '—', 'N/A', 'n/a', '#N/A'])
const nothingInCodes = new Set([
  'null',
  'NULL',
  'None',
  'none',
  'nan',
  'NaN',
  'unknown',
  'Unknown',
  'undisclosed',
  'Undisclosed',
  'N/A',
])

/** Text of the table, or a sentence where the cell is none: what a column's form makes of a cell. */
export type FormedText = { text: string } | { reason: string }

export function isNothing(text: string): boolean {
  return nothing.has(text)
}

/** Numbers and times: here the words for nothing are unmistakable. */
export function isNoValue(text: string): boolean {
  return nothing.has(text) || nothingInCodes.has(text)
}

export function formed(text: string, rule: ColumnRule): FormedText {
  if (nothing.has(text)) return { text: '' }
  switch (rule.form) {
    case 'symbol':
      return { text: (rule.contract ? (contractParts(text)?.root ?? text) : text).toUpperCase() }
    case 'icao24': {
      const address = text.toLowerCase()
      if (hex.test(address)) return { text: address.padStart(6, '0') }
      return { reason: `Expected the address of a transponder: six hexadecimal digits, such as 4b1805.` }
    }
    case 'airport': {
      if (nothingInCodes.has(text)) return { text: '' }
      const code = text.toUpperCase()
      if (airportCode.test(code)) return { text: code }
      return { reason: `Expected the code of an airport, such as KTEB or TEB.` }
    }
    case 'choice': {
      const word = (rule.contract ? (contractParts(text)?.right ?? text) : text).toLowerCase()
      const choice = rule.choices && Object.hasOwn(rule.choices, word) ? rule.choices[word] : undefined
      if (choice !== undefined) return { text: choice }
      if (rule.open) return { text: word }
      if (rule.mayBeBlank && nothingInCodes.has(text)) return { text: '' }
      const words = [...new Set(Object.values(rule.choices ?? {}))]
      return { reason: `Expected one of ${words.join(', ')} for ${rule.name}.` }
    }
    default:
      return { text }
  }
}
