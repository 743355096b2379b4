import type { ReportTrade } from '../api.ts'
import { isOpen } from '../board/isOpen.ts'

/** @returns [days] lots held over the close of every day of a run of so many days */
export function lotsByDay(trades: ReportTrade[], days: number): Int32Array {
  const lots = new Int32Array(days)
  for (const trade of trades)
    for (let day = trade.entryDay; day < days && isOpen(trade, day); day++) lots[day]++
  return lots
}
