import type { FlightProblem, FlightTables } from '../../quant/flightTables.ts'
import type { Database } from '../database.ts'
import { mostExamples, plural } from '../quality/findings.ts'
import { tables as schema } from '../schema.ts'
import { rowsOfAll } from './rowsOfAll.ts'

type Legs = FlightTables['flights']

/** What the query says of an airport that is named but not known. */
const unlisted = -2
const minutesPerDay = 1440

/**
 * Legs by tail, then departure: sorted by SQL, then settled in one pass over the columns. Needs `jet_tails` and
 * `jet_airport_codes`.
 */
export async function readLegs(
  database: Database,
  tables: string[],
  tails: string[],
): Promise<{ flights: Legs; problems: FlightProblem[] }> {
  const rows = rowsOfAll(tables, 'icao24, departed_at, arrived_at, origin, destination, known_at')
  const minutes = (column: string) => `epoch_ms(${column})::DOUBLE / 60000`
  const place = (column: string) =>
    `(CASE WHEN ${column} = '' THEN -1 ELSE COALESCE(${column}_airport.ordinal, ${unlisted}) END)::INTEGER`
  const found = await database.query(
    `SELECT tail.ordinal AS tail, ${minutes('departed_at')} AS departed,
       COALESCE(${minutes('arrived_at')}, 'NaN'::DOUBLE) AS arrived,
       ${place('origin')} AS origin, ${place('destination')} AS destination,
       COALESCE(known_at - DATE '1970-01-01', -2147483648)::INTEGER AS known
     FROM ${rows} JOIN jet_tails AS tail USING (icao24)
       LEFT JOIN jet_airport_codes AS origin_airport ON origin_airport.code = origin
       LEFT JOIN jet_airport_codes AS destination_airport ON destination_airport.code = destination
     WHERE departed_at IS NOT NULL ORDER BY tail, departed`,
  )
  const columns: Legs = {
    tail: found.integers('tail'),
    departed: found.numbers('departed'),
    arrived: found.numbers('arrived'),
    origin: found.integers('origin'),
    destination: found.integers('destination'),
    known: found.integers('known'),
  }
  const { flights, unknownAirports, ...counts } = settled(columns, tails)
  const problems = problemsOf(counts)
  if (unknownAirports > 0) problems.unshift(await unknownAirportsOf(database, rows, unknownAirports))
  return { flights, problems }
}

/** Rows concerned, and the first few in words. */
class Noticed {
  count = 0
  readonly examples: string[] = []

  add(example: () => string): void {
    this.count++
    if (this.examples.length < mostExamples) this.examples.push(example())
  }
}

/** One leg of each departure, with what is impossible taken out; `sorted` is by tail, then departure. */
function settled(sorted: Legs, tails: string[]) {
  const rows = sorted.tail.length
  const kept: Legs = {
    tail: new Int32Array(rows),
    departed: new Float64Array(rows),
    arrived: new Float64Array(rows),
    origin: new Int32Array(rows),
    destination: new Int32Array(rows),
    known: new Int32Array(rows),
  }
  const backwards = new Noticed()
  const early = new Noticed()
  const repeated = new Noticed()
  let unknownAirports = 0
  let used = 0
  for (let i = 0; i < rows; i++) {
    const tail = sorted.tail[i]
    const departed = sorted.departed[i]
    const name = () => `${tails[tail]} ${minuteOf(departed)}`
    let arrived = sorted.arrived[i]
    let known = sorted.known[i]
    let lastKnown = Math.floor((Number.isNaN(arrived) ? departed : arrived) / minutesPerDay)
    if (arrived < departed) {
      const told = arrived
      backwards.add(() => `${name()}, arrives ${minuteOf(told)}`)
      arrived = NaN
      // The day it became known was told by the arrival, or by the same clock.
      lastKnown = Math.floor((departed + schema.flights.knownAt!.lagHours * 60) / minutesPerDay)
    } else if (known < lastKnown) early.add(name)
    known = Math.max(known, lastKnown)
    let origin = sorted.origin[i]
    let destination = sorted.destination[i]
    if (origin === unlisted) {
      unknownAirports++
      origin = -1
    }
    if (destination === unlisted) {
      unknownAirports++
      destination = -1
    }
    const last = used - 1
    const again = last >= 0 && kept.tail[last] === tail && kept.departed[last] === departed
    if (again) {
      repeated.add(name)
      const told = tells(arrived, origin, destination)
      const toldBefore = tells(kept.arrived[last], kept.origin[last], kept.destination[last])
      if (told < toldBefore || (told === toldBefore && known >= kept.known[last])) continue
      used = last
    }
    kept.tail[used] = tail
    kept.departed[used] = departed
    kept.arrived[used] = arrived
    kept.origin[used] = origin
    kept.destination[used] = destination
    kept.known[used] = known
    used++
  }
  const flights: Legs = {
    tail: kept.tail.slice(0, used),
    departed: kept.departed.slice(0, used),
    arrived: kept.arrived.slice(0, used),
    origin: kept.origin.slice(0, used),
    destination: kept.destination.slice(0, used),
    known: kept.known.slice(0, used),
  }
  return { flights, unknownAirports, backwards, early, repeated }
}

/** How much a row says of a leg: arrival, origin, destination. */
function tells(arrived: number, origin: number, destination: number): number {
  return (Number.isNaN(arrived) ? 0 : 1) + (origin < 0 ? 0 : 1) + (destination < 0 ? 0 : 1)
}

function minuteOf(minutes: number): string {
  return new Date(minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ')
}

function problemsOf(noticed: { backwards: Noticed; early: Noticed; repeated: Noticed }): FlightProblem[] {
  const { backwards, early, repeated } = noticed
  const problems: FlightProblem[] = [
    {
      kind: 'arrives-before-departing',
      ...backwards,
      text: `${plural(backwards.count, 'leg arrives', 'legs arrive')} before departing: the arrival counts as unknown.`,
    },
    {
      kind: 'known-too-early',
      ...early,
      text:
        `${plural(early.count, 'leg is', 'legs are')} said to be known before the day it ended: ` +
        'used from that day on.',
    },
    {
      kind: 'repeated-leg',
      ...repeated,
      text:
        `${plural(repeated.count, 'row is', 'rows are')} a leg given before, by aircraft and departure: ` +
        'the fuller row is used, and of equal ones the first known.',
    },
  ]
  return problems.filter(({ count }) => count > 0)
}

async function unknownAirportsOf(database: Database, rows: string, count: number): Promise<FlightProblem> {
  const found = await database.query(
    `SELECT code, sum(n)::INTEGER AS n FROM (
       SELECT origin AS code, count(*) AS n FROM ${rows} GROUP BY origin
       UNION ALL SELECT destination, count(*) FROM ${rows} GROUP BY destination)
     WHERE code <> '' AND code NOT IN (SELECT code FROM jet_airport_codes)
     GROUP BY code ORDER BY n DESC, code`,
  )
  const counts = found.integers('n')
  return {
    kind: 'unknown-airport',
    count,
    text:
      `${plural(count, 'departure or arrival names an airport', 'departures and arrivals name airports')} that ` +
      `the list of airports does not have (${plural(found.rows, 'code')}): the place counts as unknown.`,
    examples: found
      .texts('code')
      .slice(0, mostExamples)
      .map((code, i) => `${code}: ${plural(counts[i], 'time')}`),
  }
}
