import { SECTORS } from './companies.ts'
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
  sectorNames: string[]
}

/**
 * A step of the factor beyond this is a split, whose shares the volume is counted in; dividends move it less
 * and leave the volume alone. The files say no more than that, so the panel knows no more either.
 */
const SPLIT_STEP = 1.2

/**
 * The adjusted panel that import makes of the market's files, without the detour: symbols in alphabetical
 * order, NaN where a symbol did not trade, price = dollars × adjustment factor.
 */
export function marketPanel(market: SimulatedMarket): SimulatedPanel {
  const days = market.dates.length
  const order = [...market.symbols.keys()].sort((a, b) => (market.symbols[a] < market.symbols[b] ? -1 : 1))
  const size = days * order.length
  const sectorNames = (SECTORS as readonly string[]).toSorted()
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
    sector: Int32Array.from(order, (from) => sectorNames.indexOf(market.companies[from].sector)),
    sectorNames,
  }
  const { open, high, low, close } = market.prices
  order.forEach((from, to) => {
    let later = NaN
    let shares = 1
    for (let day = days - 1; day >= 0; day--) {
      const source = from * days + day
      if (close[source] === 0) continue
      const target = to * days + day
      const factor = market.adjFactor[source]
      const rawFactor = 1 / factor
      const step = rawFactor / later
      if (step > SPLIT_STEP || step < 1 / SPLIT_STEP) shares *= step
      later = rawFactor
      panel.open[target] = (open[source] / 100) * factor
      panel.high[target] = (high[source] / 100) * factor
      panel.low[target] = (low[source] / 100) * factor
      panel.close[target] = (close[source] / 100) * factor
      panel.volume[target] = market.volume[source] * shares
      panel.rawFactor[target] = rawFactor
    }
  })
  return panel
}
