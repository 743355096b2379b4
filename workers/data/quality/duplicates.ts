import type { TableFinding } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import { tables } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'
import { listed, mostExamples, plural } from './findings.ts'

/** Rows whose key comes again: exact copies told from rows that contradict each other. */
export async function duplicateFindings(
  database: Database,
  { table, summary }: Dataset,
): Promise<TableFinding[]> {
  if (summary.repeated === 0) return []
  const { columns } = tables[summary.kind]
  const keys = columns.filter(({ key }) => key).map(({ name }) => quoteIdentifier(name))
  const all = columns.map(({ name }) => quoteIdentifier(name))
  // Keys by their hash, because few come again and texts are slow to group by.
  const repeated = `
    WITH again AS (
      SELECT hash(${keys.join(', ')}) AS key FROM ${quoteIdentifier(table)} GROUP BY key HAVING count(*) > 1
    ), groups AS (
      SELECT hash(${keys.join(', ')}) AS key, count(*) AS n, count(DISTINCT hash(${all.join(', ')})) AS kinds,
        concat_ws(' ', ${keys.map((key) => `any_value(${key})::VARCHAR`).join(', ')}) AS shown,
        min(line) AS first_line, max(line) AS last_line
      FROM ${quoteIdentifier(table)} WHERE hash(${keys.join(', ')}) IN (SELECT key FROM again) GROUP BY key
    )`
  const totals = await database.query(
    `${repeated} SELECT COALESCE(sum(n - kinds), 0)::INTEGER AS copies,
       COALESCE(sum(kinds - 1), 0)::INTEGER AS conflicts FROM groups`,
  )
  const copies = totals.integers('copies')[0]
  const conflicts = totals.integers('conflicts')[0]
  const examples = async (which: string) =>
    (
      await database.query(
        `${repeated} SELECT 'lines ' || first_line || ' and ' || last_line || ': ' || shown AS example
         FROM groups WHERE ${which} ORDER BY first_line LIMIT ${mostExamples}`,
      )
    ).texts('example')
  const common = { table: summary.kind, datasetId: summary.id, kind: 'duplicates', severity: 'warn' } as const
  const findings: TableFinding[] = []
  if (copies > 0) {
    findings.push({
      ...common,
      id: `${summary.id}/copies`,
      count: copies,
      text:
        `${plural(copies, 'row is an exact copy', 'rows are exact copies')} of another row. ` +
        'A file joined from overlapping parts looks like this; every copy counts until one of each is kept.',
      examples: await examples('n > kinds'),
    })
  }
  if (conflicts > 0) {
    const words = columns.filter(({ key }) => key).map(({ name }) => name.replaceAll('_', ' '))
    findings.push({
      ...common,
      id: `${summary.id}/conflicts`,
      count: conflicts,
      text:
        `${plural(conflicts, 'row says', 'rows say')} something else than another row with the same ` +
        `${listed(words, 9)}. The file does not tell which of them is right.`,
      examples: await examples('kinds > 1'),
    })
  }
  return findings
}
