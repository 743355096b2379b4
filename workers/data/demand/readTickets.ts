import { moods, type DemandProblem } from '../../quant/demandTables.ts'
import type { Database } from '../database.ts'
import { plural } from '../quality/findings.ts'
import { isoOf } from '../read/dates.ts'
import { quoteIdentifier, quoteLiteral } from '../sql.ts'
import { firstKnownOf, medianOf, usualLag, type DayFigures, type SortedRows } from './dayFigures.ts'
import type { DemandSource } from './demandSources.ts'
import { Noticed } from './noticed.ts'
import type { Series } from './series.ts'
import { silencesOf } from './silences.ts'

export interface TicketSeriesRead extends Series {
  /** Index of the pair of company and source. */
  pair: number
  mood: number
}

/** Below this many tickets a day a day without any is nothing special. */
const lowCount = 5

class Notes {
  readonly impossible = new Noticed()
  readonly revised = new Noticed()
  readonly early = new Noticed()
  readonly missing = new Noticed()
  readonly absent = new Noticed()
  readonly silent = new Noticed()
}

/**
 * Daily counts by pair, then mood; all series of a pair run from its first day with a row to its last. Needs
 * `demand_pairs`.
 * @param names of the pairs, for examples
 */
export async function readTickets(
  database: Database,
  sources: DemandSource[],
  names: string[],
): Promise<{ series: TicketSeriesRead[]; problems: DemandProblem[] }> {
  const notes = new Notes()
  if (sources.length === 0) return { series: [], problems: [] }
  const rows = sources.map(
    ({ table }, source) =>
      `SELECT symbol, source AS name, sentiment, date, count, known_at, ${source} AS file, line
       FROM ${quoteIdentifier(table)}`,
  )
  const cases = moods.map((mood, i) => `WHEN ${quoteLiteral(mood)} THEN ${i}`)
  const found = await database.query(
    `SELECT pair.ordinal AS pair, (CASE sentiment ${cases.join(' ')} ELSE ${moods.indexOf('neutral')} END)::INTEGER AS mood,
       (date - DATE '1970-01-01')::INTEGER AS day, count AS value, file::INTEGER AS file,
       COALESCE(known_at - DATE '1970-01-01', -2147483648)::INTEGER AS known
     FROM (${rows.join(' UNION ALL ')}) AS rows
       JOIN demand_pairs AS pair ON pair.symbol = rows.symbol AND pair.name = rows.name
     WHERE date IS NOT NULL ORDER BY pair, mood, day, known, file, line`,
  )
  const pair = found.integers('pair')
  const mood = found.integers('mood')
  const source = found.integers('file')
  const sorted: SortedRows = {
    day: found.integers('day'),
    known: found.integers('known'),
    value: found.numbers('value'),
  }
  const series: TicketSeriesRead[] = []
  for (let from = 0; from < found.rows;) {
    let to = from
    let isCounted = true
    let isOneByOne = true
    const ofMoods: { mood: number; figures: DayFigures }[] = []
    while (to < found.rows && pair[to] === pair[from]) {
      const start = to
      while (to < found.rows && pair[to] === pair[from] && mood[to] === mood[start]) {
        isCounted &&= sources[source[to]].content !== 'rows'
        isOneByOne &&= sources[source[to]].content === 'tickets'
        to++
      }
      const name = `${names[pair[from]]} ${moods[mood[start]]}`
      const figures = firstKnownOf(sorted, start, to, name, notes.revised, notes.early)
      ofMoods.push({ mood: mood[start], figures })
    }
    series.push(...seriesOf(pair[from], names[pair[from]], ofMoods, { isCounted, isOneByOne }, notes))
    from = to
  }
  return { series, problems: problemsOf(notes) }
}

/** The moods of one pair over its days: what is absent is zero or missing, as its rows and sources tell. */
function seriesOf(
  pair: number,
  name: string,
  ofMoods: { mood: number; figures: DayFigures }[],
  { isCounted, isOneByOne }: { isCounted: boolean; isOneByOne: boolean },
  notes: Notes,
): TicketSeriesRead[] {
  const first = Math.min(...ofMoods.map(({ figures }) => figures.day[0]))
  const last = Math.max(...ofMoods.map(({ figures }) => figures.day[figures.day.length - 1]))
  const length = last - first + 1
  const total = new Float64Array(length).fill(NaN)
  /** Of days with a row, the latest on which one of them was known. */
  const known = new Int32Array(length)
  const told = new Uint8Array(length)
  let zeros = 0
  for (const { figures } of ofMoods) {
    figures.day.forEach((day, i) => {
      const at = day - first
      const value = countOf(figures.value[i], () => `${name} ${isoOf(day)}: ${figures.value[i]}`, notes)
      figures.value[i] = value
      if (value === 0) zeros++
      total[at] = (Number.isNaN(total[at]) ? 0 : total[at]) + (Number.isNaN(value) ? 0 : value)
      known[at] = Math.max(known[at], figures.known[i])
      told[at] = 1
    })
  }
  const absentIsZero = isCounted || (zeros === 0 && usualTotal(total) < lowCount)
  const lag = isOneByOne ? 1 : usualLag(ofMoods[0].figures)
  let absent = 0
  let firstAbsent = 0
  for (let at = 0; at < length; at++) {
    if (!Number.isNaN(total[at])) continue
    if (absent++ === 0) firstAbsent = first + at
    known[at] = first + at + lag
    if (absentIsZero) total[at] = 0
  }
  if (absent > 0 && absentIsZero) {
    notes.absent.add(() => `${name}: ${plural(absent, 'day')}, the first ${isoOf(firstAbsent)}`, absent)
  }
  if (isOneByOne) waitForNeighbours(known, (at) => told[at] === 1)
  const silences = silencesOf(total, first)
  for (const { from, to } of silences) {
    notes.silent.add(() => `${name}: ${isoOf(first + from)} to ${isoOf(first + to - 1)}`, to - from)
    total.fill(NaN, from, to)
  }
  const series = ofMoods.map(({ mood, figures }) => {
    const value = total.map((count) => (Number.isNaN(count) ? NaN : 0))
    const own = known.slice()
    figures.day.forEach((day, i) => {
      const at = day - first
      if (!Number.isNaN(total[at])) value[at] = figures.value[i]
      own[at] = figures.known[i]
    })
    return { pair, mood, first, value, known: own }
  })
  if (!absentIsZero && absent > 0) {
    notes.missing.add(() => `${name}: ${plural(absent, 'day')}, the first ${isoOf(firstAbsent)}`, absent)
  }
  return series
}

/**
 * That a day had no tickets is known no sooner than a day beside it: tickets that were all seen at once tell of the
 * days between them at that moment.
 * @param told whether the day at a place has a row
 */
function waitForNeighbours(known: Int32Array, told: (at: number) => boolean): void {
  let before = 0
  for (let at = 0; at < known.length; at++) {
    if (told(at)) {
      before = at
      continue
    }
    let after = at
    while (!told(after)) after++
    const soonest = Math.min(known[before], known[after])
    for (; at < after; at++) known[at] = Math.max(known[at], soonest)
    before = after
  }
}

/** NaN for what is no count. */
function countOf(value: number, example: () => string, notes: Notes): number {
  if (Number.isInteger(value) && value >= 0) return value
  notes.impossible.add(example)
  return NaN
}

function usualTotal(total: Float64Array): number {
  return medianOf(Int32Array.from(total.filter((count) => !Number.isNaN(count))))
}

function problemsOf(notes: Notes): DemandProblem[] {
  return [
    ...notes.impossible.problem(
      'impossible-count',
      (n) => `${plural(n, 'count is', 'counts are')} negative or no whole number: taken as missing.`,
    ),
    ...notes.revised.problem(
      'revised',
      (n) =>
        `${plural(n, 'count comes', 'counts come')} again with another value: the one that was known first is used.`,
    ),
    ...notes.early.problem(
      'known-too-early',
      (n) =>
        `${plural(n, 'count is', 'counts are')} said to be known before the day was over: used from the day after on.`,
    ),
    ...notes.missing.problem(
      'missing-days',
      (n) =>
        `${plural(n, 'day has', 'days have')} no count between days with one: missing, not zero, because the file ` +
        'writes zeros or seldom has few tickets.',
    ),
    ...notes.absent.problem(
      'absent-is-zero',
      (n) =>
        `${plural(n, 'day has', 'days have')} no count between days with one and ${n === 1 ? 'counts' : 'count'} as ` +
        'zero: the source lists only days with tickets.',
    ),
    ...notes.silent.problem(
      'silence',
      (n) =>
        `${plural(n, 'day is', 'days are')} part of a silence too long to be chance (1 in a million): missing, not zero.`,
    ),
  ]
}
