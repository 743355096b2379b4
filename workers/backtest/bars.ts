import type { Panel } from '../quant/panel.ts'

/**
 * The prices of a panel in the order in which a simulation reads them: day after day, and within a day the four
 * prices of a symbol beside each other, so that a day's lots lie in a few lines of the cache and one page of
 * memory. The panel itself is symbol-major, which is what indicators want.
 */
export interface Bars {
  days: number
  symbols: number
  /** [days × symbols × 4] open, high, low, close; NaN where the symbol did not trade. */
  prices: Float64Array
}

/** Places of the four prices of a bar. */
export const barOpen = 0
export const barHigh = 1
export const barLow = 2
export const barClose = 3

export function barsOf({ dates, symbols, open, high, low, close }: Panel): Bars {
  const days = dates.length
  const count = symbols.length
  const prices = new Float64Array(days * count * 4)
  for (let symbol = 0; symbol < count; symbol++) {
    let from = symbol * days
    for (let to = symbol * 4; to < prices.length; to += count * 4, from++) {
      prices[to] = open[from]
      prices[to + 1] = high[from]
      prices[to + 2] = low[from]
      prices[to + 3] = close[from]
    }
  }
  return { days, symbols: count, prices }
}

const kept = new WeakMap<Panel, Bars>()

/** The same, made once a panel; the panel must not change afterwards. */
export function keptBarsOf(panel: Panel): Bars {
  let bars = kept.get(panel)
  if (bars === undefined) {
    bars = barsOf(panel)
    kept.set(panel, bars)
  }
  return bars
}
