import { createSHA256 } from 'hash-wasm'
import type { ImportPlan, Progress } from './api.ts'
import type { Database } from './database.ts'
import { largestFile } from './inspect/head.ts'
import type { KeepWriter } from './keep/keep.ts'
import { Problem } from './problem.ts'
import { arrowOf } from './read/arrowRows.ts'
import type { ReadingNotes } from './read/columnReaders.ts'
import { csvBytes } from './read/csvBytes.ts'
import type { NamedBlob } from './read/fileBytes.ts'
import { openRecordFile } from './read/openRecordFile.ts'
import { mostLinesOfNumbers, mostLinesOfText, RecordSplitter } from './read/records.ts'
import { TableReader } from './read/tableReader.ts'
import type { Refusals } from './refusals.ts'
import type { TableRule } from './schema.ts'
import { quoteIdentifier } from './sql.ts'

const insertsUnderWay = 2
/** What a gzip file may unpack to. */
const largestText = 4 * largestFile

export interface ImportedRows {
  records: number
  rows: number
  refused: Refusals
  repeated: number
  symbols: string[]
  /** Epoch days; 0 for tables without dates. */
  from: number
  to: number
  bytes: number
  sha256: string
  notes: ReadingNotes[]
}

/** What an import reads into, and whom it tells. */
export interface ImportTarget {
  database: Database
  /** SQL table to make. */
  name: string
  table: TableRule
  progress: Progress
  signal: AbortSignal
  /** Copies the bytes while they are read; null where they need no copy. */
  writer: KeepWriter | null
}

/**
 * Reads a file into the new SQL table `name`: all of it or, when anything throws, nothing. Records that do
 * not fit are refused one by one. Throws a `Problem` when no row fits, and when `signal` aborts.
 */
export async function importFile(
  target: ImportTarget,
  plan: ImportPlan,
  file: NamedBlob,
): Promise<ImportedRows> {
  const { database, name, table, progress, signal, writer } = target
  const hash = await createSHA256()
  const reader = new TableReader(table, plan)
  const inserts: Promise<void>[] = []
  let created = false
  let rawBytes = 0
  const copies: Promise<void>[] = []
  const flush = async () => {
    for (const batch of reader.ready) {
      const arrow = arrowOf(batch, table)
      const previous = inserts.at(-1)
      const create = !created
      created = true
      const insert = (previous ?? Promise.resolve()).then(() => database.insert(name, arrow, create))
      // Seen when awaited; until then a failure must not count as unhandled.
      insert.catch(() => undefined)
      inserts.push(insert)
    }
    reader.ready = []
    while (inserts.length > insertsUnderWay) await inserts.shift()
  }
  const onRaw = (bytes: Uint8Array) => {
    hash.update(bytes)
    rawBytes += bytes.length
    const copy = writer?.write(bytes)
    if (copy) copies.push(copy)
  }
  try {
    const steps = recordsOf(plan, file, reader, onRaw)
    while (!(await steps.next()).done) {
      if (signal.aborted) throw cancelled()
      await Promise.all(copies.splice(0))
      await flush()
      progress({
        label: `Reading ${plan.fileName}`,
        done: rawBytes,
        total: file.size,
        unit: 'bytes',
        rows: reader.rows,
      })
    }
    reader.finish()
    await flush()
    for (const insert of inserts) await insert
    if (signal.aborted) throw cancelled()
    if (reader.rows === 0) throw nothingFits(plan, reader.refused)
    const repeated = reader.inOrder ? 0 : await repeatedKeys(database, name, table)
    const dated = Number.isFinite(reader.from)
    return {
      records: reader.records,
      rows: reader.rows,
      refused: reader.refused,
      repeated,
      symbols: subjectsOf(reader, table),
      from: dated ? reader.from : 0,
      to: dated ? reader.to : 0,
      bytes: rawBytes,
      sha256: hash.digest('hex'),
      notes: reader.notes,
    }
  } catch (error) {
    await Promise.allSettled(inserts)
    await database.query(`DROP TABLE IF EXISTS ${quoteIdentifier(name)}`)
    throw error
  }
}

/** Feeds the records of a file to the reader, with a pause after about every megabyte. */
export async function* recordsOf(
  plan: ImportPlan,
  file: NamedBlob,
  reader: TableReader,
  onRaw: (bytes: Uint8Array) => void,
): AsyncGenerator<void> {
  const take: TableReader['take'] = (spans, line, start, end) => {
    reader.take(spans, line, start, end)
  }
  if (plan.format !== 'csv') {
    const records = await openRecordFile(plan.format, file, plan.path)
    yield* records.records(take, onRaw)
    return
  }
  const splitter = new RecordSplitter(plan.delimiter, plan.width, take, mostLinesOf(plan))
  let textBytes = 0
  for await (const chunk of csvBytes(file, onRaw)) {
    textBytes += chunk.length
    if (textBytes > largestText) throw tooMuchText(plan.fileName)
    splitter.push(chunk)
    yield
  }
  splitter.finish()
}

/** Tickets and news hold whole logs and letters; in rows of numbers a quote that stays open is a stray one. */
function mostLinesOf({ kind, content }: ImportPlan): number {
  return content === 'tickets' || kind === 'news' || kind === 'incidents'
    ? mostLinesOfText
    : mostLinesOfNumbers
}

function subjectsOf(reader: TableReader, { subject }: TableRule): string[] {
  const values = subject === null ? [] : (reader.dictionaries.get(subject)?.values ?? [])
  return values.filter((text) => text !== '').sort()
}

/** Rows whose key comes again: rows − keys. */
export async function repeatedKeys(
  database: Database,
  name: string,
  { columns }: TableRule,
): Promise<number> {
  const key = columns.filter((column) => column.key).map((column) => quoteIdentifier(column.name))
  const result = await database.query(
    `SELECT (COALESCE(sum(n), 0) - count(*))::INTEGER AS repeated
     FROM (SELECT count(*) AS n FROM ${quoteIdentifier(name)} GROUP BY ${key.join(', ')})`,
  )
  return result.integers('repeated')[0]
}

export function cancelled(): Problem {
  return new Problem('cancelled', 'The import was cancelled; everything loaded before is as it was.')
}

function nothingFits(plan: ImportPlan, refused: Refusals): Problem {
  const [first] = refused.first
  const message = first
    ? `No row of ${plan.fileName} could be read (${refused.count.toLocaleString('en-GB')} refused). The first, ` +
      `line ${first.line}${first.column === '' ? '' : `, column ${first.column}`}: ${first.reason} ` +
      'Check columns, date form and decimal sign, and import it again.'
    : `${plan.fileName} has no rows under its header. Download it again.`
  return new Problem('no-rows', message)
}

function tooMuchText(fileName: string): Problem {
  return new Problem(
    'too-large',
    `${fileName} unpacks to more than a tab can hold. Split it by symbol or by year and drop the parts.`,
  )
}
