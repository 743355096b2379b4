import type { ChainSlice } from '../chainTables.ts'
import { exp } from '../elementary.ts'
import type { ChainAnalysis, StrikemapSettings } from './analysis.ts'
import { analyseExpiries } from './analyseExpiries.ts'
import { findArbitrage } from './arbitrage.ts'
import { contractColumns } from './contractColumns.ts'
import { originalCalls, originalZ, recommendedCalls, recommendedZ, twoSided, type Judged } from './judge.ts'
import { premiumRatios } from './premiumRatio.ts'
import { tradableRows } from './tradable.ts'

/** An analysis with what the definition not asked for would have called. */
export interface JudgedChain extends ChainAnalysis {
  otherCall: Int8Array
}

/**
 * Everything the Strikemap says of the chain of one underlying on one day: forwards, implied volatilities, smiles, what
 * departs from them and whether by more than chance and the spread explain. Departures are told within the strikes a
 * smile was fitted to.
 */
export function analyseChain(slice: ChainSlice, settings: StrikemapSettings): JudgedChain {
  const { rate, definition } = settings
  const ratios = premiumRatios(slice, analyseExpiries(slice, rate), rate)
  const chain = analyseExpiries(slice, rate, ratios)
  const { expiries, expiryOf, state, mid, quoted } = chain
  const { spot } = chain
  const contracts = contractColumns(slice, chain, rate, ratios)
  const { strike, bid, ask } = slice.rows
  const { vol, fitVol, fitPrice } = contracts
  const residual = vol.map((value, i) => (withinFit(i) ? value - fitVol[i] : NaN))
  const halfVol = contracts.volAsk.map((value, i) => (value - contracts.volBid[i]) / 2)
  const tradable = tradableRows(slice, chain, spot, settings)
  const judged: Judged = { residual, halfVol, tradable, expiries, expiryOf }
  const recommended = recommendedZ(judged)
  const original = originalZ(judged)
  const pValue = twoSided(recommended)
  const byChance = recommendedCalls(judged, pValue, settings.falseDiscovery)
  const byLevel = originalCalls(judged, original, settings)
  const asRecommended = definition === 'recommended'
  return {
    symbol: slice.symbol,
    day: slice.day,
    spot,
    spotFrom: slice.spot > 0 ? 'prices' : 'parity',
    quoted,
    expiries,
    expiryOf,
    state,
    mid,
    ...contracts,
    residual,
    z: asRecommended ? recommended : original,
    otherZ: asRecommended ? original : recommended,
    pValue,
    call: asRecommended ? byChance : byLevel,
    otherCall: asRecommended ? byLevel : byChance,
    tradable,
    edge: residual.map((value, i) => (value < 0 ? fitPrice[i] - ask[i] : bid[i] - fitPrice[i])),
    arbitrage: findArbitrage(expiries),
  }

  function withinFit(i: number): boolean {
    if (expiryOf[i] < 0) return false
    const { fit, forward } = expiries[expiryOf[i]]
    if (fit.kind === 'none') return false
    return (
      strike[i] >= forward * exp(fit.from) * (1 - 1e-9) && strike[i] <= forward * exp(fit.to) * (1 + 1e-9)
    )
  }
}
