import type { Outcome, RunRequest } from '../api.ts'
import type { RiskBoard } from '../board/contract.ts'
import type { SystemId } from '../../systems/system.ts'

/** One row of the signals of a system, by names instead of indices, as it is shown, kept and taken. */
export interface Decision {
  system: SystemId
  symbol: string
  /** Epoch day at whose close it was decided. */
  day: number
  /** 0 = close what is held. */
  direction: 1 | -1 | 0
  /** 0–1 */
  conviction: number
  confidence: number
  /** Bars held at most; 0 = no time exit. */
  horizon: number
  /** Prices, then fractions of the fill, then a fraction of equity; NaN = by the rules. */
  stop: number
  target: number
  stopFraction: number
  targetFraction: number
  size: number
  /** Index into `structureKinds`; −1 = by the rules. */
  structure: number
  /** Why, in the words of the system. */
  reason: string
}

/** What a system says of the newest day it can decide on. */
export interface LiveSignals {
  system: SystemId
  /** The last day with a close, and what was decided then. */
  day: number
  decided: Decision[]
  /**
   * What would be decided if the day that has begun closed now, at the last prices: rows seen since the last close
   * are in it. Null where the panel does not end with a day that has begun, or the system decides by prices alone.
   */
  provisional: { day: number; decisions: Decision[] } | null
  simulated: boolean
  milliseconds: number
}

export type TakenBy = 'rule' | 'hand'

export interface TakenDecision extends Decision {
  by: TakenBy
  /** Epoch milliseconds when it was taken; of a replay, the close of its day. */
  takenAt: number
  /** Taken after the next open had passed: it is in the journal and never filled. */
  late: boolean
}

/** A paper portfolio: decisions that were taken, under the rules of the request, from a day on. */
export interface PaperBook {
  system: SystemId
  request: RunRequest
  /** First day whose decisions may be taken. */
  from: number
  /** By rule: signals at or above this conviction are taken on their own; null = by hand only. */
  takeFrom: number | null
  taken: TakenDecision[]
}

export interface JournalLine {
  day: number
  kind: 'taken' | 'late' | 'entered' | 'left' | 'waiting' | 'not filled'
  symbol: string
  direction: 1 | -1 | 0
  by: TakenBy | null
  shares: number
  /** After slippage; NaN where there is none. */
  price: number
  /** After fees; NaN until it is closed. */
  profit: number
  /** Why it was taken, left, or not filled. */
  reason: string
}

/** What a paper book came to by the close of a day. */
export interface PaperView {
  system: SystemId
  book: PaperBook
  /** [days] since the book was opened. */
  dates: Int32Array
  equity: Float64Array
  board: RiskBoard
  /** Taken, and waiting for the next price. */
  waiting: TakenDecision[]
  journal: JournalLine[]
  closed: number
  profit: number
  breaker: {
    /** Fractions; NaN = the rules have none. */
    dailyLoss: number
    drawdown: number
    /** From the highest close, positive; and of the last day. */
    drawdownNow: number
    lossToday: number
    /** No entries on the next morning. */
    shut: boolean
  }
}

/** A replay at the close of a day. */
export interface ReplayState {
  request: RunRequest
  from: number
  to: number
  day: number
  /** Index of the day, of `days`. */
  at: number
  days: number
  decisions: Decision[]
  view: PaperView
  /** Decisions so far, and whether each is that of the backtest over the whole range. */
  compared: {
    decisions: number
    same: number
    entries: number
    sameEntries: number
    closed: number
    sameClosed: number
  }
  /** The first difference, in a sentence; '' = none. */
  difference: string
}

export interface PaperApi {
  /** Of the panel in use, which may end with the day that has begun (`Panel.provisional`). */
  liveSignals(request: RunRequest): Promise<Outcome<LiveSignals>>

  /** Opens the book of a system, or changes what it takes; an open one keeps its decisions. */
  openPaper(request: RunRequest, from: number, takeFrom: number | null): Promise<Outcome<PaperBook>>
  /** Forgets the book and its journal. */
  closePaper(system: SystemId): Promise<Outcome<null>>
  /** Takes decisions; one that was taken before stays as it was. */
  takeDecisions(system: SystemId, decisions: Decision[], by: TakenBy): Promise<Outcome<PaperBook>>
  /** Takes back what waits for a price. */
  untake(decision: Decision): Promise<Outcome<PaperBook>>
  papers(): Promise<Outcome<PaperBook[]>>
  paperView(system: SystemId): Promise<Outcome<PaperView>>
  /** The journal of a book, or of the replay under way, as CSV. */
  paperJournal(of: SystemId | 'replay'): Promise<Outcome<Blob>>

  /** Begins a replay of the days from `from` to `to`, before the first. */
  startReplay(request: RunRequest, from: number, to: number): Promise<Outcome<{ days: number }>>
  /** Goes on by so many days, or as many as fit into a second; cancelled by the next `startReplay`. */
  replayOn(days: number): Promise<Outcome<ReplayState>>
}
