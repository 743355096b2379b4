import type { TableFinding } from '../api.ts'
import type { Database } from '../database.ts'
import { mostExamples, plural, whole, type RowRule } from './findings.ts'
import { rowsOf, type LoadedTable } from './loadedTables.ts'

const row = `concat_ws(' ', announced_on::VARCHAR, nullif(symbol, ''), nullif(company, ''), kind, nullif(counterparty, ''))`

export const eventRules: RowRule[] = [
  {
    name: 'weekend',
    kind: 'dates',
    severity: 'info',
    where: `isodow(announced_on) > 5 AND precision NOT IN ('month', 'year')`,
    text: (count, n) =>
      `${count} ${n === 1 ? 'date falls' : 'dates fall'} on a weekend. Prices can answer at the next session, ` +
      'so that is the day they count for.',
    example: row,
  },
  {
    name: 'month-only',
    kind: 'dates',
    severity: 'warn',
    where: `precision = 'month'`,
    text: (count, n) =>
      `${count} ${n === 1 ? 'date is' : 'dates are'} known to the month only and read as its last day: ` +
      'unfit for a study of single days.',
    example: row,
  },
  {
    name: 'year-only',
    kind: 'dates',
    severity: 'warn',
    where: `precision = 'year'`,
    text: (count, n) =>
      `${count} ${n === 1 ? 'date is' : 'dates are'} known to the year only and read as its last day: ` +
      'unfit for a study of single days.',
    example: row,
  },
]

/** Share of the days of a year, times how many standard deviations a cluster must exceed chance by. */
const clusters = [
  {
    name: 'new-year',
    where: 'month(announced_on) = 1 AND day(announced_on) = 1',
    share: 1 / 365.25,
    on: '1 January',
    known: 'year',
  },
  {
    name: 'first-of-month',
    where: 'day(announced_on) = 1',
    share: 12 / 365.25,
    on: 'the first of a month',
    known: 'month',
  },
]
const unlikely = 6
const fewest = 10

/** Dates that pile up on the first of a month or on 1 January: filled in where the source knew less. */
export async function dateClusterFindings(database: Database, events: LoadedTable): Promise<TableFinding[]> {
  const findings: TableFinding[] = []
  for (const dataset of events.datasets) {
    const rows = rowsOf({ ...events, datasets: [dataset] }, 'announced_on, precision')
    const found = await database.query(
      `SELECT ${clusters.map(({ where }, i) => `(count(*) FILTER (${where}))::INTEGER AS n_${i}`).join(', ')},
         count(*)::INTEGER AS dated FROM ${rows} WHERE precision NOT IN ('month', 'year')`,
    )
    const dated = found.integers('dated')[0]
    for (const [i, { name, share, on, known }] of clusters.entries()) {
      const n = found.integers(`n_${i}`)[0]
      const chance = dated * share
      if (n < fewest || n - chance < unlikely * Math.sqrt(chance)) continue
      findings.push({
        id: `${dataset.summary.id}/${name}`,
        table: 'events',
        datasetId: dataset.summary.id,
        kind: 'dates',
        severity: 'warn',
        count: n,
        text:
          `${plural(n, 'date')} on ${on}, where chance would put about ${whole(Math.round(chance))} of ` +
          `${whole(dated)}: likely known to the ${known} only.`,
        examples: [],
      })
    }
  }
  return findings
}

/** Events of symbols whose prices do not reach to them: nothing can be measured there. */
export async function outsidePricesFindings(
  database: Database,
  events: LoadedTable,
  prices: LoadedTable,
): Promise<TableFinding[]> {
  const outside = `
    FROM ${rowsOf(events, 'symbol, announced_on')} AS event JOIN (
      SELECT symbol, min(date) AS first, max(date) AS last FROM ${rowsOf(prices, 'symbol, date')} GROUP BY symbol
    ) AS priced USING (symbol) WHERE announced_on NOT BETWEEN first AND last`
  const count = (await database.query(`SELECT count(*)::INTEGER AS n ${outside}`)).integers('n')[0]
  if (count === 0) return []
  const examples = await database.query(
    `SELECT symbol || ' on ' || announced_on || '; its prices run from ' || first || ' to ' || last AS example
     ${outside} ORDER BY symbol, announced_on LIMIT ${mostExamples}`,
  )
  return [
    {
      id: 'events/outside-prices',
      table: 'events',
      datasetId: null,
      kind: 'dates',
      severity: 'warn',
      count,
      text: `${plural(count, 'event lies', 'events lie')} outside the prices of ${count === 1 ? 'its' : 'their'} symbol and cannot be measured.`,
      examples: examples.texts('example'),
    },
  ]
}
