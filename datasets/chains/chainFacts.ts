import { log } from '../../workers/quant/elementary.ts'
import { generateMarket } from '../market.ts'
import { oracleTable } from '../report.ts'
import { YEAR } from '../returns.ts'
import { runChainOracle, type ChainOracleFigures } from './chainOracle.ts'
import { drawChains, type Chains } from './drawChains.ts'
import { impliedVariance } from './smile.ts'

export interface ChainFacts extends ChainOracleFigures {
  impliedOverRealised: number
  quotes: number
}

/** What the oracle gains from the option chains of seeds `from` to `to`, both included. */
export function measureChains(from: number, to: number, strength: number): ChainFacts[] {
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const chains = drawChains(generateMarket({ seed: from + i, strength }))
    return {
      ...runChainOracle(chains),
      impliedOverRealised: impliedOverRealised(chains),
      quotes: chains.quotes.length,
    }
  })
}

/** The oracle's figures as a Markdown table; gains in percent of the price of a contract. */
export function chainReport(facts: readonly ChainFacts[]): string {
  return oracleTable(
    'oracle of the option chains',
    [
      ['trades a year', ({ tradesPerYear }) => tradesPerYear],
      ['gain per contract, mid to mid, %', ({ gain }) => 100 * gain],
      ['gain after half the spread each way, %', ({ gainAfterSpread }) => 100 * gainAfterSpread],
      ['accuracy', ({ accuracy }) => accuracy],
      ['base rate', ({ baseRate }) => baseRate],
      ['weeks held', ({ meanWeeks }) => meanWeeks],
      ['implied ÷ realised volatility, a month', ({ impliedOverRealised }) => impliedOverRealised],
      ['quotes', ({ quotes }) => quotes],
    ],
    facts,
  )
}

const MONTH = 21

/** Root of the variance implied at the money for a month, over that of the month that followed. */
function impliedOverRealised({ underlyings, days, world }: Chains): number {
  let implied = 0
  let realised = 0
  for (const { symbol, spot, split, view } of underlyings) {
    for (const day of days) {
      const to = day + MONTH
      if (to >= spot.length || spot.subarray(day, to + 1).includes(0)) continue
      implied += impliedVariance(view[day], MONTH / YEAR, world.surfaces[symbol])
      for (let at = day + 1; at <= to; at++) {
        const move = log((spot[at] * split[at]) / (spot[at - 1] * split[at - 1]))
        realised += move * move
      }
    }
  }
  return Math.sqrt(implied / realised)
}
