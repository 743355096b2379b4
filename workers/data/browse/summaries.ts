import type { BrowseFilter, BrowseTarget, ColumnSummary } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Connection } from '../database.ts'
import { Problem } from '../problem.ts'
import { quoteIdentifier } from '../sql.ts'
import { numberText } from './cells.ts'
import { columnsOf, valueSql, type BrowseColumn } from './columns.ts'
import { conditionOf, type Condition } from './filters.ts'

const bins = 20
const commonestShown = 5
/** Above so many rows distinct values are estimated, and the pictures are of a sample of about so many. */
const exactRows = 1_000_000

/** Everything that is asked of a column is asked of these rows. */
interface Source {
  parts: Dataset[]
  condition: Condition
  rows: number
}

interface Facts {
  missing: number
  distinct: number
  lowest: string | null
  highest: string | null
  /** On the axis of the histogram; NaN for texts. */
  low: number
  high: number
}

/** One column at a time, so that other queries have their turn in between. */
export async function summarize(
  connection: Connection,
  target: BrowseTarget,
  parts: Dataset[],
  filters: BrowseFilter[],
  rows: number,
  signal: AbortSignal,
): Promise<ColumnSummary[]> {
  const source = { parts, condition: conditionOf(target, filters), rows }
  const summaries: ColumnSummary[] = []
  for (const column of columnsOf(target)) {
    if (signal.aborted) throw new Problem('superseded', 'Newer summaries were asked for.')
    const { low, high, ...facts } = await factsOf(connection, source, column)
    const text = column.type === 'VARCHAR'
    const sampled = sampleOf(source).factor !== 1
    summaries.push({
      name: column.name,
      type: column.type,
      ...facts,
      histogram: text ? [] : await histogramOf(connection, source, column, low, high),
      commonest: text ? await commonestOf(connection, source, column) : [],
      sampled,
    })
  }
  return summaries
}

async function factsOf(connection: Connection, source: Source, column: BrowseColumn): Promise<Facts> {
  if (source.parts.length === 0)
    return { missing: 0, distinct: 0, lowest: null, highest: null, low: NaN, high: NaN }
  const distinct = source.rows > exactRows ? 'approx_count_distinct(value)' : 'count(DISTINCT value)'
  const position = positionSql(column)
  const result = await connection.query(
    `SELECT (count(*) - count(value))::DOUBLE AS missing, count(value)::DOUBLE AS present, ` +
      `${distinct}::DOUBLE AS distincts, ${shownSql(column, 'min(value)')} AS lowest, ` +
      `${shownSql(column, 'max(value)')} AS highest, ` +
      `coalesce(${position('min(value)')}, 'NaN'::DOUBLE) AS low, ` +
      `coalesce(${position('max(value)')}, 'NaN'::DOUBLE) AS high FROM (${valuesSql(source, column, '')})`,
    repeated(source),
  )
  const [low] = result.numbers('low')
  const [high] = result.numbers('high')
  const [present] = result.numbers('present')
  const shown = (text: string, value: number) =>
    column.type === 'DOUBLE' ? numberText(value) : (text.split('\n', 1)[0] ?? '')
  return {
    missing: result.numbers('missing')[0],
    // An estimate may be above what is possible.
    distinct: Math.min(present, result.numbers('distincts')[0]),
    lowest: present === 0 ? null : shown(result.texts('lowest')[0], low),
    highest: present === 0 ? null : shown(result.texts('highest')[0], high),
    low,
    high,
  }
}

async function histogramOf(
  connection: Connection,
  source: Source,
  column: BrowseColumn,
  low: number,
  high: number,
): Promise<number[]> {
  const histogram = new Array<number>(bins).fill(0)
  if (!Number.isFinite(low) || !Number.isFinite(high)) return histogram
  const scale = high > low ? bins / (high - low) : 0
  const position = positionSql(column)('value')
  const { sample, factor } = sampleOf(source)
  const result = await connection.query(
    `SELECT least(${bins - 1}, trunc((${position} - ?) * ?))::INTEGER AS bin, count(*)::DOUBLE AS rows ` +
      `FROM (${valuesSql(source, column, sample)}) WHERE value IS NOT NULL GROUP BY bin`,
    [low, scale, ...repeated(source)],
  )
  const rows = result.numbers('rows')
  result.integers('bin').forEach((bin, i) => (histogram[Math.max(0, bin)] += Math.round(rows[i] * factor)))
  return histogram
}

async function commonestOf(
  connection: Connection,
  source: Source,
  column: BrowseColumn,
): Promise<ColumnSummary['commonest']> {
  if (source.parts.length === 0) return []
  const { sample, factor } = sampleOf(source)
  const result = await connection.query(
    `SELECT value, count(*)::DOUBLE AS rows FROM (${valuesSql(source, column, sample)}) ` +
      `WHERE value IS NOT NULL GROUP BY value ORDER BY rows DESC, value LIMIT ${commonestShown}`,
    repeated(source),
  )
  const rows = result.numbers('rows')
  return result.texts('value').map((text, i) => ({ text, count: Math.round(rows[i] * factor) }))
}

/** Blocks of rows spread over the tables, the same ones every time. */
function sampleOf({ rows, condition }: Source): { sample: string; factor: number } {
  // A filter may leave few rows, of which a sample would say nothing.
  if (rows <= exactRows || condition.sql !== '') return { sample: '', factor: 1 }
  const percent = (100 * exactRows) / rows / 2
  return {
    sample: ` TABLESAMPLE system(${percent.toFixed(4)} PERCENT) REPEATABLE (1)`,
    factor: 100 / percent,
  }
}

function valuesSql({ parts, condition }: Source, column: BrowseColumn, sample: string): string {
  const where = condition.sql === '' ? '' : ` WHERE ${condition.sql}`
  return parts
    .map(({ table }) => `SELECT ${valueSql(column)} AS value FROM ${quoteIdentifier(table)}${sample}${where}`)
    .join(' UNION ALL ')
}

function repeated({ parts, condition }: Source) {
  return parts.flatMap(() => condition.values)
}

/** Where a value lies on the axis of its histogram. */
function positionSql({ type }: BrowseColumn): (value: string) => string {
  if (type === 'VARCHAR') return () => 'NULL::DOUBLE'
  if (type === 'DOUBLE') return (value) => `(${value})::DOUBLE`
  return (value) => `epoch_us(${value})::DOUBLE`
}

function shownSql({ type }: BrowseColumn, value: string): string {
  if (type === 'DATE') return `strftime(${value}, '%Y-%m-%d')`
  if (type === 'TIMESTAMP') return `strftime(${value}, '%Y-%m-%d %H:%M')`
  return `(${value})::VARCHAR`
}
