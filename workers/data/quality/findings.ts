import type { TableFinding, TableFindingKind } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import type { TableName } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'

export const mostExamples = 10

/** A condition that single rows of a table may meet, and what to say of those that do. */
export interface RowRule {
  /** Name of the rule, for the id of the finding. */
  name: string
  kind: TableFindingKind
  severity: TableFinding['severity']
  /** SQL, true for a row concerned. NaN is larger than any number in DuckDB: exclude it. */
  where: string
  text: (count: string, n: number) => string
  /** SQL, a text that shows the row; null = the number is enough. */
  example: string | null
}

/** Holds every row of a file against the rules: one scan counts, a second one per broken rule fetches examples. */
export async function rowFindings(
  database: Database,
  { table, summary }: Dataset,
  kind: TableName,
  rules: RowRule[],
): Promise<TableFinding[]> {
  if (rules.length === 0) return []
  const name = quoteIdentifier(table)
  const counts = rules.map(({ where }, i) => `(count(*) FILTER (${where}))::INTEGER AS rule_${i}`)
  const found = await database.query(`SELECT ${counts.join(', ')} FROM ${name}`)
  const findings: TableFinding[] = []
  for (const [i, rule] of rules.entries()) {
    const count = found.integers(`rule_${i}`)[0]
    if (count === 0) continue
    findings.push({
      id: `${summary.id}/${rule.name}`,
      table: kind,
      datasetId: summary.id,
      kind: rule.kind,
      severity: rule.severity,
      count,
      text: rule.text(whole(count), count),
      examples:
        rule.example === null
          ? []
          : (
              await database.query(
                `SELECT 'line ' || line || ': ' || (${rule.example}) AS example FROM ${name}
                 WHERE ${rule.where} ORDER BY line LIMIT ${mostExamples}`,
              )
            ).texts('example'),
    })
  }
  return findings
}

/** 17198 → “17,198”. */
export function whole(n: number): string {
  return n.toLocaleString('en-GB')
}

/** “1 row”, “17,198 rows”. */
export function plural(n: number, noun: string, many = `${noun}s`): string {
  return `${whole(n)} ${n === 1 ? noun : many}`
}

/** “A, B, C and 12 more”. */
export function listed(names: string[], shown = 5): string {
  if (names.length <= shown) return names.join(', ')
  return `${names.slice(0, shown).join(', ')} and ${whole(names.length - shown)} more`
}
