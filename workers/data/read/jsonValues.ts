import { Problem } from '../problem.ts'
import type { NamedBlob } from './fileBytes.ts'
import { placesOf, recordOf, recordsAt, type JsonRecord } from './jsonPlaces.ts'
import { JsonTable } from './jsonTable.ts'
import { parseJson } from './jsonText.ts'
import type { RecordFile } from './recordSource.ts'

/** The columns are those of the first part. */
const headBytes = 4 * 1024 * 1024
const headRecords = 20_000

/** A top-level value, its number or line, and its text where it could not be parsed. */
export type OnValue = (value: unknown, line: number, unread: string | null) => void
export type Values = (onValue: OnValue, onRaw: (bytes: Uint8Array) => void) => AsyncGenerator<void>

/** A file of JSON values one after the other, whatever their number: one record each, or those at `path` inside. */
export async function openValues(file: NamedBlob, path: string | null, values: Values): Promise<RecordFile> {
  const head: unknown[] = []
  let bytes = 0
  const reading = values(
    (value, _, unread) => {
      if (unread === null && head.length < headRecords) head.push(value)
    },
    (chunk) => (bytes += chunk.length),
  )
  while (bytes < headBytes && head.length < headRecords) if ((await reading.next()).done) break
  await reading.return(undefined)
  // As if the values stood in an array: the places inside them.
  const paths = placesOf(head, false)
  const chosen = path ?? paths[0]
  const table = new JsonTable(chosen)
  table.learn(head.flatMap((value) => [...recordsAt(value, chosen, true)]))
  if (table.columns.length === 0) throw noRecords(file.name, chosen)
  return {
    columns: table.columns,
    numbers: table.numbers,
    path: chosen,
    paths,
    async *records(onRecord, onRaw) {
      let number = 0
      yield* values((value, line, unread) => {
        if (unread !== null) table.writeUnread(unread, chosen === '' ? line : number + 1, onRecord)
        else if (chosen === '') write(recordOf(value as JsonRecord['value']), line)
        else for (const record of recordsAt(value, chosen, true)) write(record, ++number)
      }, onRaw)
      function write(record: JsonRecord, line: number) {
        if (!table.isNames(record, line)) table.write(record, line, onRecord)
      }
    },
  }
}

export function handOn(text: string, line: number, onValue: OnValue): void {
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    onValue(null, line, text)
    return
  }
  if (typeof value === 'object' && value !== null) onValue(value, line, null)
  else onValue(null, line, text)
}

export function noRecords(fileName: string, path: string): Problem {
  return new Problem(
    'no-records',
    `${fileName} holds no records${path === '' ? '' : ` at “${path}”`}: a list of objects with named fields is ` +
      'expected, such as [{"date": "2024-01-31", "close": 10}]. Download it again or choose another place in it.',
  )
}
