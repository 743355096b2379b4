import type { ReportTrade, RunRequest } from '../api.ts'
import type { FinishedRun, LoadedPanel } from '../engine.ts'
import { dayInWords } from '../calendar.ts'
import { finishRun } from '../finishRun.ts'
import { firstAtOrAfter } from '../range.ts'
import { sameWithin } from '../sizing.ts'
import { isOpen } from '../board/isOpen.ts'
import { firstDays } from '../withoutFuture.ts'
import { decisionsOf, isSame } from './decisions.ts'
import { decideAt } from './liveSignals.ts'
import { paperView } from './paperView.ts'
import type { Decision, JournalLine, PaperBook, ReplayState, TakenDecision } from './contract.ts'

const msPerDay = 86_400_000
/** 20:00 UTC, the close in summer. */
const closeMs = 20 * 3_600_000

/**
 * Historical days, one after the other, through the path of live days: each is decided knowing nothing later, its
 * decisions are taken by rule, and the paper book is valued on the prices so far. Beside it stands the backtest over
 * the same days, with which every decision, entry and exit is compared as it comes.
 */
export class Replay {
  /** Days of the panel replayed, first and last. */
  readonly first: number
  readonly last: number
  private at: number
  private readonly whole: FinishedRun
  private readonly book: PaperBook
  private readonly entered = new Set<string>()
  private readonly closed = new Set<string>()
  private readonly compared = {
    decisions: 0,
    same: 0,
    entries: 0,
    sameEntries: 0,
    closed: 0,
    sameClosed: 0,
  }
  private difference = ''
  /** Of the days so far; empty before the first. */
  journal: JournalLine[] = []

  /** @throws RangeError in words where the days cannot be replayed */
  constructor(
    readonly panel: LoadedPanel,
    readonly request: RunRequest,
    from: number,
    to: number,
  ) {
    const whole = finishRun(panel, { ...request, from, to, outOfSampleFrom: null })
    if (typeof whole === 'string') throw new RangeError(whole)
    const { dates } = panel.panel
    this.whole = whole
    this.first = firstAtOrAfter(dates, from)
    this.last = whole.scope.range.last
    this.at = this.first - 1
    this.book = { system: request.system, request, from: dates[this.first], takeFrom: 0, taken: [] }
  }

  get days(): number {
    return this.last - this.first + 1
  }

  get over(): boolean {
    return this.at >= this.last
  }

  /** Goes on by a day. */
  step(): ReplayState {
    if (!this.over) this.at++
    const { panel, at, book } = this
    const { dates } = panel.panel
    const decisions = decideAt(panel, this.request, at)
    this.compareDecisions(decisions)
    const takenAt = dates[at] * msPerDay + closeMs
    book.taken.push(
      ...decisions.map((decision): TakenDecision => ({ ...decision, by: 'rule', takenAt, late: false })),
    )
    const so = paperView({ ...panel, panel: this.known() }, book)
    if (typeof so === 'string') throw new RangeError(so)
    this.journal = so.view.journal
    this.compareTrades(so.run)
    return {
      request: this.request,
      from: dates[this.first],
      to: dates[this.last],
      day: dates[at],
      at: at - this.first,
      days: this.days,
      decisions,
      view: so.view,
      compared: { ...this.compared },
      difference: this.difference,
    }
  }

  /**
   * The prices so far, and which symbols have traded for the last time: that is announced, and the backtest reckons
   * with it as well.
   */
  private known(): LoadedPanel['panel'] {
    const { panel } = this.panel
    const cut = firstDays(panel, this.at + 1)
    delete cut.provisional
    const { symbols, dates, open, close } = panel
    cut.ended = Uint8Array.from(symbols, (_, symbol) => {
      const start = symbol * dates.length
      let lastBar = this.last
      while (lastBar > 0 && !(open[start + lastBar] > 0 && close[start + lastBar] > 0)) lastBar--
      return Number(lastBar < this.last && lastBar <= this.at)
    })
    return cut
  }

  private compareDecisions(decisions: Decision[]): void {
    const { whole, at, compared } = this
    const expected = decisionsOf(whole.panel.panel, whole.signals, whole.system, at)
    const differs = (how: string) => this.differs(this.panel.panel.dates[at], how)
    compared.decisions += Math.max(decisions.length, expected.length)
    decisions.forEach((decision, i) => {
      if (expected[i] !== undefined && isSame(decision, expected[i])) compared.same++
      else differs(`${decision.symbol} was decided otherwise than in the backtest`)
    })
    if (expected.length > decisions.length)
      differs(`the backtest decided on ${expected[decisions.length].symbol}, the replay did not`)
  }

  /** Whatever entered or left since the day before, beside the same trade of the backtest. */
  private compareTrades(run: FinishedRun): void {
    const { whole, compared } = this
    const { symbols, dates } = run.report
    const day = dates.length - 1
    const shift = run.scope.range.first - whole.scope.range.first
    const equity = run.report.equity[day]
    // On its last day the backtest sells what it holds.
    if (!this.over && !Object.is(equity, whole.report.equity[day + shift]))
      this.differs(dates[day], `the equity is ${equity.toFixed(2)}, in the backtest it is not`)
    const expected = lotsOf(whole, 0)
    for (const [key, parts] of lotsOf(run, shift)) {
      const others = expected.get(key) ?? []
      const name = symbols[parts[0].symbol]
      // Structures are opened at closes, but none by a backtest at its last.
      if (this.over && run.structures !== undefined && parts[0].entryDay === day) continue
      if (!this.entered.has(key)) {
        this.entered.add(key)
        compared.entries++
        if (sameEntry(parts, others)) compared.sameEntries++
        else this.differs(dates[day], `${name} was entered otherwise than in the backtest`)
      }
      parts.forEach((trade, part) => {
        const of = `${key} ${part}`
        if (isOpen(trade, day) || this.closed.has(of)) return
        this.closed.add(of)
        compared.closed++
        if (part < others.length && sameExit(trade, others[part], shift)) compared.sameClosed++
        else this.differs(dates[day], `${name} was closed otherwise than in the backtest`)
      })
    }
  }

  private differs(day: number, how: string): void {
    this.difference ||= `${dayInWords(day)}: ${how}.`
  }
}

/** The trades of each lot, of which there are several where it left in parts. @param shift days to the first of the whole run */
function lotsOf({ report }: FinishedRun, shift: number): Map<string, ReportTrade[]> {
  const lots = new Map<string, ReportTrade[]>()
  for (const trade of report.trades) {
    const key = `${trade.symbol} ${trade.direction} ${trade.signalDay + shift} ${trade.entryDay + shift}`
    const parts = lots.get(key)
    if (parts) parts.push(trade)
    else lots.set(key, [trade])
  }
  return lots
}

function sameEntry(parts: ReportTrade[], others: ReportTrade[]): boolean {
  if (others.length === 0) return false
  const size = (trades: ReportTrade[]) => trades.reduce((sum, { shares }) => sum + shares, 0)
  const [a, b] = [parts[0], others[0]]
  // Parts add up to the lot but for the last digit.
  const sameSize = Math.abs(size(parts) - size(others)) <= sameWithin * size(others)
  return (
    sameSize &&
    Object.is(a.entryPrice, b.entryPrice) &&
    Object.is(a.stop, b.stop) &&
    Object.is(a.target, b.target)
  )
}

const sameExit = (a: ReportTrade, b: ReportTrade, shift: number): boolean =>
  a.exitDay + shift === b.exitDay &&
  a.exitReason === b.exitReason &&
  Object.is(a.shares, b.shares) &&
  Object.is(a.exitPrice, b.exitPrice) &&
  Object.is(a.profit, b.profit)
