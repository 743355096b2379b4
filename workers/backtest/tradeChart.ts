import type { Panel } from '../quant/panel.ts'
import type { TradeChart } from './api.ts'
import { firstAtOrAfter } from './range.ts'

/** Bars shown before the entry and after the exit. */
const margin = 40

/** The bars of a symbol around a trade; days on which it did not trade are left out. */
export function tradeChartOf(panel: Panel, symbol: number, entryDay: number, exitDay: number): TradeChart {
  const days = panel.dates.length
  const start = symbol * days
  const from = Math.max(0, firstAtOrAfter(panel.dates, entryDay) - margin)
  const to = Math.min(days - 1, firstAtOrAfter(panel.dates, exitDay) + margin)
  const traded: number[] = []
  for (let day = from; day <= to; day++) if (panel.close[start + day] > 0) traded.push(day)
  const column = (matrix: Float64Array) => Float64Array.from(traded, (day) => matrix[start + day])
  return {
    symbol: panel.symbols[symbol],
    dates: Int32Array.from(traded, (day) => panel.dates[day]),
    open: column(panel.open),
    high: column(panel.high),
    low: column(panel.low),
    close: column(panel.close),
    volume: column(panel.volume),
    rawFactor: panel.rawFactor ? column(panel.rawFactor) : new Float64Array(traded.length).fill(1),
  }
}
