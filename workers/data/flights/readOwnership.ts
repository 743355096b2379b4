import { openFrom, openTo, type FlightProblem, type FlightTables } from '../../quant/flightTables.ts'
import type { Database } from '../database.ts'
import { mostExamples, plural } from '../quality/findings.ts'
import { isoOf } from '../read/dates.ts'
import { rowsOfAll } from './rowsOfAll.ts'

/** Who operated what: one row per tail and first day, by tail, then first day. */
interface Ranges {
  tail: number[]
  company: number[]
  from: number[]
  to: number[]
}

/**
 * Who operated each tail and when. Of rows with the same first day the last counts; where the ranges of two
 * companies overlap, the one that began later has the aircraft from its first day on. Needs `jet_tails` and
 * `jet_companies`.
 */
export async function readOwnership(
  database: Database,
  aircraft: string[],
  names: { tail: string[]; company: string[] },
): Promise<{ ownership: FlightTables['ownership']; problems: FlightProblem[] }> {
  const day = (column: string, open: number) => `COALESCE((${column} - DATE '1970-01-01'), ${open})::INTEGER`
  const found = await database.query(
    `SELECT tail.ordinal AS tail, company.ordinal AS company, ${day('valid_from', openFrom)} AS first,
       ${day('valid_to', openTo)} AS last
     FROM ${rowsOfAll(aircraft, 'icao24, symbol, valid_from, valid_to')} AS row
       JOIN jet_tails AS tail ON tail.icao24 = row.icao24
       JOIN jet_companies AS company ON company.symbol = row.symbol
     ORDER BY tail, first, source, row.line`,
  )
  const [tail, company, first, last] = ['tail', 'company', 'first', 'last'].map((c) => found.integers(c))
  const backwards: string[] = []
  const shared: string[] = []
  const ranges: Ranges = { tail: [], company: [], from: [], to: [] }
  const { to } = ranges
  for (let i = 0; i < found.rows; i++) {
    if (last[i] < first[i]) {
      backwards.push(`${names.tail[tail[i]]}: ${isoOf(first[i])} to ${isoOf(last[i])}`)
      continue
    }
    const before = to.length - 1
    if (before >= 0 && ranges.tail[before] === tail[i]) {
      if (ranges.from[before] === first[i]) {
        ranges.company[before] = company[i]
        to[before] = last[i]
        continue
      }
      if (first[i] <= to[before] && ranges.company[before] === company[i]) {
        to[before] = Math.max(to[before], last[i])
        continue
      }
      if (first[i] <= to[before]) {
        const [earlier, later] = [ranges.company[before], company[i]].map((c) => names.company[c])
        shared.push(`${names.tail[tail[i]]}: ${earlier}, and from ${isoOf(first[i])} ${later}`)
        to[before] = first[i] - 1
      }
    }
    ranges.tail.push(tail[i])
    ranges.company.push(company[i])
    ranges.from.push(first[i])
    to.push(last[i])
  }
  const problems: FlightProblem[] = []
  if (backwards.length > 0) {
    problems.push({
      kind: 'ends-before-it-begins',
      count: backwards.length,
      text:
        `${plural(backwards.length, 'row says', 'rows say')} that an aircraft left its company before it came: ` +
        'not used.',
      examples: backwards.slice(0, mostExamples),
    })
  }
  if (shared.length > 0) {
    problems.push({
      kind: 'two-owners',
      count: shared.length,
      text:
        `${plural(shared.length, 'time', 'times')} two companies operate an aircraft at once: the one that ` +
        'began later has it from its first day on.',
      examples: shared.slice(0, mostExamples),
    })
  }
  problems.push(...(await repeatedTails(database, aircraft)), ...(await unmatchedOwners(database, aircraft)))
  return {
    ownership: {
      tail: Int32Array.from(ranges.tail),
      company: Int32Array.from(ranges.company),
      from: Int32Array.from(ranges.from),
      to: Int32Array.from(to),
    },
    problems,
  }
}

async function repeatedTails(database: Database, aircraft: string[]): Promise<FlightProblem[]> {
  const found = await database.query(
    `SELECT icao24, COALESCE(valid_from::VARCHAR, '') AS first, (count(*) - 1)::INTEGER AS again
     FROM ${rowsOfAll(aircraft, 'icao24, valid_from')} GROUP BY icao24, valid_from HAVING count(*) > 1
     ORDER BY again DESC, icao24`,
  )
  if (found.rows === 0) return []
  const again = found.integers('again').reduce((sum, n) => sum + n, 0)
  const first = found.texts('first')
  return [
    {
      kind: 'repeated-tail',
      count: again,
      text:
        `${plural(again, 'row lists', 'rows list')} an aircraft again with the same first day: the last that ` +
        'names a company is used.',
      examples: found
        .texts('icao24')
        .slice(0, mostExamples)
        .map((icao24, i) => (first[i] === '' ? icao24 : `${icao24} from ${first[i]}`)),
    },
  ]
}

async function unmatchedOwners(database: Database, aircraft: string[]): Promise<FlightProblem[]> {
  const found = await database.query(
    `SELECT owner, count(*)::INTEGER AS n, count(tail.ordinal)::INTEGER AS flown FROM (
       SELECT icao24, arg_max(owner, (source, line)) AS owner
       FROM ${rowsOfAll(aircraft, 'icao24, symbol, owner')} GROUP BY icao24 HAVING max(symbol) = '')
     LEFT JOIN jet_tails AS tail USING (icao24) GROUP BY owner ORDER BY flown DESC, n DESC, owner`,
  )
  if (found.rows === 0) return []
  const sum = (column: string) => found.integers(column).reduce((total, n) => total + n, 0)
  const [count, flown] = [sum('n'), sum('flown')]
  const counts = found.integers('n')
  return [
    {
      kind: 'unmatched-owner',
      count,
      text:
        `${plural(count, 'aircraft has', 'aircraft have')} an owner that no company has been matched to; ` +
        `${flown === 0 ? 'none of them flies' : plural(flown, 'of them flies', 'of them fly')} in the legs ` +
        'loaded. Owners are matched in the data room.',
      examples: found
        .texts('owner')
        .slice(0, mostExamples)
        .map((owner, i) => `${owner || 'no owner named'}: ${plural(counts[i], 'aircraft', 'aircraft')}`),
    },
  ]
}
