import { layoutOf } from '../../../workers/data/inspect/layout.ts'
import { readHead } from '../../../workers/data/inspect/head.ts'
import { utf8Bytes } from '../../../workers/data/read/fileBytes.ts'
import { RecordSplitter } from '../../../workers/data/read/records.ts'

export interface PlainRecords {
  delimiter: string
  width: number
  /** Cells of every record that has something in it; null where a quote is opened and never closed. */
  records: (string[] | null)[]
}

/** The records of a CSV file as the importer cuts it, before anything is made of them. */
export async function plainRecords(
  file: File,
  cut?: { delimiter: string; width: number },
): Promise<PlainRecords> {
  const { delimiter, width } = cut ?? layoutOf(await readHead(file))
  const records: PlainRecords['records'] = []
  const splitter = new RecordSplitter(delimiter, width, (spans, _, start, end) => {
    if (spans.bytes.subarray(start, end).every((byte) => byte === 32 || byte === 9 || byte === 0)) return
    records.push(spans.count < 0 ? null : Array.from({ length: spans.count }, (_, cell) => spans.text(cell)))
  })
  for await (const chunk of utf8Bytes(file)) splitter.push(chunk)
  splitter.finish()
  return { delimiter, width, records }
}

/** How the records read compare with those that are right. */
export interface Comparison {
  expected: number
  /** Read cell by cell as they should be. */
  right: number
  /** Records that the importer refuses: wider or narrower than the table, empty, or with a quote never closed. */
  refused: number
  /** As wide as the table, above its first right record: title lines, which stand above the header. */
  above: number
  /** As wide as the table and none of the right ones: these would pass unseen. */
  other: number
}

/** Blanks around a cell do not count, as the importer takes them off; nor do empty cells at the end of a record. */
export function compare({ records, width }: PlainRecords, expected: string[][]): Comparison {
  const open = new Map<string, number>()
  for (const cells of expected) open.set(keyOf(cells), (open.get(keyOf(cells)) ?? 0) + 1)
  const counts: Comparison = { expected: expected.length, right: 0, refused: 0, above: 0, other: 0 }
  for (const cells of records) {
    const key = cells === null ? '' : keyOf(cells)
    const left = open.get(key) ?? 0
    if (cells !== null && left > 0) {
      open.set(key, left - 1)
      counts.right++
    } else if (cells === null || cells.length !== width || cells.every((cell) => cell === ''))
      counts.refused++
    else if (counts.right === 0) counts.above++
    else counts.other++
  }
  return counts
}

function keyOf(cells: string[]): string {
  const trimmed = cells.map((cell) => western(cell).replace(/\r\n?/g, '\n').trim())
  while (trimmed.at(-1) === '') trimmed.pop()
  return JSON.stringify(trimmed)
}

/** Node decodes Windows-1252 as Latin-1, unlike browsers: the signs of 0x80 to 0x9F come out as control codes. */
function western(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (sign) => windows1252[sign.charCodeAt(0) - 0x80])
}

const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
