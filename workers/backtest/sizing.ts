import type { Panel } from '../quant/panel.ts'
import type { RiskRules } from '../systems/system.ts'

/** Trading days a year, for volatility and for borrow. */
export const daysPerYear = 252

/** Prices, shares and money closer than one part in 10¹² are equal: that far apart only rounding puts them. */
export const sameWithin = 1e-12

/**
 * Realised annual volatility of a symbol: sample deviation of its last `count` simple returns, from
 * traded close to traded close up to and including `day`, times √252. NaN before that many exist.
 */
export function realisedVolatility(panel: Panel, symbol: number, day: number, count: number): number {
  const { close } = panel
  const start = symbol * panel.dates.length
  let later = NaN
  let found = 0
  let sum = 0
  let squares = 0
  for (let at = start + day; at >= start && found < count; at--) {
    const price = close[at]
    if (!(price > 0)) continue
    if (later > 0) {
      const change = later / price - 1
      sum += change
      squares += change * change
      found++
    }
    later = price
  }
  if (found < count || found < 2) return NaN
  const variance = (squares - (sum * sum) / found) / (found - 1)
  return Math.sqrt(Math.max(0, variance) * daysPerYear)
}

/**
 * Shares that the sizing rule asks for, before limits and rounding; NaN or not positive when it cannot
 * say. `size` of the signal, a fraction of equity, goes before the rule where it is a number.
 *
 * - `risk`: budget × equity ÷ |fill − stop|. Without a stop the whole fill is at risk.
 * - `conviction`: min(max, scale × conviction) of the equity.
 * - `equal`: a fixed fraction of the equity.
 * - `volatility`: target ÷ realised volatility of the equity, both a year; `decided` is the day whose
 *   close is the last one used. A symbol that did not move cannot be sized.
 */
export function wantedShares(
  panel: Panel,
  sizing: RiskRules['sizing'],
  symbol: number,
  decided: number,
  equity: number,
  fill: number,
  stop: number,
  conviction: number,
  size: number,
): number {
  if (size >= 0) return (size * equity) / fill
  switch (sizing.kind) {
    case 'risk': {
      const distance = stop === stop ? Math.abs(fill - stop) : fill
      return distance > sameWithin * fill ? (sizing.budget * equity) / distance : NaN
    }
    case 'conviction':
      return (Math.min(sizing.max, sizing.scale * conviction) * equity) / fill
    case 'equal':
      return (sizing.fraction * equity) / fill
    case 'volatility': {
      const realised = realisedVolatility(panel, symbol, decided, sizing.days)
      return realised > 0 ? ((sizing.target / realised) * equity) / fill : NaN
    }
  }
}

/**
 * The largest multiple of `unit` (adjusted shares in one raw share) in `shares`; a share is not lost to rounding. */
export function wholeUnits(shares: number, unit: number): number {
  return Math.floor((shares / unit) * (1 + sameWithin)) * unit
}
