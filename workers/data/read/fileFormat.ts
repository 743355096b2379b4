import type { FileFormat } from '../api.ts'
import { decodeText } from './cells.ts'
import { slice, utf8Bytes, type NamedBlob } from './fileBytes.ts'
import { isObject } from './flatten.ts'
import { parseJson } from './jsonText.ts'

const headBytes = 256 * 1024
const magics: { format: FileFormat; bytes: number[] }[] = [
  { format: 'parquet', bytes: [80, 65, 82, 49] },
  { format: 'arrow', bytes: [65, 82, 82, 79, 87, 49] },
]
/** Every message of an Arrow stream starts with these, then the length of its description. */
const continuation = 0xffffffff
const longestDescription = 1 << 24

/** What a file is, by its first bytes; its name decides only where these leave it open. */
export async function formatOf(file: NamedBlob): Promise<FileFormat> {
  const first = await slice(file, 0, 8)
  const known = magics.find(({ bytes }) => bytes.every((byte, i) => first[i] === byte))
  if (known) return known.format
  if (startsArrowStream(first)) return 'arrow'
  const { text, complete } = await headText(file)
  return formatOfText(file.name, text, complete)
}

/** The same of the first part of a text; `complete` where it is all of it. */
function formatOfText(fileName: string, text: string, complete: boolean): FileFormat {
  const named = /\.(ndjson|jsonl|json|geojson)(?:\.gz)?$/i.exec(fileName)?.[1].toLowerCase()
  const start = text.trimStart()
  if (!/^[{[]/.test(start))
    return named === undefined || start === '' ? 'csv' : named === 'json' ? 'json' : 'csv'
  const lines = start.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  if (named === 'ndjson' || named === 'jsonl') return 'ndjson'
  const whole = complete || lines.length > 2
  if (lines.length > 1 && whole && lines.slice(0, 2).every(isJsonRecord)) return 'ndjson'
  if (complete) return named !== undefined || isJsonRecord(start) ? 'json' : 'csv'
  if (named !== undefined) return 'json'
  // Cut off by the end of the first part: an object begins with a name, a list with a record.
  return /^\{\s*"|^\[\s*[{[]/.test(start) && !/^\{[^]*?\n\}\s*\S/.test(start) ? 'json' : 'csv'
}

function startsArrowStream(first: Uint8Array): boolean {
  if (first.length < 8) return false
  const view = new DataView(first.buffer, first.byteOffset, 8)
  const length = view.getInt32(4, true)
  return view.getUint32(0, true) === continuation && length > 0 && length < longestDescription
}

function isJsonRecord(text: string): boolean {
  try {
    const value = parseJson(text)
    return isObject(value) || Array.isArray(value)
  } catch {
    return false
  }
}

async function headText(file: NamedBlob): Promise<{ text: string; complete: boolean }> {
  const parts: string[] = []
  let bytes = 0
  for await (const chunk of utf8Bytes(file)) {
    parts.push(decodeText(chunk, 0, Math.min(chunk.length, headBytes - bytes)))
    bytes += chunk.length
    if (bytes >= headBytes) return { text: parts.join(''), complete: bytes === headBytes }
  }
  return { text: parts.join(''), complete: true }
}
