import type { FlightTables } from '../quant/flightTables.ts'
import type { RowTable } from '../quant/rows.ts'
import { ageBuckets } from './jet/ages.ts'
import { flatNames, flatOf } from './jet/flat.ts'
import { FleetStream } from './jet/fleetStream.ts'
import type { SeenVisit } from './jet/companyLog.ts'
import { summaryOf } from './jet/summary.ts'
import {
  legTokens,
  levelNames,
  sequenceLength,
  sequenceNames,
  sequenceWidth,
  writeTokens,
} from './jet/tokens.ts'
import { weekOf } from './jet/weeks.ts'

/**
 * The rows of Jet: on each day on which a visit of one company to the headquarters of another became known, that
 * visit; at the end of each week, every company with legs in the past year. Ordered by day.
 */
export interface JetRows extends RowTable {
  /** [rows] index of the trading day at whose close the row is decided, and its epoch day */
  day: Int32Array
  known: Int32Array
  /** [rows] who flew; whom they visited, −1 on a company-week */
  company: Int32Array
  visited: Int32Array
  /** [rows × legTokens] the legs the row shows, newest first; −1 = none */
  legs: Int32Array
}

/** One row to be written. */
export interface RowSpec {
  day: number
  company: number
  visit: SeenVisit | null
}

/** Days without a leg after which a company is not looked at any more. */
const forgetAfter = 365

/**
 * Features of all rows, from nothing but what was known at the close of each row's day: dropping later flights, events
 * and changes of owner changes no number of them.
 *
 * @param dates [days] epoch days on which decisions are taken
 * @param wanted the rows of interest; all by default
 * @param skipped legs that are left out as if nobody had seen them
 */
export function jetRows(
  tables: FlightTables,
  dates: Int32Array,
  {
    wanted = () => true,
    skipped,
  }: { wanted?: (row: RowSpec) => boolean; skipped?: ReadonlySet<number> } = {},
): JetRows {
  const stream = new FleetStream(tables, dates.at(-1) ?? 0, skipped)
  const room = new RowRoom()
  const write = (row: RowSpec) => {
    if (wanted(row)) room.add(row, dates[row.day], stream, tables)
  }
  for (let day = 0; day < dates.length; day++) {
    const today = dates[day]
    const visits = stream.advance(today)
    for (const log of stream.companies) log?.weeks.settle(weekOf(today))
    // A second visit of the same two on one day takes the place of the first.
    const byPair = new Map(visits.map((visit) => [`${visit.visitor} ${visit.visited}`, visit]))
    for (const visit of byPair.values()) write({ day, company: visit.visitor, visit })
    const weekEnds = day + 1 === dates.length || weekOf(dates[day + 1]) !== weekOf(today)
    if (!weekEnds) continue
    stream.companies.forEach((log, company) => {
      if (log && isFlying(log.legs, tables, today)) write({ day, company, visit: null })
    })
  }
  return room.rows()
}

function isFlying(legs: readonly number[], { flights }: FlightTables, today: number): boolean {
  const last = legs.at(-1)
  return last !== undefined && today - flights.departed[last] / 1440 < forgetAfter
}

/** Rows that room is made for at first. */
const firstRoom = 128

/** Columns that grow by rows. */
class RowRoom {
  private count = 0
  private readonly numbers = {
    day: [] as number[],
    known: [] as number[],
    company: [] as number[],
    visited: [] as number[],
  }
  private flat = new Float32Array(0)
  private values = new Float32Array(0)
  private levels = new Int8Array(0)
  private ages = new Uint8Array(0)
  private legs = new Int32Array(0)

  add({ day, company, visit }: RowSpec, today: number, stream: FleetStream, tables: FlightTables): void {
    const row = this.count++
    this.makeRoom()
    const visited = visit?.visited ?? -1
    const log = stream.companies[company]!
    const summary = summaryOf(stream, tables, { company, day: today, visit })
    const cells = sequenceLength * sequenceWidth
    const room = {
      values: this.values.subarray(row * cells, (row + 1) * cells),
      levels: this.levels.subarray(row * sequenceLength, (row + 1) * sequenceLength),
      ages: this.ages.subarray(row * sequenceLength, (row + 1) * sequenceLength),
      legs: this.legs.subarray(row * legTokens, (row + 1) * legTokens),
    }
    writeTokens(room, stream, tables, log, summary, { day: today, visited })
    this.flat.set(flatOf(summary, room), row * flatNames.length)
    this.numbers.day.push(day)
    this.numbers.known.push(today)
    this.numbers.company.push(company)
    this.numbers.visited.push(visited)
  }

  rows(): JetRows {
    const { count, numbers } = this
    return {
      rows: count,
      day: Int32Array.from(numbers.day),
      known: Int32Array.from(numbers.known),
      company: Int32Array.from(numbers.company),
      visited: Int32Array.from(numbers.visited),
      flat: { values: this.flat.slice(0, count * flatNames.length), names: [...flatNames] },
      sequence: {
        length: sequenceLength,
        values: this.values.slice(0, count * sequenceLength * sequenceWidth),
        names: sequenceNames,
        levels: this.levels.slice(0, count * sequenceLength),
        levelNames,
        ages: this.ages.slice(0, count * sequenceLength),
        ageBuckets,
      },
      legs: this.legs.slice(0, count * legTokens),
    }
  }

  private makeRoom(): void {
    const room = this.flat.length / flatNames.length
    if (this.count <= room) return
    const rows = Math.max(firstRoom, 3 * room)
    this.flat = grown(this.flat, rows * flatNames.length)
    this.values = grown(this.values, rows * sequenceLength * sequenceWidth)
    this.levels = grown(this.levels, rows * sequenceLength)
    this.ages = grown(this.ages, rows * sequenceLength)
    this.legs = grown(this.legs, rows * legTokens)
  }
}

function grown<T extends Float32Array | Int8Array | Uint8Array | Int32Array>(column: T, length: number): T {
  const larger = new (column.constructor as new (length: number) => T)(length)
  larger.set(column)
  return larger
}
