import type { ChainSlice } from '../../quant/chainTables.ts'
import type { ChainReading } from '../../quant/chains/readChain.ts'
import { surfaceVol, yieldAt } from '../../quant/chains/smile.ts'
import { log } from '../../quant/elementary.ts'
import { americanVol } from '../../quant/options/impliedVol.ts'
import type { Leg } from '../../quant/structures.ts'
import { legGreeks, type PricedLeg } from '../../quant/structures/value.ts'
import { rowOf } from '../structures/optionMarket.ts'
import type { MarkFrom } from './contract.ts'

/** A leg with what a chain says of its price; money a share. */
export interface ChainLeg extends PricedLeg {
  /** Middle of the quote, or the value on the surface. */
  price: number
  /** Half of the spread; NaN where nobody quotes it. */
  half: number
  from: MarkFrom
}

/**
 * Prices a leg by its quote of the day, else by the smiles of the chain. A quote without a bid is none: what nobody
 * would pay for is not worth half of what it is offered at.
 * @returns null where the chain says nothing of it
 */
export function chainLeg(
  slice: ChainSlice,
  { spot, expiries, quoted, mid }: ChainReading,
  rate: number,
  leg: Leg,
): ChainLeg | null {
  const { right, strike, expiry } = leg
  const share = { rate, years: 0, dividendYield: 0, vol: NaN }
  if (right === 0) return { ...leg, ...share, price: spot, half: 0, from: 'quoted' }
  const years = (expiry - slice.day) / 365
  const dividendYield = yieldAt(expiries, years)
  const row = rowOf(slice, right, strike, expiry)
  const [bid, ask] = row < 0 ? [NaN, NaN] : [slice.rows.bid[row], slice.rows.ask[row]]
  const onSurface = surfaceVol(expiries, years, log(strike / spot) - (rate - dividendYield) * years)
  const terms = { ...leg, years, rate, dividendYield }
  const tradedAt = !quoted && row >= 0 && mid[row] > 0
  if ((bid > 0 && ask >= bid) || tradedAt) {
    const price = tradedAt ? mid[row] : (bid + ask) / 2
    const vol = americanVol(right, price, spot, strike, years, rate, dividendYield)
    return { ...terms, vol, price, half: tradedAt ? NaN : (ask - bid) / 2, from: 'quoted' }
  }
  if (!(onSurface > 0)) return null
  const priced = { ...terms, vol: onSurface }
  return { ...priced, price: legGreeks(priced, spot).price, half: NaN, from: 'surface' }
}
