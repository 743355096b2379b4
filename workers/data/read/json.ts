import { Problem } from '../problem.ts'
import { decodeText } from './cells.ts'
import { utf8Bytes, type NamedBlob } from './fileBytes.ts'
import { recordsOfColumns } from './jsonColumns.ts'
import { ElementSplitter } from './jsonElements.ts'
import { placesOf, recordsAt } from './jsonPlaces.ts'
import { JsonTable } from './jsonTable.ts'
import { parseJson } from './jsonText.ts'
import { handOn, noRecords, openValues, type OnValue } from './jsonValues.ts'
import type { OnRecord, OpenRecordFile, RecordFile } from './recordSource.ts'

/** What a file with an object at its root may unpack to: it is held whole. */
const largestWhole = 64 * 1024 * 1024
const recordsPerTurn = 5_000

/** A JSON file: an array is read element by element, whatever its size; anything else is held whole. */
export const openJson: OpenRecordFile = async (file, path) =>
  (await startsWithList(file))
    ? openValues(file, path, (onValue, onRaw) => elements(file, onValue, onRaw))
    : openWhole(file, path)

async function openWhole(file: NamedBlob, path: string | null): Promise<RecordFile> {
  const root = recordsOfColumns(await wholeValue(file, () => undefined))
  const paths = placesOf(root, false)
  const chosen = path ?? paths[0]
  const table = new JsonTable(chosen)
  table.learn([...recordsAt(root, chosen, false)])
  if (table.columns.length === 0) throw noRecords(file.name, chosen)
  return {
    columns: table.columns,
    numbers: table.numbers,
    path: chosen,
    paths,
    async *records(onRecord: OnRecord, onRaw) {
      const value = recordsOfColumns(await wholeValue(file, onRaw))
      let number = 0
      for (const record of recordsAt(value, chosen, false)) {
        number++
        if (!table.isNames(record, number)) table.write(record, number, onRecord)
        if (number % recordsPerTurn === 0) yield
      }
      yield
    },
  }
}

async function wholeValue(file: NamedBlob, onRaw: (bytes: Uint8Array) => void): Promise<unknown> {
  const decoder = new TextDecoder()
  const parts: string[] = []
  let bytes = 0
  for await (const chunk of utf8Bytes(file, onRaw)) {
    bytes += chunk.length
    if (bytes > largestWhole) {
      throw new Problem(
        'too-large',
        `${file.name} is one JSON object of more than 64 MB, which a tab cannot hold at once. ` +
          'Save its records as a list, or one a line (.ndjson), and drop that file.',
      )
    }
    parts.push(decoder.decode(chunk, { stream: true }))
  }
  try {
    return parseJson(parts.join('') + decoder.decode())
  } catch (error) {
    throw new Problem(
      'json',
      `${file.name} is no complete JSON file: it was cut off or changed on the way. Download it again; if it ` +
        'holds one record a line, name it .ndjson.',
      String(error),
    )
  }
}

async function* elements(
  file: NamedBlob,
  onValue: OnValue,
  onRaw: (bytes: Uint8Array) => void,
): AsyncGenerator<void> {
  const splitter = new ElementSplitter(file.name, (bytes, start, end, element) => {
    handOn(decodeText(bytes, start, end), element, onValue)
  })
  for await (const chunk of utf8Bytes(file, onRaw)) {
    splitter.push(chunk)
    yield
  }
  splitter.finish()
}

async function startsWithList(file: NamedBlob): Promise<boolean> {
  for await (const chunk of utf8Bytes(file)) {
    const first = /^\s*(\S)/.exec(decodeText(chunk, 0, Math.min(chunk.length, 4096)))
    if (first) return first[1] === '['
  }
  return false
}
