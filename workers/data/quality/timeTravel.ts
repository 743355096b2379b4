import type { TableFinding } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import { tables, type TableRule } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'
import { whole, type RowRule } from './findings.ts'

/** The thing itself, which nobody can know before it happens: the first column of the rule that is not blank. */
function thingSql({ from }: NonNullable<TableRule['knownAt']>): string {
  return `COALESCE(${from.map(quoteIdentifier).join(', ')})`
}

/** Rows known before the thing itself. */
export function knownEarly({ knownAt }: TableRule): RowRule[] {
  if (!knownAt) return []
  const thing = thingSql(knownAt)
  return [
    {
      name: 'known-early',
      kind: 'time-travel',
      severity: 'warn',
      where: `known_at < ${thing}::DATE`,
      text: (count, n) =>
        `${count} ${n === 1 ? 'row is' : 'rows are'} said to be known before the thing itself happened. ` +
        'A test that uses them looks into the future.',
      example: `'known ' || known_at || ', happened ' || ${thing}::DATE`,
    },
  ]
}

/** Where `known_at` is an assumption and not a fact of the file, it is shown as such. */
export async function assumedFindings(
  database: Database,
  { table, summary }: Dataset,
): Promise<TableFinding[]> {
  const { knownAt } = tables[summary.kind]
  if (!knownAt || summary.knownAt === null || summary.knownAt === 'file') return []
  let count = summary.rows
  if (summary.knownAt === 'mixed') {
    const assumed = `(${thingSql(knownAt)}::TIMESTAMP + INTERVAL ${knownAt.lagHours} HOUR)::DATE`
    const found = await database.query(
      `SELECT (count(*) FILTER (known_at = ${assumed}))::INTEGER AS n FROM ${quoteIdentifier(table)}`,
    )
    count = found.integers('n')[0]
  }
  if (count === 0) return []
  const all = count === summary.rows
  return [
    {
      id: `${summary.id}/known-assumed`,
      table: summary.kind,
      datasetId: summary.id,
      kind: 'time-travel',
      severity: 'info',
      count,
      text:
        (all
          ? `The file does not say when its ${whole(count)} rows could first be read, so that is assumed. `
          : `Up to ${whole(count)} of ${whole(summary.rows)} rows do not say when they could first be read, so that is assumed. `) +
        knownAt.doc,
      examples: [],
    },
  ]
}

/** An earlier state of the same file was replaced: how much of its past had been rewritten meanwhile. */
export function vintageFindings({ summary }: Dataset): TableFinding[] {
  const { vintageOf } = summary
  if (!vintageOf) return []
  const { changed, removed, added } = vintageOf
  const rewritten = changed + removed + added
  const before = new Date(vintageOf.importedAt).toISOString().slice(0, 10)
  return [
    {
      id: `${summary.id}/vintage`,
      table: summary.kind,
      datasetId: summary.id,
      kind: 'time-travel',
      severity: rewritten > 0 ? 'warn' : 'info',
      count: rewritten,
      text:
        rewritten > 0
          ? `Since the import of ${before} the source has rewritten its past: ${whole(changed)} rows changed, ` +
            `${whole(removed)} went, ${whole(added)} came, in the range that both files cover. ` +
            'A test on the newer file uses numbers that nobody had at the time.'
          : `The range that this file shares with the import of ${before} is the same in both, row by row.`,
      examples: [],
    },
  ]
}
