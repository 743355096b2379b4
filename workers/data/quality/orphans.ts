import type { TableFinding } from '../api.ts'
import type { Database } from '../database.ts'
import type { TableName } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'
import { mostExamples, plural } from './findings.ts'
import { rowsOf, type LoadedTable, type LoadedTables } from './loadedTables.ts'
import type { Timeline } from './timeline.ts'

interface Reference {
  column: string
  /** Where the value must be found; the first of these tables that is loaded. */
  in: { kind: TableName; columns: string[] }[]
  /** “have no prices and cannot be traded”. */
  says: string
  noun: [string, string]
}

const priced = {
  column: 'symbol',
  in: [{ kind: 'prices', columns: ['symbol'] }],
  says: 'without prices, so nothing can be traded or measured on them',
  noun: ['symbol', 'symbols'],
} satisfies Reference

/** Values of a table that another one must know. Airports of flights are looked at by route. */
const references: Partial<Record<TableName, Reference[]>> = {
  tickets: [priced],
  adoption: [priced],
  incidents: [priced],
  news: [priced],
  fundamentals: [priced],
  options: [priced],
  signals: [priced],
  events: [priced],
  flights: [
    {
      column: 'icao24',
      in: [{ kind: 'aircraft', columns: ['icao24'] }],
      says: 'that the list of aircraft does not have, so their flights belong to nobody',
      noun: ['address', 'addresses'],
    },
  ],
  aircraft: [
    {
      column: 'symbol',
      in: [
        { kind: 'companies', columns: ['symbol'] },
        { kind: 'prices', columns: ['symbol'] },
      ],
      says: 'that the list of companies does not have',
      noun: ['company', 'companies'],
    },
  ],
  companies: [
    {
      column: 'hq_airport',
      in: [{ kind: 'airports', columns: ['code', 'iata'] }],
      says: 'that the list of airports does not have, so visits to these headquarters cannot be told',
      noun: ['airport of a headquarters', 'airports of headquarters'],
    },
  ],
}

/**
 * Rows about somebody or something that the table which should know it does not have. Where the timeline has
 * counted the rows by subject, they need no second count.
 */
export async function orphanFindings(
  database: Database,
  loaded: LoadedTable,
  others: LoadedTables,
  timeline: Timeline | null,
): Promise<TableFinding[]> {
  const findings: TableFinding[] = []
  for (const { column, in: places, says, noun } of references[loaded.kind] ?? []) {
    const place = places.find(({ kind }) => others.has(kind))
    if (!place) continue
    const known = place.columns
      .map((name) => rowsOf(others.get(place.kind)!, `${quoteIdentifier(name)} AS value`))
      .map((rows) => `SELECT value FROM ${rows}`)
      .join(' UNION ')
    const counted =
      timeline && column === loaded.rule.subject && loaded.kind !== 'events'
        ? await unknownSubjects(database, timeline, known)
        : await unknownValues(database, rowsOf(loaded, `${quoteIdentifier(column)} AS value`), known)
    if (counted.length === 0) continue
    const values = counted.map(({ value }) => value)
    const counts = counted.map(({ n }) => n)
    const rows = counts.reduce((sum, n) => sum + n, 0)
    findings.push({
      id: `${loaded.kind}/unknown-${column}`,
      table: loaded.kind,
      datasetId: null,
      kind: 'orphans',
      severity: 'warn',
      count: rows,
      text: `${plural(rows, 'row')} of ${plural(values.length, noun[0], noun[1])} ${says}.`,
      examples: values.slice(0, mostExamples).map((value, i) => `${value}: ${plural(counts[i], 'row')}`),
    })
  }
  return findings
}

interface Counted {
  value: string
  n: number
}

/** Most rows first. `known` is SQL: a column of values. */
async function unknownValues(database: Database, rows: string, known: string): Promise<Counted[]> {
  const found = await database.query(
    `SELECT value, n::INTEGER AS n FROM (SELECT value, count(*) AS n FROM ${rows} GROUP BY value)
     WHERE value <> '' AND value NOT IN (${known}) ORDER BY n DESC, value`,
  )
  const counts = found.integers('n')
  return found.texts('value').map((value, i) => ({ value, n: counts[i] }))
}

async function unknownSubjects(
  database: Database,
  { subjects, offsets }: Timeline,
  known: string,
): Promise<Counted[]> {
  const names = new Set((await database.query(`SELECT value FROM (${known})`)).texts('value'))
  return subjects
    .map((value, s) => ({ value, n: offsets[s + 1] - offsets[s] }))
    .filter(({ value, n }) => n > 0 && value !== '' && !names.has(value))
    .sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1))
}
