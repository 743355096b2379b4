import type { Database } from '../database.ts'
import type { TableRule } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'

export interface VintageDifference {
  /** Rows, by key, in the range both cover. */
  changed: number
  removed: number
  added: number
  /** Some of them: “changed: MSFT 2024-01-02”. */
  examples: string[]
}

const mostExamples = 20

/**
 * What a newer state of a file says differently about the past: rows changed, removed and added by key,
 * within the range of time that both tables cover (all rows where the table has no time). Of rows with the
 * same key the last of the file counts.
 */
export async function compareVintages(
  database: Database,
  rule: TableRule,
  older: string,
  newer: string,
): Promise<VintageDifference> {
  const keys = rule.columns.filter(({ key }) => key).map(({ name }) => quoteIdentifier(name))
  const others = rule.columns.filter(({ key }) => !key).map(({ name }) => quoteIdentifier(name))
  const content = others.length > 0 ? `hash(${others.join(', ')})` : '0'
  const shown = `concat_ws(' ', ${keys.map((key) => `${key}::VARCHAR`).join(', ')})`
  const within = rule.time === null ? 'true' : rangeOfBoth(quoteIdentifier(rule.time), older, newer)
  const state = (table: string) =>
    `SELECT hash(${keys.join(', ')}) AS key, arg_max(${content}, line) AS content, arg_max(${shown}, line) AS shown
     FROM ${quoteIdentifier(table)} WHERE ${within} GROUP BY key`
  const differences = `
    WITH old AS (${state(older)}), new AS (${state(newer)}), differences AS (
      SELECT CASE WHEN old.key IS NULL THEN 'added' WHEN new.key IS NULL THEN 'removed' ELSE 'changed' END AS what,
        COALESCE(new.shown, old.shown) AS shown
      FROM old FULL JOIN new ON old.key = new.key
      WHERE old.key IS NULL OR new.key IS NULL OR old.content <> new.content
    )`
  const count = (what: string) => `(count(*) FILTER (what = '${what}'))::INTEGER AS ${what}`
  const counts = await database.query(
    `${differences} SELECT ${['changed', 'removed', 'added'].map(count).join(', ')} FROM differences`,
  )
  const examples = await database.query(
    `${differences} SELECT what || ': ' || shown AS example FROM differences ORDER BY what DESC, shown LIMIT ${mostExamples}`,
  )
  return {
    changed: counts.integers('changed')[0],
    removed: counts.integers('removed')[0],
    added: counts.integers('added')[0],
    examples: examples.texts('example'),
  }
}

function rangeOfBoth(time: string, older: string, newer: string): string {
  const bound = (of: 'min' | 'max', table: string) => `(SELECT ${of}(${time}) FROM ${quoteIdentifier(table)})`
  return (
    `${time} BETWEEN greatest(${bound('min', older)}, ${bound('min', newer)}) ` +
    `AND least(${bound('max', older)}, ${bound('max', newer)})`
  )
}
