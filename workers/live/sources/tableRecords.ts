import papa from 'papaparse'
import { AskFailed, type Settings } from '../contract.ts'
import { jsonRecords } from './jsonRecords.ts'
import { textOf } from './readSettings.ts'

export interface TableRecords {
  columns: string[]
  /** Cells as texts, '' where there is nothing; as many as there are columns, or fewer. */
  records: string[][]
}

/** The records of an answer, as CSV or JSON by the settings; throws `AskFailed` where it is no table. */
export function tableRecords(text: string, settings: Settings): TableRecords {
  return textOf(settings, 'format') === 'json' ? jsonTable(text, settings) : csvTable(text)
}

function csvTable(text: string): TableRecords {
  if (/^\s*</.test(text)) throw noTable('is a web page instead of a CSV file. Check the address.')
  if (/^\s*[{[]/.test(text))
    throw noTable(`is JSON instead of CSV: ${excerpt(text)} Choose JSON where that is the table.`)
  const { data } = papa.parse<string[]>(text.replace(/^\ufeff/, ''), { skipEmptyLines: 'greedy' })
  const [header, ...records] = data
  if (header === undefined) throw noTable('is empty. It is asked again.')
  if (header.length < 2) throw noTable(`has no columns: ${excerpt(text)} Check the address.`)
  return { columns: header.map((name) => name.trim()), records }
}

function jsonTable(text: string, settings: Settings): TableRecords {
  if (/^\s*</.test(text)) throw noTable('is a web page instead of JSON. Check the address.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw noTable(
      text.trim() === ''
        ? 'is empty. It is asked again.'
        : `breaks off or is no JSON (${text.length.toLocaleString('en-GB')} characters). It is asked again.`,
    )
  }
  const path = textOf(settings, 'path')
  const records = jsonRecords(value, path)
  if (records) return records
  const place = path === '' ? 'no list of records' : `no list of records at “${path}”`
  throw noTable(
    `holds ${place}: ${excerpt(text)} ${path === '' ? 'Type where they are.' : 'Check the place.'}`,
  )
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 120 ? `it begins with ${line.slice(0, 120)}….` : `it is ${line}.`
}

const noTable = (what: string) => new AskFailed('malformed', `The answer ${what}`)
