import type { Panel } from '../quant/panel.ts'
import type { ReportTrade } from './api.ts'
import type { DayRange } from './simulate.ts'

const volumeDays = 20
/** Share of a usual day's dollar volume that an order may be. */
const share = 0.01

/**
 * For each trade the equity at which its entry is 1 % of the median dollar volume (close × volume) of the
 * 20 bars up to the decision: 1 % × that median ÷ (entry notional ÷ equity at the previous close).
 * Trades without 20 bars of volume are left out.
 *
 * @returns ascending, in money
 */
export function tradeCapacities(
  panel: Panel,
  trades: ReportTrade[],
  equity: Float64Array,
  range: DayRange,
): Float64Array {
  const capacities: number[] = []
  const window = new Float64Array(volumeDays)
  for (const { symbol, signalDay, entryDay, shares, entryPrice } of trades) {
    const start = symbol * panel.dates.length
    let found = 0
    for (let at = start + range.first + signalDay; at >= start && found < volumeDays; at--) {
      const dollars = panel.close[at] * panel.volume[at]
      if (dollars >= 0) window[found++] = dollars
    }
    if (found < volumeDays) continue
    sortFew(window)
    const usual = (window[volumeDays / 2 - 1] + window[volumeDays / 2]) / 2
    const fraction = (shares * entryPrice) / equity[entryDay - 1]
    if (fraction > 0) capacities.push((share * usual) / fraction)
  }
  return Float64Array.from(capacities).sort()
}

/** Insertion sort: for twenty values several times faster than the built-in one. */
function sortFew(values: Float64Array): void {
  for (let i = 1; i < values.length; i++) {
    const value = values[i]
    let at = i
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1]
    values[at] = value
  }
}
