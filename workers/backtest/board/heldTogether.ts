import type { Panel } from '../../quant/panel.ts'
import { independentBets } from '../independentBets.ts'
import type { OpenLot } from './openLots.ts'

/** Daily returns that a correlation looks back on, and of how many two symbols must have both. */
const lookBack = 60
const fewestShared = 20

/**
 * How what is held moved together over the 60 sessions up to a day of the panel.
 *
 * `correlation` [symbols × symbols] is Pearson's, of simple returns between the closes of consecutive sessions,
 * times the directions held: +1 = they gain and lose together. `independentBets` are those of what the lots held
 * now would have earned on those days (see `independentBets`); NaN without lots.
 */
export function heldTogether(
  panel: Panel,
  lots: OpenLot[],
  day: number,
): { symbols: number[]; correlation: Float64Array; independentBets: number } {
  const sides = new Map<number, number>()
  for (const { trade, exposure } of lots) sides.set(trade.symbol, (sides.get(trade.symbol) ?? 0) + exposure)
  const symbols = [...sides.keys()]
  const returns = symbols.map((symbol) => returnsBefore(panel, symbol, day))
  const correlation = new Float64Array(symbols.length ** 2)
  symbols.forEach((a, i) =>
    symbols.forEach((b, k) => {
      const sign = Math.sign(sides.get(a)!) * Math.sign(sides.get(b)!)
      correlation[i * symbols.length + k] = i === k ? 1 : sign * correlationOf(returns[i], returns[k])
    }),
  )
  return { symbols, correlation, independentBets: betsOf(panel, lots, day) }
}

/** The same lots, as if they had been held all the time. */
function betsOf(panel: Panel, lots: OpenLot[], day: number): number {
  const earliest = Math.max(0, day - lookBack)
  const held = lots.flatMap(({ trade, exposure }) => {
    const start = trade.symbol * panel.dates.length
    const price = lastClose(panel, start, day)
    const direction: 1 | -1 = exposure < 0 ? -1 : 1
    const shares = Math.abs(exposure) / price
    let entryDay = earliest
    while (entryDay < day && !(panel.close[start + entryDay] > 0)) entryDay++
    const entryPrice = panel.close[start + entryDay]
    return entryPrice > 0
      ? [{ ...trade, direction, shares, entryDay, entryPrice, exitDay: day, exitPrice: price }]
      : []
  })
  return independentBets(panel, held, { first: 0, last: panel.dates.length - 1 }, earliest + 1, day)
}

function lastClose({ close }: Panel, start: number, day: number): number {
  while (day > 0 && !(close[start + day] > 0)) day--
  return close[start + day]
}

function returnsBefore({ close, dates }: Panel, symbol: number, day: number): Float64Array {
  const end = symbol * dates.length + day
  return Float64Array.from({ length: Math.min(lookBack, day) }, (_, back) => {
    const change = close[end - back] / close[end - back - 1] - 1
    return Number.isFinite(change) ? change : NaN
  })
}

/** Of the days that both have; NaN with too few. */
function correlationOf(a: Float64Array, b: Float64Array): number {
  let [n, sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]]
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    n++
    sumA += x
    sumB += y
    squaresA += x * x
    squaresB += y * y
    products += x * y
  }
  if (n < fewestShared) return NaN
  const varianceA = squaresA - (sumA * sumA) / n
  const varianceB = squaresB - (sumB * sumB) / n
  const found = (products - (sumA * sumB) / n) / Math.sqrt(varianceA * varianceB)
  return Number.isFinite(found) ? Math.max(-1, Math.min(1, found)) : NaN
}
