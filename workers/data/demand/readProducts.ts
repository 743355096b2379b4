import type { DemandProblem } from '../../quant/demandTables.ts'
import type { Database } from '../database.ts'
import { rowsOfAll } from '../flights/rowsOfAll.ts'
import { plural } from '../quality/findings.ts'
import { quoteLiteral } from '../sql.ts'
import type { DemandSources } from './demandSources.ts'
import { Noticed } from './noticed.ts'

export interface NamedPair {
  company: number
  name: string
}

/**
 * The companies with prices that a table names, by symbol, and what is counted apart of them, by company, then
 * name. Makes the temporary tables `demand_companies` (symbol, ordinal) and `demand_pairs` (symbol, name,
 * ordinal). Rows of nobody, or of companies without prices, are counted.
 */
export async function readProducts(
  database: Database,
  sources: DemandSources,
  priceSymbols: string[],
): Promise<{
  companies: { symbol: string[]; name: string[] }
  pairs: NamedPair[]
  problems: DemandProblem[]
}> {
  const counted = [...sources.tickets, ...sources.adoption].map(({ table }) => table)
  const happened = [...sources.incidents, ...sources.news]
  const named = [
    counted.length === 0
      ? []
      : [`SELECT symbol, source AS name FROM ${rowsOfAll(counted, 'symbol, source')}`],
    happened.length === 0 ? [] : [`SELECT symbol, NULL AS name FROM ${rowsOfAll(happened, 'symbol')}`],
  ].flat()
  await database.query(
    `CREATE OR REPLACE TEMP TABLE demand_named AS
     WITH priced(symbol) AS (${valuesOf(priceSymbols)})
     SELECT named.symbol, name, count(*)::INTEGER AS n, priced.symbol IS NOT NULL AS is_priced
     FROM (${named.join(' UNION ALL ')}) AS named LEFT JOIN priced ON priced.symbol = named.symbol
     GROUP BY ALL`,
  )
  await database.query(
    `CREATE OR REPLACE TEMP TABLE demand_companies AS
     SELECT symbol, (row_number() OVER (ORDER BY symbol) - 1)::INTEGER AS ordinal
     FROM (SELECT DISTINCT symbol FROM demand_named WHERE is_priced)`,
  )
  await database.query(
    `CREATE OR REPLACE TEMP TABLE demand_pairs AS
     SELECT symbol, name, (row_number() OVER (ORDER BY symbol, name) - 1)::INTEGER AS ordinal
     FROM (SELECT DISTINCT symbol, name FROM demand_named WHERE is_priced AND name IS NOT NULL)`,
  )
  const pairs = await database.query(
    `SELECT company.ordinal AS company, pair.name AS name
     FROM demand_pairs AS pair JOIN demand_companies AS company USING (symbol) ORDER BY pair.ordinal`,
  )
  const company = pairs.integers('company')
  return {
    companies: await namesOf(database, sources.companies),
    pairs: pairs.texts('name').map((name, i) => ({ company: company[i], name })),
    problems: await rowsOfNobody(database),
  }
}

function valuesOf(symbols: string[]): string {
  return symbols.length === 0
    ? `SELECT '' WHERE false`
    : `VALUES ${symbols.map((symbol) => `(${quoteLiteral(symbol)})`).join(', ')}`
}

async function namesOf(
  database: Database,
  companies: string[],
): Promise<{ symbol: string[]; name: string[] }> {
  const described =
    companies.length === 0
      ? `SELECT '' AS symbol, '' AS name WHERE false`
      : `SELECT symbol, arg_max(name, (source, line)) AS name FROM ${rowsOfAll(companies, 'symbol, name')}
         WHERE name <> '' GROUP BY symbol`
  const found = await database.query(
    `SELECT company.symbol AS symbol, COALESCE(described.name, company.symbol) AS name
     FROM demand_companies AS company LEFT JOIN (${described}) AS described USING (symbol) ORDER BY company.ordinal`,
  )
  return { symbol: found.texts('symbol'), name: found.texts('name') }
}

async function rowsOfNobody(database: Database): Promise<DemandProblem[]> {
  const found = await database.query(
    `SELECT symbol, sum(n)::INTEGER AS n FROM demand_named WHERE NOT is_priced GROUP BY symbol ORDER BY n DESC, symbol`,
  )
  const counts = found.integers('n')
  const noticed = new Noticed()
  found
    .texts('symbol')
    .forEach((symbol, i) =>
      noticed.add(() => `${symbol || 'no symbol'}: ${plural(counts[i], 'row')}`, counts[i]),
    )
  return noticed.problem(
    'no-prices',
    (count) =>
      `${plural(count, 'row is', 'rows are')} of companies without prices (${plural(found.rows, 'symbol')}): left out.`,
  )
}
