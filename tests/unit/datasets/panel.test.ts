import { describe, expect, it } from 'vitest'
import { generateMarket } from '../../../datasets/market.ts'
import { marketPanel } from '../../../datasets/panel.ts'

const market = generateMarket({ seed: 4 })
const panel = marketPanel(market)
const days = market.dates.length

describe('the panel of a simulated market', () => {
  it('lists symbols in alphabetical order, and puts NaN where one did not trade', () => {
    expect(panel.symbols).toEqual(market.symbols.toSorted())
    panel.symbols.forEach((symbol, s) => {
      const from = market.symbols.indexOf(symbol)
      for (let day = 0; day < days; day++) {
        const traded = market.prices.close[from * days + day] > 0
        expect(Number.isNaN(panel.close[s * days + day])).toBe(!traded)
      }
    })
  })

  it('holds adjusted prices, from which the factor gives the raw ones back', () => {
    const s = panel.symbols.indexOf('ADHT')
    const from = market.symbols.indexOf('ADHT')
    for (let day = 0; day < days; day++) {
      if (Number.isNaN(panel.close[s * days + day])) continue
      const cents = panel.close[s * days + day] * panel.rawFactor[s * days + day] * 100
      expect(cents).toBeCloseTo(market.prices.close[from * days + day], 6)
      expect(panel.low[s * days + day]).toBeLessThanOrEqual(panel.open[s * days + day])
      expect(panel.high[s * days + day]).toBeGreaterThanOrEqual(panel.close[s * days + day])
    }
  })

  it('numbers sectors, and leaves the benchmark without one', () => {
    expect(panel.sector[panel.symbols.indexOf('QQQ')]).toBe(-1)
    expect(new Set(panel.sector).size).toBe(9)
  })
})
