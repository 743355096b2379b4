import type { FinishedRun, LoadedPanel } from '../engine.ts'
import { isOpen } from '../board/isOpen.ts'
import { riskBoard } from '../board/riskBoard.ts'
import { breakerOf } from './breaker.ts'
import type { PaperBook, PaperView } from './contract.ts'
import { journalOf } from './journal.ts'
import { paperRun } from './paperRun.ts'

/** What a paper book came to by the newest close of the panel; or the sentence that says why there is none. */
export function paperView(
  panel: LoadedPanel,
  book: PaperBook,
): { view: PaperView; run: FinishedRun } | string {
  const inTime = book.taken.filter(({ late }) => !late)
  const run = paperRun(panel, book.request, book.from, inTime)
  if (typeof run === 'string') return run
  const { report, rules } = run
  const last = report.dates.length - 1
  const closed = report.trades.filter((trade) => !isOpen(trade, last))
  const view: PaperView = {
    system: book.system,
    book,
    dates: report.dates,
    equity: report.equity,
    board: riskBoard(run, null),
    waiting: inTime.filter(({ day }) => day >= report.dates[last]),
    journal: journalOf(run, book.taken),
    closed: closed.length,
    profit: closed.reduce((sum, { profit }) => sum + profit, 0),
    breaker: breakerOf(report.equity, rules),
  }
  return { view, run }
}
