import { SECTORS, type Sector } from './companies.ts'
import type { SimulatedMarket } from './market.ts'

/** The layout that the workers compute on; see `workers/quant/panel.ts`. */
export interface SimulatedPanel {
  dates: Int32Array
  symbols: string[]
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  rawFactor: Float64Array
  sector: Int32Array
}

/**
 * The adjusted panel that import makes of the market's files, without the detour: symbols in alphabetical
 * order, NaN where a symbol did not trade, price = dollars × adjustment factor.
 */
export function marketPanel(market: SimulatedMarket): SimulatedPanel {
  const days = market.dates.length
  const order = [...market.symbols.keys()].sort((a, b) => (market.symbols[a] < market.symbols[b] ? -1 : 1))
  const size = days * order.length
  const column = () => new Float64Array(size).fill(NaN)
  const panel: SimulatedPanel = {
    dates: market.dates.slice(),
    symbols: order.map((from) => market.symbols[from]),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    rawFactor: column(),
    sector: Int32Array.from(order, (from) => SECTORS.indexOf(market.companies[from].sector as Sector)),
  }
  const { open, high, low, close } = market.prices
  order.forEach((from, to) => {
    for (let day = 0; day < days; day++) {
      const source = from * days + day
      if (close[source] === 0) continue
      const target = to * days + day
      const factor = market.adjFactor[source]
      panel.open[target] = (open[source] / 100) * factor
      panel.high[target] = (high[source] / 100) * factor
      panel.low[target] = (low[source] / 100) * factor
      panel.close[target] = (close[source] / 100) * factor
      panel.volume[target] = market.volume[source] / market.splitFactor[source]
      panel.rawFactor[target] = 1 / factor
    }
  })
  return panel
}
