import { exp, log } from '../../workers/quant/elementary.ts'
import { epochDay } from '../calendar.ts'
import type { Random } from '../random.ts'
import type { Fundamental } from './demandTables.ts'

/**
 * Quarterly figures of one company as it files them, none of which foretells anything: revenue with a trend
 * and a season, what is left of it, and the number of shares.
 * @param untilDay epoch day; what would be filed later is not in the table
 */
export function drawFundamentals(
  symbol: number,
  firstYear: number,
  years: number,
  untilDay: number,
  random: Random,
): Fundamental[] {
  const rows: Fundamental[] = []
  let revenue = exp(random.between(log(60e6), log(4e9)))
  let shares = exp(random.between(log(30e6), log(600e6)))
  const growth = random.between(-0.01, 0.035)
  const margin = random.between(0.02, 0.2)
  const season = [0, 1, 2, 3].map(() => random.between(0.94, 1.06))
  const filingDays = 24 + random.below(20)
  for (let quarter = 0; quarter < 4 * years; quarter++) {
    revenue *= exp(growth + 0.03 * random.normal())
    shares *= exp(random.between(-0.006, 0.004))
    const income = revenue * (margin + 0.04 * random.normal())
    // The last day of the quarter is the day before the next one begins.
    const year = firstYear + Math.floor(quarter / 4)
    const periodEnd = epochDay(year, 3 * (quarter % 4) + 4, 1) - 1
    const knownAt = periodEnd + filingDays + random.below(12)
    if (knownAt > untilDay) break
    const row = (metric: Fundamental['metric'], value: number, unit: number) =>
      rows.push({ symbol, periodEnd, knownAt, metric, value: Math.round(value / unit) * unit })
    row('revenue', revenue * season[quarter % 4], 1e5)
    row('net_income', income * season[quarter % 4], 1e5)
    row('shares_outstanding', shares, 1e4)
  }
  return rows
}
