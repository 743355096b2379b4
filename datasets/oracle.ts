import type { Deal } from './deals.ts'
import { expectedMoves, type OracleKnowledge, type OracleTables } from './regimeFilter.ts'
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

const COMMISSION = 0.0001
const SLIPPAGE = 0.0005
const SIDE_COST = COMMISSION + SLIPPAGE
/** Enter when the move still expected is worth ten round trips, leave when it is not worth one side. */
const ENTER_ABOVE = 0.012
const LEAVE_BELOW = SIDE_COST
/** Fraction of equity at full conviction, which is an expected move of so much. */
const POSITION = 0.15
const FULL_CONVICTION = 0.04
const GROSS = 1

/** @param sectorOf [companies] a number per sector */
export function runOracle(
  tables: OracleTables,
  known: OracleKnowledge,
  sectorOf: readonly number[],
): OracleFigures {
  return trade(tables, expectedMoves(tables, known, sectorOf), known.deals)
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
