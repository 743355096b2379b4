import { eventKinds, type FlightProblem, type FlightTables } from '../../quant/flightTables.ts'
import type { OwnerDecision } from '../api.ts'
import type { Database } from '../database.ts'
import { mostExamples, plural } from '../quality/findings.ts'
import { isoOf } from '../read/dates.ts'
import { quoteLiteral } from '../sql.ts'
import { rowsOfAll } from './rowsOfAll.ts'

/**
 * Announcements by day; the same one twice is one. The other side is found by its ticker, or by what a person
 * decided about its name. Needs `jet_companies`.
 */
export async function readEvents(
  database: Database,
  tables: string[],
  decisions: OwnerDecision[],
): Promise<{ events: FlightTables['events']; problems: FlightProblem[] }> {
  const rows = rowsOfAll(tables, 'symbol, company, announced_on, kind, counterparty, precision')
  const kinds = eventKinds.map((kind, i) => `WHEN ${quoteLiteral(kind)} THEN ${i}`)
  const found = await database.query(
    `WITH decided(name, symbol, first, last) AS (${decidedSql(decisions)}), event AS (
       SELECT DISTINCT symbol, announced_on, kind, counterparty FROM ${rows}
       WHERE symbol <> '' AND announced_on IS NOT NULL AND precision IN ('', 'day')
     )
     SELECT company.ordinal AS company, (announced_on - DATE '1970-01-01')::INTEGER AS day,
       (CASE kind ${kinds.join(' ')} ELSE ${eventKinds.indexOf('other')} END)::INTEGER AS kind,
       COALESCE(ticker.ordinal, named.ordinal, -1)::INTEGER AS counterparty
     FROM event JOIN jet_companies AS company ON company.symbol = event.symbol
       LEFT JOIN jet_companies AS ticker ON ticker.symbol = upper(trim(event.counterparty))
       LEFT JOIN decided ON decided.name = event.counterparty
         AND COALESCE(announced_on >= first, true) AND COALESCE(announced_on <= last, true)
       LEFT JOIN jet_companies AS named ON named.symbol = decided.symbol
     ORDER BY day, company, kind, counterparty`,
  )
  const leftOut = (where: string, kind: FlightProblem['kind'], one: string, many: string) =>
    eventsLeftOut(database, `${rows} WHERE ${where}`, kind, one, many)
  return {
    events: {
      company: found.integers('company').slice(),
      day: found.integers('day').slice(),
      kind: Uint8Array.from(found.integers('kind')),
      counterparty: found.integers('counterparty').slice(),
    },
    problems: [
      ...(await leftOut(
        `symbol = ''`,
        'event-of-nobody',
        'announcement names a company that has not been matched to a ticker: left out',
        'announcements name companies that have not been matched to a ticker: left out',
      )),
      ...(await leftOut(
        `symbol <> '' AND (announced_on IS NULL OR precision NOT IN ('', 'day'))`,
        'event-without-day',
        'announcement is known to the month or the year only: left out',
        'announcements are known to the month or the year only: left out',
      )),
    ],
  }
}

function decidedSql(decisions: OwnerDecision[]): string {
  const day = (epochDay: number | null) => (epochDay === null ? 'NULL::DATE' : `DATE '${isoOf(epochDay)}'`)
  const values = decisions.flatMap(({ owner, symbol, validFrom, validTo }) =>
    symbol === null
      ? []
      : [`(${quoteLiteral(owner)}, ${quoteLiteral(symbol)}, ${day(validFrom)}, ${day(validTo)})`],
  )
  return values.length > 0
    ? `VALUES ${values.join(', ')}`
    : `SELECT '', '', NULL::DATE, NULL::DATE WHERE false`
}

async function eventsLeftOut(
  database: Database,
  rows: string,
  kind: FlightProblem['kind'],
  one: string,
  many: string,
): Promise<FlightProblem[]> {
  const found = await database.query(`SELECT count(*)::INTEGER AS n FROM ${rows}`)
  const count = found.integers('n')[0]
  if (count === 0) return []
  const some = await database.query(
    `SELECT concat_ws(' ', COALESCE(NULLIF(symbol, ''), company), announced_on::VARCHAR, kind, counterparty) AS example
     FROM ${rows} ORDER BY source, line LIMIT ${mostExamples}`,
  )
  return [{ kind, count, text: `${plural(count, one, many)}.`, examples: some.texts('example') }]
}
