import type { DemandView } from './demandFilter.ts'

/** Fractions of the entry fill, by direction. */
export interface ExitRules {
  long: { stop: number; target: number }
  short: { stop: number; target: number }
}

export const RECOMMENDED_EXITS: ExitRules = {
  long: { stop: 0.05, target: 0.08 },
  short: { stop: 0.05, target: 0.08 },
}
export const ORIGINAL_EXITS: ExitRules = {
  long: { stop: 0.025, target: 0.025 },
  short: { stop: 0.03, target: 0.02 },
}

export interface Order {
  symbol: number
  direction: 1 | -1
  /** Index of the day at whose open it is filled. */
  entryDay: number
  /** Bars held at most, the entry bar included. */
  bars: number
}

export interface Fill {
  exitDay: number
  /** Gain as a fraction of the entry's value, after commission and slippage on both sides. */
  gain: number
}

const COMMISSION = 0.0001
const SLIPPAGE = 0.0005

/**
 * What becomes of an order: filled at the open; a stop or target passed at a later open fills there, one
 * reached within a bar at its level, the stop first where both are; else the close of the last bar. A symbol
 * that stops trading for good is closed at its last price. Null where it does not trade on the day.
 */
export function fillOrder(
  { dates, prices, adjFactor }: Pick<DemandView, 'dates' | 'prices' | 'adjFactor'>,
  { symbol, direction, entryDay, bars }: Order,
  rules: ExitRules,
): Fill | null {
  const days = dates.length
  const first = symbol * days
  const priceAt = (column: Int32Array, day: number) => column[first + day] * adjFactor[first + day]
  if (entryDay >= days || prices.open[first + entryDay] === 0) return null
  const entry = priceAt(prices.open, entryDay) * (1 + direction * SLIPPAGE)
  const { stop, target } = direction > 0 ? rules.long : rules.short
  const stopLevel = entry * (1 - direction * stop)
  const targetLevel = entry * (1 + direction * target)
  const close = (day: number, price: number): Fill => {
    const exit = price * (1 - direction * SLIPPAGE)
    return { exitDay: day, gain: direction * (exit / entry - 1) - COMMISSION * (1 + exit / entry) }
  }
  let last = entryDay
  for (let day = entryDay; day < Math.min(days, entryDay + bars); day++) {
    if (prices.close[first + day] === 0) continue
    last = day
    const open = priceAt(prices.open, day)
    const worst = priceAt(direction > 0 ? prices.low : prices.high, day)
    const best = priceAt(direction > 0 ? prices.high : prices.low, day)
    const stopped = (price: number) => direction * (price - stopLevel) <= 0
    const reached = (price: number) => direction * (price - targetLevel) >= 0
    if (day > entryDay && (stopped(open) || reached(open))) return close(day, open)
    if (stopped(worst)) return close(day, stopLevel)
    if (reached(best)) return close(day, targetLevel)
  }
  return close(last, priceAt(prices.close, last))
}
