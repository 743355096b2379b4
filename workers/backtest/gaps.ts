import type { Panel } from '../quant/panel.ts'
import type { ReportTrade } from './api.ts'
import type { DayRange } from './simulate.ts'

/** Weekends with a holiday on either side are four days; a longer hole in the dates is missing data. */
const longestWeekend = 5

/**
 * Trades during which prices were missing: a day of the panel without a close of the symbol, or more
 * than five calendar days from one close to the next.
 */
export function tradesWithGaps(panel: Panel, trades: ReportTrade[], { first }: DayRange): number {
  let concerned = 0
  for (const { symbol, entryDay, exitDay } of trades) {
    const start = symbol * panel.dates.length
    for (let day = first + entryDay; day <= first + exitDay; day++) {
      const missing = !(panel.close[start + day] > 0)
      const hole = day > first + entryDay && panel.dates[day] - panel.dates[day - 1] > longestWeekend
      if (missing || hole) {
        concerned++
        break
      }
    }
  }
  return concerned
}
