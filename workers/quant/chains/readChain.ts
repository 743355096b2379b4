import type { ChainSlice } from '../chainTables.ts'
import { log } from '../elementary.ts'
import { analyseExpiries, type ChainExpiries } from './analyseExpiries.ts'
import type { ArbitrageFinding } from './analysis.ts'
import { findArbitrage } from './arbitrage.ts'
import { contractColumns, type ContractColumns } from './contractColumns.ts'
import { premiumRatios } from './premiumRatio.ts'
import { readPoints } from './readPoints.ts'

/** A chain before anything in it is judged: what it costs time to find out, at one rate. [rows] each. */
export interface ChainReading extends Omit<ChainExpiries, 'vol'>, ContractColumns {
  /** Half of the spread in volatility; NaN where unknown. */
  halfVol: Float64Array
  /** vol − fitVol, within the strikes the smile was fitted to; NaN elsewhere. */
  residual: Float64Array
  arbitrage: ArbitrageFinding[]
}

const ROUNDING = 1e-9
/** Quotes of an expiry by which early exercise is valued exactly. */
const RATIO_POINTS = 12

/** @param rate a year, continuous */
export function readChain(slice: ChainSlice, rate: number): ChainReading {
  const ratios = premiumRatios(slice, readPoints(slice, rate, undefined, RATIO_POINTS), rate)
  const chain = analyseExpiries(slice, rate, ratios)
  const contracts = contractColumns(slice, chain, rate, ratios)
  const { expiries, expiryOf } = chain
  const { strike } = slice.rows
  const { vol, fitVol, volAsk, volBid } = contracts
  const residual = vol.map((value, i) => {
    if (expiryOf[i] < 0) return NaN
    const { fit, forward } = expiries[expiryOf[i]]
    const x = log(strike[i] / forward)
    return x >= fit.from - ROUNDING && x <= fit.to + ROUNDING ? value - fitVol[i] : NaN
  })
  return {
    ...chain,
    ...contracts,
    halfVol: volAsk.map((value, i) => (value - volBid[i]) / 2),
    residual,
    arbitrage: findArbitrage(expiries),
  }
}
