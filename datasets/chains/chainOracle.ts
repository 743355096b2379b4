import { log } from '../../workers/quant/elementary.ts'
import { edgeOn } from '../regimes.ts'
import type { Chains, Quote } from './drawChains.ts'
import { leftAfter, weeksUntilGone } from './mispricing.ts'

/*
 * What can be gained from mispriced contracts: somebody who knows the surface and how mispricings come and
 * go, but neither which ones revert nor the future, buys cheap contracts at the ask and sells dear ones at
 * the bid, hedged against the surface, until they are fair again. Its rules do not change with the seed or
 * the strength.
 */

/** Gains are log returns of a contract beyond those of its fair price. */
export interface ChainOracleFigures {
  trades: number
  tradesPerYear: number
  /** Mean gain of a contract from mid to mid, and after half the spread at entry and exit. */
  gain: number
  gainAfterSpread: number
  /** Standard error of the latter. */
  standardError: number
  /** Share of the trades that end above their spreads. */
  accuracy: number
  /** The same share when each trade is made in another contract of the symbol, all else equal. */
  baseRate: number
  meanWeeks: number
}

/** A departure is taken for a mispricing beyond so many half-spreads; below, a contract's own richness. */
const DEPARTURE = 1.2
/** A trade must promise this much after both half-spreads, in half-spreads. */
const MARGIN = 1
/** No mispricing begins larger; a strike seen anew may carry an old one, which only looks large from its other side. */
const MOST = 0.14
/** It is over when so little of the departure is left. */
const LEFT = 0.2
const WEEKS_A_YEAR = 52

interface Trade {
  direction: 1 | -1
  entry: Quote
  exit: Quote
}

export function runChainOracle(chains: Chains): ChainOracleFigures {
  const trades = [...contractsOf(chains.quotes).values()].flatMap((quotes) => tradeContract(quotes, chains))
  const gains = trades.map(gain)
  const after = trades.map(gainAfterSpread)
  const n = trades.length
  const mean = (values: number[]) => (n > 0 ? values.reduce((sum, value) => sum + value, 0) / n : 0)
  const gainAfter = mean(after)
  return {
    trades: n,
    tradesPerYear: n / (chains.days.length / WEEKS_A_YEAR),
    gain: mean(gains),
    gainAfterSpread: gainAfter,
    standardError: Math.sqrt(mean(after.map((value) => (value - gainAfter) * (value - gainAfter))) / n),
    accuracy: mean(after.map((value) => (value > 0 ? 1 : 0))),
    baseRate: mean(baseRates(trades, chains.quotes)),
    meanWeeks: mean(trades.map(({ entry, exit }) => exit.week - entry.week)),
  }
}

/** Quotes of each contract in the order of their days. */
function contractsOf(quotes: readonly Quote[]): Map<string, Quote[]> {
  const contracts = new Map<string, Quote[]>()
  for (const quote of quotes) {
    const key = contractKey(quote)
    const contract = contracts.get(key)
    if (contract) contract.push(quote)
    else contracts.set(key, [quote])
  }
  return contracts
}

const contractKey = ({ underlying, strikeId, right }: Quote) => `${underlying} ${strikeId} ${right}`
const mid = ({ bid, ask }: Quote) => (bid + ask) / 200

/** Log return from mid to mid beyond that of the fair price. */
function gain({ direction, entry, exit }: Trade): number {
  return direction * log((mid(exit) / exit.fairPrice) * (entry.fairPrice / mid(entry)))
}

/** The same for who buys at the ask and sells at the bid. */
function gainAfterSpread({ direction, entry, exit }: Trade): number {
  const [bought, sold] = direction > 0 ? [entry, exit] : [exit, entry]
  return log((sold.bid / sold.fairPrice) * (bought.fairPrice / bought.ask))
}

function tradeContract(quotes: readonly Quote[], { world }: Chains): Trade[] {
  const { mispricing } = world
  const trades: Trade[] = []
  const patience = weeksUntilGone(mispricing)
  const gone = 1 - leftAfter(patience, mispricing)
  // Fractions of the fair price: the contract's own richness, and the departure that is traded.
  let usual = 0
  let seen = 0
  let awaySince = -1
  let open: { direction: 1 | -1; entry: Quote; jump: number } | undefined
  quotes.forEach((quote, i) => {
    const off = mid(quote) / quote.fairPrice - 1
    const half = (quote.ask - quote.bid) / (quote.ask + quote.bid)
    const jump = off - usual
    const last = i + 1 === quotes.length
    if (open) {
      const left = jump / open.jump
      const over = quote.week - open.entry.week >= patience || left < LEFT || left > 2
      if (!over && !last) return
      trades.push({ direction: open.direction, entry: open.entry, exit: quote })
      open = undefined
      usual = off
      seen = 1
      awaySince = -1
      return
    }
    if (Math.abs(jump) < DEPARTURE * half) {
      // What it was before it was seen is taken to be nothing.
      usual = (usual * (seen + 1) + off) / (seen + 2)
      seen++
      awaySince = -1
      return
    }
    if (awaySince < 0) awaySince = quote.week
    const edge = edgeOn(quote.day, mispricing)
    const promised = Math.abs(edge) * mispricing.shareReverting * gone * Math.abs(jump)
    if (
      quote.week === awaySince &&
      !last &&
      quote.years * 365 > 7 * (patience + 1) &&
      Math.abs(quote.delta) <= 0.5 &&
      Math.abs(jump) < MOST &&
      promised > (2 + MARGIN) * half
    ) {
      open = { direction: jump * edge > 0 ? -1 : 1, entry: quote, jump }
    } else if (quote.week - awaySince >= patience) {
      usual = off
      seen = 1
      awaySince = -1
    }
  })
  return trades
}

/** Share of the other contracts of the symbol, quoted on both days, in which each trade would have won. */
function baseRates(trades: readonly Trade[], quotes: readonly Quote[]): number[] {
  const chains = new Map<string, Map<string, Quote>>()
  for (const quote of quotes) {
    const key = `${quote.underlying} ${quote.week}`
    const chain = chains.get(key) ?? new Map<string, Quote>()
    chains.set(key, chain.set(contractKey(quote), quote))
  }
  return trades.map(({ direction, entry, exit }) => {
    const later = chains.get(`${entry.underlying} ${exit.week}`)!
    let wins = 0
    let possible = 0
    for (const [key, other] of chains.get(`${entry.underlying} ${entry.week}`)!) {
      const end = later.get(key)
      if (end === undefined) continue
      possible++
      if (gainAfterSpread({ direction, entry: other, exit: end }) > 0) wins++
    }
    return wins / possible
  })
}
