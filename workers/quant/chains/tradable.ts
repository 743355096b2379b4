import type { ChainSlice } from '../chainTables.ts'
import type { StrikemapSettings } from './analysis.ts'
import { stateCode, type Quotes } from './quotes.ts'

/**
 * [rows] 1 where volume, open interest, spread and moneyness allow a trade. A column that the whole chain lacks is not
 * asked about.
 */
export function tradableRows(
  { rows }: ChainSlice,
  { state, mid, half }: Quotes,
  spot: number,
  settings: StrikemapSettings,
): Uint8Array {
  const { strike, right, volume, openInterest } = rows
  const { leastVolume, leastOpenInterest, mostSpread, callFrom, callTo, putFrom, putTo } = settings
  const known = (column: Float64Array) => column.some((value) => !Number.isNaN(value))
  const volumeKnown = known(volume)
  const interestKnown = known(openInterest)
  return Uint8Array.from(strike, (price, i) => {
    if (state[i] !== stateCode.used && state[i] !== stateCode['in the money']) return 0
    if (volumeKnown && !(volume[i] >= leastVolume)) return 0
    if (interestKnown && !(openInterest[i] >= leastOpenInterest)) return 0
    if (!(2 * half[i] <= mostSpread * mid[i])) return 0
    const moneyness = price / spot
    const [from, to] = right[i] > 0 ? [callFrom, callTo] : [putFrom, putTo]
    return moneyness >= from && moneyness <= to ? 1 : 0
  })
}
