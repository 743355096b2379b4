import { exp } from '../../workers/quant/elementary.ts'
import { americanValue } from '../../workers/quant/options/american.ts'
import { fine } from '../../workers/quant/options/boundary.ts'
import type { Sign } from '../../workers/quant/options/european.ts'
import type { SimulatedMarket } from '../market.ts'
import { createRandom } from '../random.ts'
import { edgeOn } from '../regimes.ts'
import { drawChainWorld, RATE, type ChainWorld } from './chainWorld.ts'
import { quoteDays } from './expiries.ts'
import { shrinkFreeLunches, type GappedStrike } from './freeLunches.ts'
import {
  listChains,
  type ListedExpiry,
  type ListedWeek,
  type MispricedStrike,
  type StrikeLife,
} from './listChains.ts'
import { mispricingPaths, type Mispricing } from './mispricing.ts'
import { outside, type FairContract, type FairSmile, type FairStrike } from './smile.ts'
import { createTape, halfSpread } from './tape.ts'
import { chooseUnderlyings, FIRST_QUOTE, type Underlying } from './underlyings.ts'

/** One contract on one quote day; prices in cents. */
export interface Quote {
  /** Index into the underlyings. */
  underlying: number
  /** Index of the quote day, and of the trading day of the market. */
  week: number
  day: number
  /** Epoch day. */
  expiry: number
  /** The same for all quotes of a strike of an expiry, whatever splits do to it; unique per underlying. */
  strikeId: number
  /** Dollars. */
  strike: number
  right: Sign
  spot: number
  years: number
  /** What only the generator knows: volatility, price and delta on the surface. */
  fairVol: number
  fairPrice: number
  delta: number
  bid: number
  ask: number
  /** Price of the last trade; 0 where there was none yet. */
  last: number
  volume: number
  openInterest: number
}

export interface Chains {
  world: ChainWorld
  underlyings: Underlying[]
  /** [weeks] index of the trading day of each quote day. */
  days: number[]
  /** By underlying, quote day, expiry, strike, calls before puts. */
  quotes: Quote[]
  mispricings: MispricedStrike[]
}

/**
 * Weekly chains of American options on the benchmark and five companies: fair prices on a surface free of
 * arbitrage, strikes that are mispriced for a while or for good, and what a day of trading leaves.
 */
export function drawChains(market: SimulatedMarket, { mispriced = true, weeks = Infinity } = {}): Chains {
  const { seed, strength, dates } = market
  const underlyings = chooseUnderlyings(market)
  const world = drawChainWorld(
    seed,
    dates.length,
    underlyings.map(({ symbol }) => symbol),
  )
  if (!mispriced) world.mispricing.onset = 0
  const days = quoteDays(dates, FIRST_QUOTE).slice(0, weeks)
  const chains: Chains = { world, underlyings, days, quotes: [], mispricings: [] }
  underlyings.forEach((underlying, index) => {
    const { listed, mispricings } = listChains(underlying, index, days, dates, world, seed)
    const paths = mispricingPaths(
      mispricings,
      days.length,
      (week) => strength * edgeOn(days[week], world.mispricing),
      world.mispricing,
      createRandom(seed, `chain permutation ${underlying.symbol}`),
    )
    writeQuotes(chains, index, listed, mispricings, paths, seed)
    chains.mispricings.push(...mispricings)
  })
  return chains
}

/** A strike about to be quoted, with everything that is known of it. */
interface Drawn extends GappedStrike {
  fair: FairStrike
  smile: FairSmile
  life: StrikeLife
  contracts: (FairContract & { half: number })[]
}

function writeQuotes(
  { world, underlyings, days, quotes }: Chains,
  index: number,
  listed: readonly ListedWeek[],
  mispricings: readonly Mispricing[],
  paths: readonly Float64Array[],
  seed: number,
): void {
  const underlying = underlyings[index]
  const usualHalfSpread = world.surfaces[underlying.symbol].halfSpread
  const random = createRandom(seed, `chain trading ${underlying.symbol}`)
  const tape = createTape(underlying.dollarVolume, random)
  const draw = (week: number, { expiry, smile, lives }: ListedExpiry): Drawn[] =>
    smile.strikes.map((fair, i) => {
      const life = lives[i]
      let gap = life.richness * outside(fair).price
      for (const m of life.mispricings) {
        const { week: since, right } = mispricings[m]
        if (week >= since) gap += paths[m][week - since] * fairPrice(right, fair, smile, underlying)
      }
      const contracts = fair.contracts.map((contract) => ({
        ...contract,
        half: contract.price * halfSpread(contract.delta, usualHalfSpread) * exp(0.12 * random.normal()),
      }))
      return { expiry, strike: fair.strike, gap, contracts, fair, smile, life }
    })
  for (const { week, expiries } of listed) {
    const strikes = expiries.flatMap((expiry) => draw(week, expiry))
    shrinkFreeLunches(strikes)
    for (const { expiry, strike, gap, contracts, fair, smile, life } of strikes) {
      for (const { right, price, delta, half } of contracts) {
        const quoted = quote(price + gap, half)
        if (quoted === undefined) continue
        const traded = tape(2 * life.id + (right > 0 ? 0 : 1), delta, smile.years, quoted)
        quotes.push({
          underlying: index,
          week,
          day: days[week],
          expiry,
          strikeId: life.id,
          strike,
          right,
          spot: smile.spot,
          years: smile.years,
          fairVol: fair.vol,
          fairPrice: price,
          delta,
          ...quoted,
          ...traded,
        })
      }
    }
  }
}

/** Fair price of a right of a strike, quoted or not. */
function fairPrice(
  right: Sign,
  { strike, vol, contracts }: FairStrike,
  { spot, years }: FairSmile,
  { dividendYield }: Underlying,
): number {
  const quoted = contracts.find((contract) => contract.right === right)
  return quoted?.price ?? americanValue(right, spot, strike, years, RATE, dividendYield, vol, fine)
}

/** Bid and ask in cents around a price; undefined where nobody bids. */
function quote(price: number, half: number): { bid: number; ask: number } | undefined {
  const bid = Math.round(100 * (price - half))
  const ask = Math.max(bid + 1, Math.round(100 * (price + half)))
  return bid < 1 ? undefined : { bid, ask }
}
