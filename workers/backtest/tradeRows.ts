import type { Panel } from '../quant/panel.ts'
import type { Signals } from '../systems/system.ts'
import type { Instrument, ReportTrade } from './api.ts'
import { exitReasons } from './ledger.ts'
import type { Ledger } from './ledger.ts'
import type { DayRange } from './simulate.ts'
import type { Lot } from './structures/lot.ts'

/** By exit code. At the open nothing of that bar was lived through, at the close the whole bar was. */
const atOpen = exitReasons.map((reason) =>
  ['signal', 'trim', 'breaker', 'stop-gap', 'target-gap'].includes(reason),
)
const atClose = exitReasons.map((reason) => ['time', 'delisted', 'end'].includes(reason))

/**
 * The trades of a run as the report shows them. Days are counted from the first day of the run; `split`
 * is the first out-of-sample one, in the same count.
 * Of structures of options (`structures`, one per trade) returns and excursions are measured on what was at risk.
 */
export function tradeRows(
  panel: Panel,
  signals: Signals,
  ledger: Ledger,
  { first }: DayRange,
  split: number,
  structures?: readonly Lot[],
): ReportTrade[] {
  const rows = new Array<ReportTrade>(ledger.length)
  for (let i = 0; i < ledger.length; i++) {
    const row = ledger.row[i]
    const entryDay = ledger.entryDay[i] - first
    const shares = ledger.shares[i]
    const entryPrice = ledger.entryPrice[i]
    const profit = ledger.profit[i]
    const lot = structures?.[i]
    const { adverse, favourable } = lot ?? excursions(panel, ledger, i)
    // Written out: spreading two thousand trades costs more than simulating them.
    rows[i] = {
      symbol: ledger.symbol[i],
      direction: ledger.direction[i] as 1 | -1,
      shares,
      signalDay: signals.day[row] - first,
      entryDay,
      entryPrice,
      exitDay: ledger.exitDay[i] - first,
      exitPrice: ledger.exitPrice[i],
      exitReason: exitReasons[ledger.exit[i]],
      ambiguous: ledger.ambiguous[i] === 1,
      fees: ledger.fees[i],
      profit,
      return: profit / (shares * (lot?.atRisk ?? entryPrice)),
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
    if (lot && lot.kind !== 'shares') rows[i].instrument = instrumentOf(lot)
  }
  return rows
}

function instrumentOf({ kind, legs, contracts, quoted, surface, model, mostLoss, units }: Lot): Instrument {
  return { kind, legs, contracts, marks: { quoted, surface, model }, mostLoss: mostLoss * units }
}

/** Worst and best move of the bars lived through; of the exit bar only what came before the exit for sure. */
function excursions(panel: Panel, ledger: Ledger, i: number): { adverse: number; favourable: number } {
  const start = ledger.symbol[i] * panel.dates.length
  const direction = ledger.direction[i]
  const entryPrice = ledger.entryPrice[i]
  const exitDay = ledger.exitDay[i]
  const exit = ledger.exit[i]
  let low = ledger.exitPrice[i]
  let high = low
  const lastWhole = atClose[exit] ? exitDay : exitDay - 1
  for (let at = start + ledger.entryDay[i]; at <= start + lastWhole; at++) {
    if (panel.low[at] < low) low = panel.low[at]
    if (panel.high[at] > high) high = panel.high[at]
  }
  if (!atOpen[exit]) {
    const open = panel.open[start + exitDay]
    if (open < low) low = open
    if (open > high) high = open
  }
  const worst = (direction > 0 ? low : -high) / entryPrice - direction
  const best = (direction > 0 ? high : -low) / entryPrice - direction
  return { adverse: Math.min(0, worst), favourable: Math.max(0, best) }
}
