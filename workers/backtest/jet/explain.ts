import type { FlightTables } from '../../quant/flightTables.ts'
import { Random } from '../../quant/random.ts'
import type { RowScorer } from '../../quant/rows.ts'
import { flightsBefore } from '../../systems/jet/futures.ts'
import { legTokens } from '../../systems/jet/tokens.ts'
import { jetRows, type JetRows } from '../../systems/jetFeatures.ts'
import type { Explanation } from './contract.ts'
import { joinedRows } from './joinedRows.ts'
import type { JetMarket } from './jetMarket.ts'
import { departureOrder } from './map.ts'
import { nearHistory } from './nearHistory.ts'

/** Of the legs that moved it most, pairs are tried; so many random legs and pairs are put against them. */
const mostInPairs = 6
const randomLegs = 24
const randomPairs = 12
/** Days of which random legs are drawn. */
const randomOver = 365

/**
 * Which legs a decision rests on: every feature is made anew without the leg, as if nobody had seen it, and the model
 * asked again (occlusion: Zeiler & Fergus 2014); pairs of the strongest as well, because two visits may each stand
 * in for the other. Random legs of the same company show how much any leg moves it. A row that would not be there
 * without the leg has no conviction then. It explains the model, not the world.
 *
 * @param row of the dataset
 */
export async function explainRow(
  market: JetMarket,
  scorer: RowScorer,
  model: string,
  row: number,
): Promise<Explanation> {
  const { rows, tables } = market
  const shown = [...rows.legs.subarray(row * legTokens, (row + 1) * legTokens)].filter((leg) => leg >= 0)
  const { past, placeOf } = pastOf(tables, rows, row)
  const seen = (leg: number) => placeOf.get(leg)!
  const ask = (without: readonly number[][]) => convictions(past, rows, row, without, scorer, model)
  const random = new Random(1, row)
  const own = recentLegs(tables, market, row)
  const drawn = random.shuffle([...own]).slice(0, randomLegs)
  const [conviction, ...singles] = await ask([
    [],
    ...shown.map((leg) => [seen(leg)]),
    ...drawn.map((leg) => [seen(leg)]),
  ])
  const moved = shown.map((_, i) => conviction - singles[i])
  const movedAtRandom = drawn.map((_, i) => Math.abs(conviction - singles[shown.length + i]))
  const strongest = [...shown.keys()]
    .sort((a, b) => Math.abs(moved[b]) - Math.abs(moved[a]))
    .slice(0, mostInPairs)
  const pairs = strongest.flatMap((first, i) => strongest.slice(i + 1).map((second) => ({ first, second })))
  const pairsAtRandom = Array.from({ length: own.length > 1 ? randomPairs : 0 }, () => {
    const first = random.below(own.length)
    return [own[first], own[(first + 1 + random.below(own.length - 1)) % own.length]]
  })
  const together = await ask([
    ...pairs.map(({ first, second }) => [seen(shown[first]), seen(shown[second])]),
    ...pairsAtRandom.map((pair) => pair.map(seen)),
  ])
  const pairsMoved = pairs.map((pair, i) => ({ ...pair, moved: conviction - together[i] }))
  const randomMoved = pairsAtRandom.map((_, i) => Math.abs(conviction - together[pairs.length + i]))
  const place = new Map(Array.from(departureOrder(tables.flights.departed), (leg, at) => [leg, at]))
  return {
    row,
    conviction,
    legs: shown.map((leg, i) => ({ ...legInWords(tables, leg), leg: place.get(leg)!, moved: moved[i] })),
    pairs: pairsMoved.sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved)),
    random: {
      mean: mean(movedAtRandom),
      high: high(movedAtRandom),
      pairMean: mean(randomMoved),
      pairHigh: high(randomMoved),
    },
  }
}

/** What was known by then, and of other companies only what can still matter; legs by their place in it. */
function pastOf(tables: FlightTables, rows: JetRows, row: number) {
  const known = rows.known[row]
  return nearHistory(tables, flightsBefore, known, rows.company[row])
}

/** p(buy) − p(sell) of the row without the legs; 0 where there would be no row. */
async function convictions(
  past: FlightTables,
  rows: JetRows,
  row: number,
  without: readonly number[][],
  scorer: RowScorer,
  model: string,
): Promise<number[]> {
  const today = Int32Array.of(rows.known[row])
  const company = rows.company[row]
  const visited = rows.visited[row]
  const variants = without.map((legs) =>
    jetRows(past, today, {
      skipped: new Set(legs),
      wanted: (spec) => spec.company === company && (spec.visit?.visited ?? -1) === visited,
    }),
  )
  const there = variants.filter((variant) => variant.rows > 0)
  if (there.length === 0) return without.map(() => 0)
  const { probabilities } = await scorer.score(model, joinedRows(there))
  const { direction } = probabilities
  let next = 0
  return variants.map((variant) => {
    if (variant.rows === 0) return 0
    const at = 3 * next++
    return direction[at + 2] - direction[at]
  })
}

/** Legs of the row's company in the year before. */
function recentLegs({ flights }: FlightTables, market: JetMarket, row: number): number[] {
  const { rows, work } = market
  const last = rows.known[row]
  const from = (last - randomOver) * 1440
  const legs: number[] = []
  for (let leg = 0; leg < flights.tail.length; leg++)
    if (
      work.operators[leg] === rows.company[row] &&
      flights.known[leg] <= last &&
      flights.departed[leg] >= from
    )
      legs.push(leg)
  return legs
}

function legInWords({ flights, airports, tails }: FlightTables, leg: number) {
  const code = (airport: number) => (airport < 0 ? '' : airports.code[airport])
  const tail = flights.tail[leg]
  return {
    departed: flights.departed[leg],
    arrived: flights.arrived[leg],
    registration: tails.registration[tail] || tails.icao24[tail],
    origin: code(flights.origin[leg]),
    destination: code(flights.destination[leg]),
  }
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : NaN
}

/** 95th percentile. */
function high(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.length > 0 ? sorted[Math.min(sorted.length - 1, Math.ceil(0.95 * sorted.length) - 1)] : NaN
}
