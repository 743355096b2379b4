import type { TableFinding } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import { quoteIdentifier } from '../sql.ts'
import { mostExamples, plural, whole } from './findings.ts'

interface Series {
  value: string
  /** Columns that make a series of their own beside the symbol. */
  by: string[]
}

/** Tables of figures per day. */
const countedTables = {
  tickets: { value: 'count', by: ['source', 'sentiment'] },
  adoption: { value: 'value', by: ['source', 'metric'] },
} as const satisfies Record<string, Series>

/** Fewer figures have no usual level. */
const fewestFigures = 30
/** In standard deviations of a normal with the same median absolute deviation. */
const farBeyond = 15

/**
 * Figures far beyond the median of their own series: more than 15 × 1.4826 × its median absolute deviation,
 * which counts as at least a tenth of the median and at least one, so that quiet series raise no alarm.
 */
export async function outlierFindings(
  database: Database,
  kind: keyof typeof countedTables,
  { table, summary }: Dataset,
): Promise<TableFinding[]> {
  const { by, value } = countedTables[kind]
  const series = ['symbol', ...by].map(quoteIdentifier)
  const figure = quoteIdentifier(value)
  const far = `
    WITH usual AS (
      SELECT ${series.join(', ')}, median(${figure}) AS middle, mad(${figure}) AS deviation
      FROM ${quoteIdentifier(table)} WHERE NOT isnan(${figure})
      GROUP BY ${series.join(', ')} HAVING count(*) >= ${fewestFigures}
    ), far AS (
      SELECT * FROM ${quoteIdentifier(table)} JOIN usual USING (${series.join(', ')})
      WHERE NOT isnan(${figure}) AND
        abs(${figure} - middle) > ${farBeyond} * greatest(1.4826 * deviation, 0.1 * abs(middle), 1)
    )`
  const found = await database.query(
    `${far} SELECT count(*)::INTEGER AS n, count(DISTINCT (${series.join(', ')}))::INTEGER AS series FROM far`,
  )
  const count = found.integers('n')[0]
  if (count === 0) return []
  const examples = await database.query(
    `${far} SELECT 'line ' || line || ': ' || concat_ws(' ', date::VARCHAR, ${series.map((s) => `nullif(${s}, '')`).join(', ')}) ||
       ': ' || printf('%g', ${figure}) || ', usually ' || printf('%g', middle) AS example
     FROM far ORDER BY abs(${figure} - middle) / greatest(deviation, 1) DESC, line LIMIT ${mostExamples}`,
  )
  return [
    {
      id: `${summary.id}/far-beyond`,
      table: kind,
      datasetId: summary.id,
      kind: 'outliers',
      severity: 'info',
      count,
      text:
        `${plural(count, 'figure lies', 'figures lie')} far beyond the usual level of ${count === 1 ? 'its' : 'their'} own series ` +
        `(${plural(found.integers('series')[0], 'series', 'series')}): a real burst, or a mistake in counting.`,
      examples: examples.texts('example'),
    },
  ]
}

const fewestSources = 50

/**
 * Sources that look chosen by their last figure: all of them have one on the last day, none of these is below
 * some cut, and at least a tenth of them were below that cut one figure earlier. A list made in the past could
 * not have known who would be large at its end.
 */
export async function chosenByEndFindings(
  database: Database,
  { table, summary }: Dataset,
): Promise<TableFinding[]> {
  const found = await database.query(
    `WITH days AS (SELECT DISTINCT date FROM ${quoteIdentifier(table)} ORDER BY date DESC LIMIT 2),
     figures AS (
       SELECT symbol || ' ' || source || ' ' || metric AS name, max(date) AS day,
         (arg_max(value, date) FILTER (date = (SELECT max(date) FROM days))) AS last,
         (arg_max(value, date) FILTER (date = (SELECT min(date) FROM days))) AS earlier
       FROM ${quoteIdentifier(table)} WHERE NOT isnan(value) GROUP BY name
     ), cut AS (SELECT min(last) AS cut FROM figures)
     SELECT count(*)::INTEGER AS sources, count(last)::INTEGER AS at_end, COALESCE(any_value(cut), 0)::DOUBLE AS cut,
       (count(*) FILTER (earlier < cut))::INTEGER AS below_before
     FROM figures, cut`,
  )
  const sources = found.integers('sources')[0]
  const below = found.integers('below_before')[0]
  const cut = found.numbers('cut')[0]
  const complete = found.integers('at_end')[0] === sources
  if (sources < fewestSources || !complete || !(cut > 0) || below < sources / 10) return []
  return [
    {
      id: `${summary.id}/chosen-by-end`,
      table: 'adoption',
      datasetId: summary.id,
      kind: 'time-travel',
      severity: 'warn',
      count: below,
      text:
        `In the last period none of the ${whole(sources)} sources is below ${whole(cut)}; one period earlier ` +
        `${whole(below)} of them were. The list looks chosen by its end: whoever fell below is missing, and a test ` +
        'on it knows from the start who would grow.',
      examples: [],
    },
  ]
}
