import { SECTORS } from './companies.ts'
import type { Deal } from './deals.ts'
import { exp, log } from '../workers/quant/elementary.ts'
import {
  BENCHMARK_BETA,
  daily,
  MOST_SURPRISE,
  OWN_GARCH,
  SECTOR_VOLATILITY,
  usualVariance,
  VOLUME_PER_SURPRISE,
} from './parameters.ts'
import { answerShape, type RegimeWorld, type Response } from './regimes.ts'
import { YEAR } from './returns.ts'

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

/** How the oracle sees the shocks of a symbol: t with so many degrees of freedom, variance 1. */
const FREEDOM = OWN_GARCH.freedom
const INFORMATION = ((FREEDOM + 1) * FREEDOM) / ((FREEDOM + 3) * (FREEDOM - 2))
const score = (z: number) => ((FREEDOM + 1) * z) / (FREEDOM - 2 + z * z)
const logDensity = (z: number) => (-(FREEDOM + 1) / 2) * log(1 + (z * z) / (FREEDOM - 2))

const SECTOR_VARIANCE = (SECTOR_VOLATILITY * SECTOR_VOLATILITY) / YEAR

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
export function expectedMoves(
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
  const deviation = Float64Array.from(ownVolatility, daily)
  const variance = deviation.map((sd) => sd * sd)
  const mood = new Float64Array(companies).fill(NaN)
  const suspicions: Suspicion[][] = Array.from({ length: companies }, () => [])
  const returns = new Float64Array(companies)
  const sectorSum = new Float64Array(SECTORS.length)
  const sectorCount = new Float64Array(SECTORS.length)
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
      const usual = Math.sqrt(usualVariance(beta[s], ownVolatility[s]))
      const level =
        log(volume[at]) - VOLUME_PER_SURPRISE * Math.min(MOST_SURPRISE, Math.abs(lastReturn(s, day)) / usual)
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
      variance[s] = nextVariance(variance[s], clipped, deviation[s])
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

/** The generator's own recursion, fed with what can be seen. */
function nextVariance(variance: number, move: number, deviation: number): number {
  const { alpha, beta, boundedVariance } = OWN_GARCH
  const omega = deviation * deviation * (1 - alpha * boundedVariance - beta)
  return omega + alpha * move * move + beta * variance
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
  // Deviations measured once: of an ordinary day around the running level, and with a burst on top.
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
