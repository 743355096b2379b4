import type { FlightProblem, FlightTables } from '../../quant/flightTables.ts'
import type { Database } from '../database.ts'
import { mostExamples, plural } from '../quality/findings.ts'
import { quoteLiteral } from '../sql.ts'
import type { FlightSources } from './flightSources.ts'
import { lastOf, rowsOfAll } from './rowsOfAll.ts'

/**
 * Every company that a table or a price names, by symbol, and the temporary table `jet_companies` (symbol,
 * ordinal). Needs `jet_airport_codes`.
 */
export async function readCompanies(
  database: Database,
  { companies, aircraft, events }: FlightSources,
  priceSymbols: string[],
): Promise<{ companies: FlightTables['companies']; problems: FlightProblem[] }> {
  const priced =
    priceSymbols.length === 0
      ? ''
      : `UNION SELECT * FROM (VALUES ${priceSymbols.map((symbol) => `(${quoteLiteral(symbol)})`).join(', ')})`
  await database.query(
    `CREATE OR REPLACE TEMP TABLE jet_companies AS
     WITH described AS (
       SELECT symbol, name, sector, hq_airport
       FROM ${rowsOfAll(companies, 'symbol, name, sector, hq_airport')} WHERE symbol <> '' ${lastOf('symbol')}
     ), named(symbol) AS (
       SELECT symbol FROM described
       UNION SELECT symbol FROM ${rowsOfAll(aircraft, 'symbol')}
       UNION SELECT symbol FROM ${rowsOfAll(events, 'symbol')} ${priced}
     )
     SELECT symbol, (row_number() OVER (ORDER BY symbol) - 1)::INTEGER AS ordinal,
       COALESCE(NULLIF(described.name, ''), symbol) AS name, COALESCE(sector, '') AS sector,
       COALESCE(hq_airport, '') AS hq_airport, described.symbol IS NOT NULL AS is_described
     FROM named LEFT JOIN described USING (symbol) WHERE symbol <> ''`,
  )
  const found = await database.query(
    `SELECT symbol, name, sector, hq_airport, COALESCE(airport.ordinal, -1)::INTEGER AS headquarters,
       (is_described OR symbol IN (SELECT symbol FROM ${rowsOfAll(aircraft, 'symbol')}))::INTEGER AS concerned
     FROM jet_companies LEFT JOIN jet_airport_codes AS airport ON airport.code = hq_airport
     ORDER BY jet_companies.ordinal`,
  )
  const symbol = found.texts('symbol')
  const sectors = found.texts('sector')
  const headquarters = found.integers('headquarters').slice()
  const airport = found.texts('hq_airport')
  const concerned = found.integers('concerned')
  const homeless = symbol.flatMap((name, i) =>
    headquarters[i] >= 0 || concerned[i] === 0
      ? []
      : [airport[i] === '' ? name : `${name}: ${airport[i]} is not among the airports`],
  )
  return {
    companies: { symbol, name: found.texts('name'), headquarters, sector: numbered(sectors) },
    problems:
      homeless.length === 0
        ? []
        : [
            {
              kind: 'no-headquarters',
              count: homeless.length,
              text:
                `${plural(homeless.length, 'company has', 'companies have')} no headquarters at an airport of ` +
                'the list: nobody can be seen visiting there.',
              examples: homeless.slice(0, mostExamples),
            },
          ],
  }
}

/** A number for each name, in the order of the alphabet; −1 for none. */
function numbered(names: string[]): Int32Array {
  const numbers = new Map(
    [...new Set(names)]
      .filter(Boolean)
      .sort()
      .map((name, i) => [name, i]),
  )
  return Int32Array.from(names, (name) => numbers.get(name) ?? -1)
}
