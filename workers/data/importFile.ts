import { createSHA256 } from 'hash-wasm'
import type { ImportPlan, Progress, RefusedRow } from './api.ts'
import type { Database } from './database.ts'
import { largestFile } from './inspect/head.ts'
import { Problem } from './problem.ts'
import { arrowOf } from './read/arrowRows.ts'
import { utf8Bytes, type NamedBlob } from './read/fileBytes.ts'
import { TableReader } from './read/tableReader.ts'
import type { TableRule } from './schema.ts'
import { quoteIdentifier } from './sql.ts'

const insertsUnderWay = 2
/** What a gzip file may unpack to. */
const largestText = 4 * largestFile

export interface ImportedRows {
  rows: number
  refused: RefusedRow[]
  repeated: number
  symbols: string[]
  /** Epoch days; 0 for tables without dates. */
  from: number
  to: number
  bytes: number
  sha256: string
}

/**
 * Reads a file into the new SQL table `name`: all of it or, when anything throws, nothing. Lines that do
 * not fit are refused one by one. Throws a `Problem` when no row fits, and when `signal` aborts.
 */
export async function importFile(
  database: Database,
  name: string,
  table: TableRule,
  plan: ImportPlan,
  file: NamedBlob,
  progress: Progress,
  signal: AbortSignal,
): Promise<ImportedRows> {
  const hash = await createSHA256()
  const reader = new TableReader(table, plan)
  const inserts: Promise<void>[] = []
  let created = false
  let rawBytes = 0
  let textBytes = 0
  const flush = async () => {
    for (const batch of reader.ready) {
      const arrow = arrowOf(batch, table, reader.dictionaries)
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
  }
  try {
    for await (const chunk of utf8Bytes(file, onRaw)) {
      if (signal.aborted) throw cancelled()
      textBytes += chunk.length
      if (textBytes > largestText) throw tooMuchText(plan.fileName)
      reader.push(chunk)
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
    const repeated = reader.inOrder ? 0 : await repeatedKeys(database, name)
    const dated = Number.isFinite(reader.from)
    return {
      rows: reader.rows,
      refused: reader.refused,
      repeated,
      symbols: [...(reader.dictionaries.get('symbol')?.values ?? [])].sort(),
      from: dated ? reader.from : 0,
      to: dated ? reader.to : 0,
      bytes: rawBytes,
      sha256: hash.digest('hex'),
    }
  } catch (error) {
    await Promise.allSettled(inserts)
    await database.query(`DROP TABLE IF EXISTS ${quoteIdentifier(name)}`)
    throw error
  }
}

/** Rows whose symbol and date come again: rows − keys. */
async function repeatedKeys(database: Database, name: string): Promise<number> {
  const result = await database.query(
    `SELECT (COALESCE(sum(n), 0) - count(*))::INTEGER AS repeated
     FROM (SELECT count(*) AS n FROM ${quoteIdentifier(name)} GROUP BY symbol, date)`,
  )
  return result.integers('repeated')[0]
}

function cancelled(): Problem {
  return new Problem('cancelled', 'The import was cancelled; everything loaded before is as it was.')
}

function nothingFits(plan: ImportPlan, refused: RefusedRow[]): Problem {
  const [first] = refused
  const message = first
    ? `No row of ${plan.fileName} could be read (${refused.length.toLocaleString('en-GB')} refused). The first, ` +
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
