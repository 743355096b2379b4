import type { Panel } from '../quant/panel.ts'
import type { Signals } from '../systems/system.ts'
import type { ReportTrade } from './api.ts'
import type { DayRange, Simulation } from './simulate.ts'

/** Exits that happen at the open: nothing of that bar was lived through. */
const atOpen = new Set(['signal', 'trim', 'breaker', 'stop-gap', 'target-gap'])
/** Exits that happen at the close: the whole bar was. */
const atClose = new Set(['time', 'delisted', 'end'])

/**
 * The trades of a run as the report shows them. Days are counted from the first day of the run; `split`
 * is the first out-of-sample one, in the same count.
 */
export function tradeRows(
  panel: Panel,
  signals: Signals,
  { trades, ledger }: Simulation,
  range: DayRange,
  split: number,
): ReportTrade[] {
  return trades.map((trade, i) => {
    const row = ledger.row[i]
    const { adverse, favourable } = excursions(panel, trade)
    const entryDay = trade.entryDay - range.first
    return {
      ...trade,
      signalDay: trade.signalDay - range.first,
      entryDay,
      exitDay: trade.exitDay - range.first,
      return: trade.profit / (trade.shares * trade.entryPrice),
      bars: ledger.bars[i],
      adverse,
      favourable,
      stop: ledger.stop[i],
      target: ledger.target[i],
      reason: signals.reason === undefined ? -1 : signals.reason[row],
      conviction: signals.conviction[row],
      breach: ledger.breach[i] === 1,
      outOfSample: entryDay >= split,
    }
  })
}

/** Worst and best move of the bars lived through; of the exit bar only what came before the exit for sure. */
function excursions(
  panel: Panel,
  { symbol, direction, entryDay, entryPrice, exitDay, exitPrice, exitReason }: Simulation['trades'][number],
): { adverse: number; favourable: number } {
  const start = symbol * panel.dates.length
  let low = exitPrice
  let high = exitPrice
  const lastWhole = atClose.has(exitReason) ? exitDay : exitDay - 1
  for (let at = start + entryDay; at <= start + lastWhole; at++) {
    if (panel.low[at] < low) low = panel.low[at]
    if (panel.high[at] > high) high = panel.high[at]
  }
  if (!atOpen.has(exitReason)) {
    const open = panel.open[start + exitDay]
    if (open < low) low = open
    if (open > high) high = open
  }
  const worst = (direction > 0 ? low : -high) / entryPrice - direction
  const best = (direction > 0 ? high : -low) / entryPrice - direction
  return { adverse: Math.min(0, worst), favourable: Math.max(0, best) }
}
