import type { Deal } from './deals.ts'
import { exp, log } from './math.ts'
import { answerShape, type RegimeWorld, type Response } from './regimes.ts'
import { YEAR } from './returns.ts'

/*
 * What can be attained: somebody who knows how the generator works, but neither its latent states nor the
 * future, filters the regimes out of prices and volumes and trades them after costs. Written and frozen
 * before any system was tuned; its rules do not change with the seed or the strength.
 */

export interface OracleFigures {
  /** Mean ÷ sample deviation of daily returns × √252, over the whole market, idle days included. */
  sharpe: number
  annualReturn: number
  annualVolatility: number
  maxDrawdown: number
  trades: number
  /** Share of the trades that end above their costs. */
  accuracy: number
  /** The same share when each trade is made in a symbol picked by chance, all else equal. */
  baseRate: number
  meanHoldingDays: number
}

/** The observable tables: see `SimulatedMarket`. */
export interface OracleTables {
  dates: Int32Array
  symbols: string[]
  prices: { open: Int32Array; close: Int32Array }
  volume: Float64Array
  adjFactor: Float64Array
}

/** The generator's fixed parameters; of the deals only what is public on the day is used. */
export interface OracleKnowledge {
  regimes: RegimeWorld
  deals: readonly Deal[]
  beta: Float64Array
  ownVolatility: Float64Array
}

const COMMISSION = 0.0001
const SLIPPAGE = 0.0005
const SIDE_COST = COMMISSION + SLIPPAGE
/** Enter when the move still expected is worth two round trips, leave when it is not worth one side. */
const ENTER_ABOVE = 0.012
const LEAVE_BELOW = SIDE_COST
/** Fraction of equity at full conviction, which is an expected move of 2 %. */
const POSITION = 0.15
const FULL_CONVICTION = 0.04
const GROSS = 1

/** How the oracle sees the shocks of a symbol: t with so many degrees of freedom, variance 1. */
const FREEDOM = 4.5
const INFORMATION = ((FREEDOM + 1) * FREEDOM) / ((FREEDOM + 3) * (FREEDOM - 2))
const score = (z: number) => ((FREEDOM + 1) * z) / (FREEDOM - 2 + z * z)
const logDensity = (z: number) => (-(FREEDOM + 1) / 2) * log(1 + (z * z) / (FREEDOM - 2))

const BENCHMARK_BETA = 1.2
const SECTOR_VARIANCE = (0.115 * 0.115) / YEAR

export function runOracle(
  tables: OracleTables,
  known: OracleKnowledge,
  sectorOf: readonly number[],
): OracleFigures {
  return trade(tables, expectedMoves(tables, known, sectorOf), known.deals)
}

/** A day on which an episode may have begun, and how likely each story about it is. */
interface Suspicion {
  day: number
  direction: 1 | -1
  /** Log odds of each story against “nothing happened”. */
  trending: number
  reverting: number
  innocent: number
}

/**
 * [symbols × days] the return still expected of each symbol after the close of each day, from a filter on
 * the days up to it.
 */
function expectedMoves(
  { dates, symbols, prices, volume, adjFactor }: OracleTables,
  { regimes, deals, beta, ownVolatility }: OracleKnowledge,
  sectorOf: readonly number[],
): Float64Array {
  const days = dates.length
  const companies = sectorOf.length
  const benchmark = symbols.length - 1
  const freeUntil = new Int32Array(companies).fill(days)
  for (const { target, announced } of deals) freeUntil[target] = announced

  const stories = { trending: story(regimes.trending), reverting: story(regimes.reverting) }
  const longest = Math.max(stories.trending.horizon, stories.reverting.horizon)
  const hazard = 1 / (regimes.meanGap + (regimes.trending.length + regimes.reverting.length) / 2)
  const prior = {
    trending: log((hazard / 2) * regimes.shareTrending),
    reverting: log((hazard / 2) * regimes.shareReverting),
    innocent: log((hazard / 4) * (1 - regimes.shareTrending - regimes.shareReverting)),
  }
  const impulses = [1, 3, 5].map(
    (k) => regimes.impulse.from + ((regimes.impulse.to - regimes.impulse.from) * k) / 6,
  )

  const result = new Float64Array(symbols.length * days)
  const deviation = Float64Array.from(ownVolatility, (yearly) => yearly / Math.sqrt(YEAR))
  const variance = deviation.map((sd) => sd * sd)
  const mood = new Float64Array(companies).fill(NaN)
  const suspicions: Suspicion[][] = Array.from({ length: companies }, () => [])
  const returns = new Float64Array(companies)
  const sectorSum = new Float64Array(8)
  const sectorCount = new Float64Array(8)
  /** Belief that the edge is whole, gone or turned round. */
  const belief = [0.8, 0.1, 0.1]

  const lastReturn = (symbol: number, day: number) => {
    const at = symbol * days + day
    const now = prices.close[at] * adjFactor[at]
    const before = prices.close[at - 1] * adjFactor[at - 1]
    return now > 0 && before > 0 ? log(now / before) : NaN
  }

  for (let day = 1; day < days; day++) {
    const market = lastReturn(benchmark, day) / BENCHMARK_BETA
    sectorSum.fill(0)
    sectorCount.fill(0)
    let sum = 0
    let count = 0
    for (let s = 0; s < companies; s++) {
      returns[s] = day < freeUntil[s] ? lastReturn(s, day) - beta[s] * market : NaN
      if (returns[s] !== returns[s]) continue
      sum += returns[s]
      count += 1
    }
    // Companies move together beyond the benchmark; their mean tells by how much.
    for (let s = 0; s < companies; s++) {
      returns[s] -= sum / count
      if (returns[s] !== returns[s]) continue
      sectorSum[sectorOf[s]] += returns[s]
      sectorCount[sectorOf[s]] += 1
    }
    const edge = belief[0] - belief[2]
    const evidence = [0, 0, 0]

    for (let s = 0; s < companies; s++) {
      if (returns[s] !== returns[s]) continue
      const others = sectorCount[sectorOf[s]] - 1
      const shrink = others * SECTOR_VARIANCE
      const sectorMove =
        others > 0 ? ((sectorSum[sectorOf[s]] - returns[s]) / others) * (shrink / (shrink + variance[s])) : 0
      const own = returns[s] - sectorMove
      const sd = Math.sqrt(variance[s] + SECTOR_VARIANCE / (1 + others / 3))
      const z = own / sd
      const at = s * days + day

      // What each suspicion foretold for today is compared with what came.
      const open = suspicions[s]
      const surprise = score(z)
      let foretold = 0
      for (const suspicion of open) {
        const k = day - suspicion.day
        const up = suspicion.direction * stories.trending.daily[k] * deviation[s]
        const down = -suspicion.direction * stories.reverting.daily[k] * deviation[s]
        foretold += chance(suspicion, 'trending') * up + chance(suspicion, 'reverting') * down
        suspicion.trending += logRatio(surprise, (edge * up) / sd)
        suspicion.reverting += logRatio(surprise, (edge * down) / sd)
      }
      if (foretold !== 0) {
        evidence[0] += logRatio(surprise, foretold / sd)
        evidence[2] += logRatio(surprise, -foretold / sd)
      }

      // Does today look like the beginning of an episode?
      const usual =
        Math.sqrt(
          beta[s] * beta[s] * (0.17 * 0.17) +
            0.115 * 0.115 +
            0.085 * 0.085 +
            ownVolatility[s] * ownVolatility[s],
        ) / Math.sqrt(YEAR)
      const level = log(volume[at]) - 0.2 * Math.min(4, Math.abs(lastReturn(s, day)) / usual)
      if (mood[s] !== mood[s]) mood[s] = level
      const unusual = level - mood[s]
      mood[s] += 0.35 * Math.max(-0.5, Math.min(0.5, unusual))
      if (Math.abs(z) > 1 && Math.abs(z) < 8) {
        const direction = z > 0 ? 1 : -1
        const impulse = moveRatio(z, direction, impulses, deviation[s] / sd)
        const trending = impulse + volumeRatio(unusual, regimes.trending.volume)
        const reverting = impulse + volumeRatio(unusual, regimes.reverting.volume)
        const suspicion: Suspicion = {
          day,
          direction,
          trending: prior.trending + trending,
          reverting: prior.reverting + reverting,
          innocent: prior.innocent + log(exp(trending) + exp(reverting)),
        }
        if (chance(suspicion, 'trending') + chance(suspicion, 'reverting') > 0.05) open.push(suspicion)
      }
      while (open.length > 0 && day - open[0].day >= longest) open.shift()

      let expected = 0
      for (const suspicion of open) {
        const k = day - suspicion.day
        expected +=
          suspicion.direction *
          deviation[s] *
          (chance(suspicion, 'trending') * stories.trending.remaining[k] -
            chance(suspicion, 'reverting') * stories.reverting.remaining[k])
      }
      result[at] = edge * expected
      const clipped = Math.max(-4 * sd, Math.min(4 * sd, own))
      variance[s] = 0.0128 * deviation[s] * deviation[s] + 0.13 * clipped * clipped + 0.865 * variance[s]
    }
    updateBelief(belief, evidence)
  }
  return result

  /** [days since the move] the expected return of that day and of all days after it, in deviations. */
  function story(response: Response) {
    const horizon = response.lag + response.length
    const size = 200
    const daily = new Float64Array(size)
    daily.set(
      answerShape(response).map((x) => x * response.size),
      response.lag,
    )
    const remaining = new Float64Array(size)
    for (let k = size - 2; k >= 0; k--) remaining[k] = remaining[k + 1] + daily[k + 1]
    return { daily, remaining, horizon }
  }
}

function chance(suspicion: Suspicion, story: 'trending' | 'reverting'): number {
  const sum = exp(suspicion.trending) + exp(suspicion.reverting) + exp(suspicion.innocent)
  return exp(suspicion[story]) / (1 + sum)
}

/** Log likelihood ratio of a small shift of the mean, to second order. */
function logRatio(surprise: number, shift: number): number {
  return surprise * shift - 0.5 * INFORMATION * shift * shift
}

/** Log likelihood ratio of “a move of one of these sizes came on top” for a return of z deviations. */
function moveRatio(z: number, direction: number, impulses: readonly number[], scale: number): number {
  const nothing = logDensity(z)
  let sum = 0
  for (const impulse of impulses) sum += exp(logDensity(z - direction * impulse * scale) - nothing)
  return log(sum / impulses.length)
}

/** Log likelihood ratio of the unusual volume of an episode; both sides normal. */
function volumeRatio(unusual: number, mean: number): number {
  const quiet = 0.27
  const loud = 0.37
  const a = unusual / quiet
  const b = (unusual - mean) / loud
  return 0.5 * (a * a - b * b) + log(quiet / loud)
}

/** Bayes' rule over whole, gone, turned; a world changes its mind about once in ten years. */
function updateBelief(belief: number[], evidence: readonly number[]): void {
  const change = 1 / (10 * YEAR)
  let sum = 0
  for (let i = 0; i < 3; i++) {
    belief[i] =
      (belief[i] * (1 - 1.5 * change) + 0.5 * change) * exp(Math.max(-20, Math.min(20, evidence[i])))
    sum += belief[i]
  }
  for (let i = 0; i < 3; i++) belief[i] /= sum
}

interface Holding {
  direction: 1 | -1
  /** Value at the last close, as a fraction of the first day's equity. */
  value: number
  entryDay: number
  entryPrice: number
}

/**
 * Orders decided at a close are filled at the next open; both sides pay commission and slippage. The
 * strongest expectation is served first, gross exposure stays within 1 at the entry.
 */
function trade(
  { dates, symbols, prices, adjFactor }: OracleTables,
  expected: Float64Array,
  deals: readonly Deal[],
): OracleFigures {
  const days = dates.length
  const companies = symbols.length - 1
  const announced = new Int32Array(companies).fill(days)
  for (const deal of deals) announced[deal.target] = deal.announced
  const priceAt = (column: Int32Array, s: number, day: number) =>
    (column[s * days + day] * adjFactor[s * days + day]) / 100
  const holdings = new Map<number, Holding>()
  const lastClose = new Float64Array(companies)
  const closed: { direction: number; entryDay: number; exitDay: number; gain: number }[] = []

  let equity = 1
  let peak = 1
  let maxDrawdown = 0
  const returns: number[] = []
  const ranking = [...Array(companies).keys()]

  for (let day = 1; day < days; day++) {
    const before = equity
    const want = (s: number) => expected[s * days + day - 1]
    const trades = (s: number) => prices.open[s * days + day] > 0
    let gross = 0
    for (const [s, holding] of holdings) {
      if (!trades(s)) {
        gross += holding.value
        continue
      }
      const open = priceAt(prices.open, s, day)
      const move = holding.value * (open / lastClose[s] - 1)
      equity += holding.direction * move
      holding.value += move
      const over = announced[s] < day
      if (!over && holding.direction * want(s) >= LEAVE_BELOW) {
        lastClose[s] = open
        gross += holding.value
        continue
      }
      equity -= SIDE_COST * holding.value
      closed.push({
        direction: holding.direction,
        entryDay: holding.entryDay,
        exitDay: day,
        gain: holding.direction * (open / holding.entryPrice - 1) - 2 * SIDE_COST,
      })
      holdings.delete(s)
    }
    const candidates = ranking.filter(
      (s) => !holdings.has(s) && trades(s) && announced[s] >= day && Math.abs(want(s)) > ENTER_ABOVE,
    )
    candidates.sort((a, b) => Math.abs(want(b)) - Math.abs(want(a)) || a - b)
    for (const s of candidates) {
      const wanted = POSITION * Math.min(1, Math.abs(want(s)) / FULL_CONVICTION) * before
      const value = Math.min(wanted, GROSS * before - gross)
      if (value < 0.01 * before) break
      const open = priceAt(prices.open, s, day)
      holdings.set(s, { direction: want(s) > 0 ? 1 : -1, value, entryDay: day, entryPrice: open })
      lastClose[s] = open
      gross += value
      equity -= SIDE_COST * value
    }
    for (const [s, holding] of holdings) {
      if (!trades(s)) continue
      const close = priceAt(prices.close, s, day)
      const move = holding.value * (close / lastClose[s] - 1)
      equity += holding.direction * move
      holding.value += move
      lastClose[s] = close
    }
    returns.push(equity / before - 1)
    peak = Math.max(peak, equity)
    maxDrawdown = Math.min(maxDrawdown, equity / peak - 1)
  }

  // The same days and directions in every symbol that could have been traded instead.
  let baseRate = 0
  for (const { direction, entryDay, exitDay } of closed) {
    let wins = 0
    let possible = 0
    for (let s = 0; s < companies; s++) {
      const entry = priceAt(prices.open, s, entryDay)
      const exit = priceAt(prices.open, s, exitDay)
      if (!(entry > 0 && exit > 0)) continue
      possible++
      if (direction * (exit / entry - 1) > 2 * SIDE_COST) wins++
    }
    baseRate += wins / possible
  }

  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length
  const sd = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) * (r - mean), 0) / (returns.length - 1))
  const n = closed.length
  return {
    sharpe: sd > 0 ? (mean / sd) * Math.sqrt(YEAR) : 0,
    annualReturn: mean * YEAR,
    annualVolatility: sd * Math.sqrt(YEAR),
    maxDrawdown,
    trades: n,
    accuracy: n > 0 ? closed.filter(({ gain }) => gain > 0).length / n : 0,
    baseRate: n > 0 ? baseRate / n : 0,
    meanHoldingDays: n > 0 ? closed.reduce((sum, t) => sum + t.exitDay - t.entryDay, 0) / n : 0,
  }
}
