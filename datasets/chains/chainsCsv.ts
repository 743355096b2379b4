import { americanValue } from '../../workers/quant/options/american.ts'
import { fine } from '../../workers/quant/options/boundary.ts'
import { europeanPrice } from '../../workers/quant/options/european.ts'
import { europeanVol } from '../../workers/quant/options/impliedVol.ts'
import { isoDate } from '../calendar.ts'
import type { CsvTable } from '../csv.ts'
import { RATE } from './chainWorld.ts'
import type { Chains, Quote } from './drawChains.ts'
import type { Underlying } from './underlyings.ts'

/** Columns of the `options` table, in the order of the file. */
const OPTION_COLUMNS = [
  'symbol',
  'quote_date',
  'expiry',
  'strike',
  'right',
  'bid',
  'ask',
  'last',
  'volume',
  'open_interest',
  'implied_vol',
] as const

/** Raw strikes and prices in dollars; implied volatility of the mid as a vendor gives it, where there is one. */
export function optionsCsv(chains: Chains, dates: Int32Array): CsvTable {
  const lines = chains.quotes.map((quote) => {
    const underlying = chains.underlyings[quote.underlying]
    const vol = vendorVol(quote, underlying)
    return [
      underlying.symbol,
      isoDate(dates[quote.day]),
      isoDate(quote.expiry),
      quote.strike,
      quote.right > 0 ? 'call' : 'put',
      quote.bid / 100,
      quote.ask / 100,
      quote.last === 0 ? '' : quote.last / 100,
      quote.volume,
      quote.openInterest,
      Number.isNaN(vol) ? '' : vol,
    ].join(',')
  })
  return { text: [OPTION_COLUMNS.join(','), ...lines].join('\n') + '\n', rows: lines.length }
}

/** Volatilities further apart than this have early exercise valued anew. */
const NEAR = 0.002

/**
 * American implied volatility of the mid, four decimals; NaN where the mid has none. What early exercise adds
 * hardly depends on volatility: it is taken off the mid at the volatility of the surface, and again at the
 * one found where that is further away; the rest is European.
 */
export function vendorVol(quote: Quote, { dividendYield }: Underlying): number {
  const { right, bid, ask, spot, strike, years, fairVol, fairPrice } = quote
  const mid = (bid + ask) / 200
  if (mid <= Math.max(0, right * (spot - strike))) return NaN
  const european = (vol: number) => europeanPrice(right, spot, strike, years, RATE, dividendYield, vol)
  const without = (premium: number) =>
    europeanVol(right, mid - premium, spot, strike, years, RATE, dividendYield)
  let vol = without(fairPrice - european(fairVol))
  if (Math.abs(vol - fairVol) > NEAR) {
    const american = americanValue(right, spot, strike, years, RATE, dividendYield, vol, fine)
    vol = without(american - european(vol))
  }
  return Math.round(vol * 1e4) / 1e4
}
