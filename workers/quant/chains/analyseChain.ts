import type { ChainSlice } from '../chainTables.ts'
import type { ChainAnalysis, StrikemapSettings } from './analysis.ts'
import { originalCalls, originalZ, recommendedCalls, recommendedZ, twoSided, type Judged } from './judge.ts'
import { readChain, type ChainReading } from './readChain.ts'
import { tradableRows } from './tradable.ts'

/** An analysis with what the definition not asked for would have called. */
export interface JudgedChain extends ChainAnalysis {
  otherCall: Int8Array
}

/**
 * Everything the Strikemap says of the chain of one underlying on one day: forwards, implied volatilities, smiles, what
 * departs from them, and whether by more than chance and the spread explain.
 */
export function analyseChain(slice: ChainSlice, settings: StrikemapSettings): JudgedChain {
  return judgeChain(slice, readChain(slice, settings.rate), settings)
}

/** @param reading of the slice, at the rate of the settings */
export function judgeChain(
  slice: ChainSlice,
  reading: ChainReading,
  settings: StrikemapSettings,
): JudgedChain {
  const { bid, ask } = slice.rows
  const { expiries, expiryOf, residual, halfVol, fitError, fitPrice, spot } = reading
  const tradable = tradableRows(slice, reading, spot, settings)
  const judged: Judged = { residual, halfVol, fitError, tradable, expiries }
  const recommended = recommendedZ(judged)
  const original = originalZ(judged)
  const pValue = twoSided(recommended)
  const byChance = recommendedCalls(judged, pValue, settings.falseDiscovery)
  const byLevel = originalCalls(judged, original, settings)
  const asRecommended = settings.definition === 'recommended'
  return {
    symbol: slice.symbol,
    day: slice.day,
    spot,
    spotFrom: slice.spot > 0 ? 'prices' : 'parity',
    quoted: reading.quoted,
    expiries,
    expiryOf,
    state: reading.state,
    mid: reading.mid,
    vol: reading.vol,
    volBid: reading.volBid,
    volAsk: reading.volAsk,
    fitVol: reading.fitVol,
    fitPrice,
    residual,
    z: asRecommended ? recommended : original,
    otherZ: asRecommended ? original : recommended,
    pValue,
    call: asRecommended ? byChance : byLevel,
    otherCall: asRecommended ? byLevel : byChance,
    tradable,
    edge: residual.map((value, i) => (value < 0 ? fitPrice[i] - ask[i] : bid[i] - fitPrice[i])),
    delta: reading.delta,
    gamma: reading.gamma,
    vega: reading.vega,
    theta: reading.theta,
    arbitrage: reading.arbitrage,
  }
}
