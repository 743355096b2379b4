import type { Panel } from '../../quant/panel.ts'
import { CorporateActions } from '../structures/splits.ts'

/**
 * What a strike of one day was on the others: splits divide strikes as they divide the share. All 1 where the prices in
 * use do not have the symbol.
 * @param days epoch days, ascending
 * @param asked index of the day whose strikes are meant
 * @returns [days] strike of the day ÷ strike of the day asked about
 */
export function strikeFactors(panel: Panel, symbol: string, days: Int32Array, asked: number): Float64Array {
  const factors = new Float64Array(days.length).fill(1)
  const index = panel.symbols.indexOf(symbol)
  if (index < 0) return factors
  const actions = new CorporateActions(panel)
  /** Shares that one share of the first day has become. */
  const shares = new Float64Array(days.length)
  let known = 1
  let session = 0
  days.forEach((day, i) => {
    for (; session < panel.dates.length && panel.dates[session] <= day; session++) {
      known *= actions.splitOn(index, session)
    }
    shares[i] = known
  })
  return factors.map((_, i) => shares[asked] / shares[i])
}
