import type { ReportTrade } from '../api.ts'
import type { FinishedRun } from '../engine.ts'
import { isOpen } from '../board/isOpen.ts'
import type { LegMark, Lot } from './lot.ts'
import { optionMarketOf } from './optionMarket.ts'
import type { OptionMarket } from './optionMarket.ts'

/** A structure that is held over the close of a day, with what its legs were worth then. */
export interface OpenStructure {
  lot: Lot
  trade: ReportTrade
  /** [legs] in units of the day it was opened, as its strikes are */
  marks: LegMark[]
  /** Place of the day in the history of the lot: 0 = it was opened at this close. */
  held: number
}

/** The market that a run in options was priced by; null for a run in shares. */
export function marketOf({ panel, rules }: FinishedRun): OptionMarket | null {
  return rules.expression === undefined ? null : optionMarketOf(panel.panel, rules.expression.model)
}

/** What a run holds over the close of a day; what only the end of the data closes is held until then. @param day of the panel */
export function openStructures(
  { structures = [], report, scope }: FinishedRun,
  day: number,
): OpenStructure[] {
  const open: OpenStructure[] = []
  structures.forEach((lot, i) => {
    const trade = report.trades[i]
    if (!isOpen(trade, day - scope.range.first)) return
    // On a day without trade the last marks stand.
    let held = lot.days.length - 1
    while (held > 0 && lot.days[held] > day) held--
    open.push({ lot, trade, marks: lot.history[held], held })
  })
  return open
}
