import type { Panel } from '../../quant/panel.ts'
import type { RiskRules, Signals } from '../../systems/system.ts'
import type { ReportTrade } from '../api.ts'
import type { FinishedRun } from '../engine.ts'
import { isOpen } from './isOpen.ts'
import { openStructureLots } from './openStructureLots.ts'
import { barLimit, positive } from '../levels.ts'
import { daysPerYear } from '../sizing.ts'

/** A lot at the close of a day. */
export interface OpenLot {
  trade: ReportTrade
  /** Last close of the symbol up to the day; the entry fill before the first. */
  price: number
  /** Level in force after the close: that of the entry, or tighter where it trails; NaN = none. */
  stop: number
  /** Bars left before the time exit; −1 = no time exit. */
  barsLeft: number
  /** Commission and borrow paid so far, in money; 0 for a structure, whose fees count when it is closed. */
  paid: number
  /** Equity that the lot was sized on, in money. */
  sizedOn: number
  /** What it moves like, in money: shares × price, of a structure delta × spot; negative for short. */
  exposure: number
  /** Most it can lose from here, in money; Infinity = no bound but its value. */
  mostLoss: number
  /** Legs of a structure, in words; '' = shares. */
  structure: string
}

/** The lots held over the close of a day of the run, in the order of entry. */
export function openLots(run: FinishedRun, day: number): OpenLot[] {
  if (run.structures !== undefined) return openStructureLots(run, day)
  const { report, panel, signals, rules, scope } = run
  const { first } = scope.range
  return report.trades
    .filter((trade) => isOpen(trade, day))
    .sort((a, b) => a.entryDay - b.entryDay)
    .map((trade) => {
      const mostBars = barLimit(horizonOf(signals, first + trade.signalDay, trade), rules.maxBars)
      const sizedOn = trade.entryDay > 0 ? report.equity[trade.entryDay - 1] : rules.capital
      const { borrow, ...followed } = follow(panel.panel, trade, rules, first, day, mostBars)
      const exposure = trade.direction * trade.shares * followed.price
      const commission = (rules.costs.commissionBps / 10_000) * trade.shares * trade.entryPrice
      const paid = commission + borrow
      return { trade, sizedOn, ...followed, paid, exposure, mostLoss: Infinity, structure: '' }
    })
}

/** Bars that the signal of a trade gave it; 0 = no time exit. */
function horizonOf(
  { day, symbol, direction, horizon }: Signals,
  decided: number,
  trade: ReportTrade,
): number {
  for (let row = firstRow(day, decided); row < day.length && day[row] === decided; row++)
    if (symbol[row] === trade.symbol && direction[row] === trade.direction) return horizon[row]
  return 0
}

function firstRow(days: Int32Array, day: number): number {
  let low = 0
  let high = days.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (days[middle] < day) low = middle + 1
    else high = middle
  }
  return low
}

/** Walks the bars of a lot up to a day, as the simulation does. @param first day of the panel that is day 0 */
function follow(
  panel: Panel,
  { symbol, direction, shares, entryDay, entryPrice, stop: firstStop }: ReportTrade,
  rules: RiskRules,
  first: number,
  day: number,
  mostBars: number,
): Pick<OpenLot, 'price' | 'stop' | 'barsLeft'> & { borrow: number } {
  const start = symbol * panel.dates.length + first
  const trailing = positive(rules.trailingStop) * entryPrice
  const dailyBorrow = direction < 0 ? rules.costs.borrowRate / daysPerYear : 0
  let price = entryPrice
  let stop = firstStop
  let bars = 0
  let borrow = 0
  for (let at = start + entryDay; at <= start + day; at++) {
    if (panel.open[at] > 0 && panel.close[at] > 0) {
      price = panel.close[at]
      bars++
      const level = price - direction * trailing
      if (direction * level > direction * stop) stop = level
    }
    borrow += shares * price * dailyBorrow
  }
  return { price, stop, barsLeft: mostBars > 0 ? Math.max(0, mostBars - bars) : -1, borrow }
}
