import type { Panel } from '../quant/panel.ts'
import type { ReportTrade } from './api.ts'
import type { DayRange } from './simulate.ts'

/**
 * Effective number of independent bets: with λ the variances of the principal components of the daily
 * profits by symbol, (Σλ)² ÷ Σλ². One symbol, or many that move as one, give 1; n uncorrelated equal ones
 * give n. Meucci (2009), “Managing diversification”, with the inverse Herfindahl index in place of his
 * entropy, which needs no eigenvectors: Σλ is the trace of the covariance matrix and Σλ² the sum of its
 * squared elements.
 *
 * @param from, to first and last day counted, in days of the run
 * @returns NaN without trades
 */
export function independentBets(
  panel: Panel,
  trades: ReportTrade[],
  range: DayRange,
  from: number,
  to: number,
): number {
  const days = to - from + 1
  const rowOf = new Map<number, number>()
  for (const { symbol } of trades) if (!rowOf.has(symbol)) rowOf.set(symbol, rowOf.size)
  const profit = new Float64Array(rowOf.size * Math.max(0, days))
  for (const trade of trades) {
    const start = trade.symbol * panel.dates.length + range.first
    const row = rowOf.get(trade.symbol)! * days - from
    let mark = trade.entryPrice
    for (let day = trade.entryDay; day <= trade.exitDay && day <= to; day++) {
      const close = day === trade.exitDay ? trade.exitPrice : panel.close[start + day]
      if (!(close > 0)) continue
      if (day >= from) profit[row + day] += trade.direction * trade.shares * (close - mark)
      mark = close
    }
  }
  const n = rowOf.size
  for (let a = 0; a < n; a++) {
    let sum = 0
    for (let day = 0; day < days; day++) sum += profit[a * days + day]
    for (let day = 0; day < days; day++) profit[a * days + day] -= sum / days
  }
  let trace = 0
  let squares = 0
  for (let a = 0; a < n; a++) {
    for (let b = a; b < n; b++) {
      let product = 0
      for (let day = 0; day < days; day++) product += profit[a * days + day] * profit[b * days + day]
      if (a === b) trace += product
      squares += (a === b ? 1 : 2) * product * product
    }
  }
  return squares > 0 ? (trace * trace) / squares : NaN
}
