import { decodeText } from './cells.ts'
import { utf8Bytes, type NamedBlob } from './fileBytes.ts'
import { handOn, openValues, type OnValue } from './jsonValues.ts'
import { LineSplitter } from './lines.ts'
import type { OpenRecordFile } from './recordSource.ts'

/** One JSON value a line; a line that is none is handed on as a record of one cell, so that it is refused. */
export const openNdjson: OpenRecordFile = (file, path) =>
  openValues(file, path, (onValue, onRaw) => lines(file, onValue, onRaw))

async function* lines(
  file: NamedBlob,
  onValue: OnValue,
  onRaw: (bytes: Uint8Array) => void,
): AsyncGenerator<void> {
  const splitter = new LineSplitter((bytes, start, end, line) => {
    const text = decodeText(bytes, start, end).trim()
    if (text !== '') handOn(text, line, onValue)
  })
  for await (const chunk of utf8Bytes(file, onRaw)) {
    splitter.push(chunk)
    yield
  }
  splitter.finish()
}
