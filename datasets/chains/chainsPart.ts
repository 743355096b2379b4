import { isoDate } from '../calendar.ts'
import type { SimulatedMarket } from '../market.ts'
import type { MarketPart } from '../marketTables.ts'
import { runChainOracle } from './chainOracle.ts'
import { optionsCsv } from './chainsCsv.ts'
import { drawChains, type Chains } from './drawChains.ts'

/** The option chains of a market: their table, and what only the generator knows of them. */
export function chainsPart(market: SimulatedMarket): MarketPart {
  const chains = drawChains(market)
  return {
    tables: [{ name: 'options.csv', ...optionsCsv(chains, market.dates), compressed: true }],
    truth: chainsTruth(chains, market.dates),
  }
}

/** How the chains were made, every mispricing, and what the oracle gains. */
export function chainsTruth(chains: Chains, dates: Int32Array): Record<string, unknown> {
  const { world, underlyings, days, mispricings } = chains
  const { surfaces, ...rest } = world
  return {
    ...rest,
    underlyings: underlyings.map(({ symbol, dividendYield }) => ({
      symbol,
      dividendYield,
      ...surfaces[symbol],
    })),
    // One line each: symbol, day it appears, expiry, strike, right, size as a fraction of the price, kind.
    mispricings: mispricings.map(({ underlying, week, expiry, strike, right, size, kind }) =>
      [
        underlyings[underlying].symbol,
        isoDate(dates[days[week]]),
        isoDate(expiry),
        strike,
        right > 0 ? 'call' : 'put',
        size.toFixed(4),
        kind,
      ].join(','),
    ),
    oracle: runChainOracle(chains),
  }
}
