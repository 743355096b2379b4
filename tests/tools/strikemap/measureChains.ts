import { chainTablesOf } from '../../../datasets/chains/chainColumns.ts'
import { drawChains, type Quote } from '../../../datasets/chains/drawChains.ts'
import { generateMarket } from '../../../datasets/market.ts'
import { sliceOf } from '../../../workers/quant/chainTables.ts'
import { analyseChain } from '../../../workers/quant/chains/analyseChain.ts'
import { recommendedStrikemap, type StrikemapSettings } from '../../../workers/quant/chains/analysis.ts'

/** Upper ends of the classes of departures from the fair price, in half-spreads. */
export const sizeClasses = [2, 3, 4, 6, Infinity] as const
/** A smaller departure is inside the spread, and nobody's gain. */
const INSIDE = 1

/** What one definition calls. */
export interface Called {
  cheap: number
  dear: number
  /** Calls of contracts that are mispriced, and that way. */
  right: number
  /** Chains with a call, and the sum over chains of the share of calls that are false. */
  chainsWithCalls: number
  falseShares: number
  /** Sum of edges after the spread of what is called, as shares of the price; and how many are above 0. */
  edge: number
  positiveEdges: number
  /** [size classes] mispriced contracts called the right way */
  found: number[]
}

export interface StrikemapFigures {
  chains: number
  tradable: number
  /** [size classes] tradable contracts whose mid is so far from the fair price through a mispricing */
  mispriced: number[]
  /** |z| of the recommended definition above 1.96 and 2.58, over the tradable contracts. */
  beyond95: number
  beyond99: number
  /** Sums over the tradable contracts of the edge after the spread, as a share of the price. */
  edgeOfAll: number
  recommended: Called
  original: Called
}

const nothing = (): Called => ({
  cheap: 0,
  dear: 0,
  right: 0,
  chainsWithCalls: 0,
  falseShares: 0,
  edge: 0,
  positiveEdges: 0,
  found: sizeClasses.map(() => 0),
})

/**
 * What the Strikemap finds in the chains of one simulated market, held against what the generator knows. A contract is
 * mispriced where its strike has been given a mispricing and its mid is off the fair price by more than half of its
 * spread; what every contract is a little rich or poor by for good stays below that.
 */
export function measureChains(
  seed: number,
  { mispriced = true, weeks = Infinity } = {},
  settings: StrikemapSettings = recommendedStrikemap,
): StrikemapFigures {
  const market = generateMarket({ seed, strength: 1 })
  const chains = drawChains(market, { mispriced, weeks })
  const tables = chainTablesOf(chains, market.dates)
  const quotes = new Map<string, Quote>()
  const key = (...parts: (string | number)[]) => parts.join()
  for (const quote of chains.quotes) {
    const { symbol } = chains.underlyings[quote.underlying]
    quotes.set(key(symbol, market.dates[quote.day], quote.expiry, quote.strike, quote.right), quote)
  }
  const since = new Map<string, number>()
  for (const { underlying, strikeId, week } of chains.mispricings) {
    const strike = key(underlying, strikeId)
    since.set(strike, Math.min(week, since.get(strike) ?? Infinity))
  }
  const figures: StrikemapFigures = {
    chains: 0,
    tradable: 0,
    mispriced: sizeClasses.map(() => 0),
    beyond95: 0,
    beyond99: 0,
    edgeOfAll: 0,
    recommended: nothing(),
    original: nothing(),
  }
  for (let s = 0; s < tables.slices.day.length; s++) {
    const slice = sliceOf(tables, s)
    const found = analyseChain(slice, settings)
    figures.chains++
    const { expiry, strike, right } = slice.rows
    const truth = Int8Array.from(found.tradable, (tradable, i) => {
      const quote = quotes.get(key(slice.symbol, slice.day, expiry[i], strike[i], right[i]))!
      const off = (quote.bid + quote.ask) / 200 - quote.fairPrice
      const size = Math.abs(off) / ((quote.ask - quote.bid) / 200)
      const began = since.get(key(quote.underlying, quote.strikeId))
      if (tradable !== 1 || began === undefined || quote.week < began || size <= INSIDE) return 0
      const sizeClass = sizeClasses.findIndex((most) => size <= most)
      figures.mispriced[sizeClass]++
      return Math.sign(off) * (sizeClass + 1)
    })
    for (let i = 0; i < truth.length; i++) {
      if (found.tradable[i] !== 1) continue
      figures.tradable++
      if (Math.abs(found.z[i]) > 1.96) figures.beyond95++
      if (Math.abs(found.z[i]) > 2.58) figures.beyond99++
      if (!Number.isNaN(found.edge[i])) figures.edgeOfAll += found.edge[i] / found.mid[i]
    }
    count(figures.recommended, found.call)
    count(figures.original, found.otherCall)

    function count(called: Called, calls: Int8Array): void {
      let all = 0
      let wrong = 0
      calls.forEach((call, i) => {
        if (call === 0) return
        all++
        if (call < 0) called.cheap++
        else called.dear++
        if (call * truth[i] > 0) {
          called.right++
          called.found[Math.abs(truth[i]) - 1]++
        } else wrong++
        called.edge += found.edge[i] / found.mid[i]
        if (found.edge[i] > 0) called.positiveEdges++
      })
      if (all === 0) return
      called.chainsWithCalls++
      called.falseShares += wrong / all
    }
  }
  return figures
}
