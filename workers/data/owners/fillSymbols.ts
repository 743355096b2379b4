import type { OwnerDecision } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import { isoOf } from '../read/dates.ts'
import type { TableName } from '../schema.ts'
import { quoteIdentifier, quoteLiteral } from '../sql.ts'

/** Tables whose tickers decisions fill, and the column with the name they are about. */
const filledTables = { aircraft: 'owner', events: 'company' } as const satisfies Partial<
  Record<TableName, string>
>
export type FilledTable = keyof typeof filledTables

export function isFilledTable(kind: TableName): kind is FilledTable {
  return kind in filledTables
}

/** Which rows decisions filled, and what stood in them before: line, valid_from, valid_to. */
function memory({ table }: Dataset): string {
  return quoteIdentifier(`filled_${table}`)
}

export async function prepareFilling(database: Database, dataset: Dataset): Promise<void> {
  await database.query(
    `CREATE TABLE IF NOT EXISTS ${memory(dataset)} (line INTEGER, name VARCHAR, valid_from DATE, valid_to DATE)`,
  )
}

export async function dropFilling(database: Database, dataset: Dataset): Promise<void> {
  await database.query(`DROP TABLE IF EXISTS ${memory(dataset)}`)
}

/**
 * Writes the tickers of decisions into rows whose file left them blank. An aircraft belongs to the company
 * within the dates of the decision alone, an event only when it falls into them.
 */
export async function fillSymbols(
  database: Database,
  dataset: Dataset,
  kind: FilledTable,
  decisions: OwnerDecision[],
): Promise<void> {
  const accepted = decisions.filter(({ symbol }) => symbol !== null)
  if (accepted.length === 0) return
  const table = quoteIdentifier(dataset.table)
  const name = filledTables[kind]
  const day = (epochDay: number | null) => (epochDay === null ? 'NULL::DATE' : `DATE '${isoOf(epochDay)}'`)
  const values = accepted.map(
    ({ owner, symbol, validFrom, validTo }) =>
      `(${quoteLiteral(owner)}, ${quoteLiteral(symbol ?? '')}, ${day(validFrom)}, ${day(validTo)})`,
  )
  const decided = `(VALUES ${values.join(', ')}) AS decided (name, ticker, first, last)`
  // least and greatest pass over NULL, which stands for an open end.
  const applies =
    kind === 'aircraft'
      ? `COALESCE(greatest(row.valid_from, first) <= least(row.valid_to, last), true)`
      : `COALESCE(row.announced_on >= first, true) AND COALESCE(row.announced_on <= last, true)`
  const concerned = `row.symbol = '' AND row.${name} = decided.name AND ${applies}`
  const before = kind === 'aircraft' ? 'row.valid_from, row.valid_to' : 'NULL, NULL'
  await database.query(
    `INSERT INTO ${memory(dataset)} SELECT row.line, row.${name}, ${before} FROM ${table} AS row, ${decided} WHERE ${concerned}`,
  )
  const within =
    kind === 'aircraft'
      ? ', valid_from = greatest(row.valid_from, first), valid_to = least(row.valid_to, last)'
      : ''
  await database.query(
    `UPDATE ${table} AS row SET symbol = ticker${within} FROM ${decided} WHERE ${concerned}`,
  )
}

/** Rows are again as their file left them: those of some names, or all. */
export async function unfillSymbols(
  database: Database,
  dataset: Dataset,
  kind: FilledTable,
  names: string[] | null,
): Promise<void> {
  const those = names === null ? 'true' : `filled.name IN (${names.map(quoteLiteral).join(', ')})`
  if (names?.length === 0) return
  const dates = kind === 'aircraft' ? ', valid_from = filled.valid_from, valid_to = filled.valid_to' : ''
  await database.query(
    `UPDATE ${quoteIdentifier(dataset.table)} AS row SET symbol = ''${dates}
     FROM ${memory(dataset)} AS filled WHERE row.line = filled.line AND ${those}`,
  )
  await database.query(`DELETE FROM ${memory(dataset)} AS filled WHERE ${those}`)
}

/** Names without a ticker, or with one that a decision filled in, and the rows under each. */
export async function unnamedOwners(
  database: Database,
  dataset: Dataset,
  kind: FilledTable,
): Promise<Map<string, number>> {
  const name = filledTables[kind]
  const found = await database.query(
    `SELECT name, sum(n)::INTEGER AS n FROM (
       SELECT ${name} AS name, count(*) AS n FROM ${quoteIdentifier(dataset.table)}
       WHERE symbol = '' AND ${name} <> '' GROUP BY name
       UNION ALL SELECT name, count(*) AS n FROM ${memory(dataset)} GROUP BY name
     ) GROUP BY name ORDER BY name`,
  )
  const counts = found.integers('n')
  return new Map(found.texts('name').map((owner, i) => [owner, counts[i]]))
}
