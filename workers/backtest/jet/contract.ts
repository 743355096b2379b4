import type { FlightProblem } from '../../quant/flightTables.ts'
import type { RowDataset, RowScorer, RowScores, ScoringModel } from '../../quant/rows.ts'
import type { Outcome } from '../api.ts'
import type { StudyDays, StudyFigures } from '../study/contract.ts'

/** Everything that flew, for the map. Indices point into the lists; days and minutes are UTC since the epoch. */
export interface FlightMap {
  airports: { code: string[]; name: string[]; latitude: Float64Array; longitude: Float64Array }
  companies: { symbol: string[]; name: string[]; headquarters: Int32Array }
  tails: { registration: string[]; icao24: string[]; type: string[] }
  /** [legs] by departure */
  legs: {
    tail: Int32Array
    /** operator on the day; −1 = nobody known */
    company: Int32Array
    departed: Float64Array
    arrived: Float64Array
    origin: Int32Array
    destination: Int32Array
    /** number of the trip of its aircraft (from home base until back); −1 = none */
    trip: Int32Array
  }
  /** [tails] where its nights are spent by the end of the data; −1 unknown */
  homeBase: Int32Array
  /** Weeks in which a company with aircraft shows nothing though it usually does: hidden, or idle. Monday's epoch day. */
  hiddenWeeks: { company: Int32Array; week: Int32Array }
  problems: FlightProblem[]
  from: number
  to: number
  simulated: boolean
}

/** A company's year as a calendar. */
export interface CompanyYear {
  symbol: string
  year: number
  /** [days of the year] legs that departed on the day; −1 in a hidden week */
  legs: Int32Array
  /** [days] an aircraft stayed overnight at another company's headquarters: index of that company, −1 = none */
  visited: Int32Array
  events: { day: number; kind: string; counterparty: string }[]
}

/** Aircraft of two companies on the ground at one airport within 48 hours of each other. */
export interface CoLocation {
  airport: string
  /** Minutes since the epoch; of the later landing */
  at: number
  /** Hours between the two landings. */
  apart: number
  first: { symbol: string; registration: string; arrived: number }
  second: { symbol: string; registration: string; arrived: number }
  /** Headquarters of a company, of theirs or another; '' = none. */
  headquartersOf: string
}

/** Who visited whose headquarters. */
export interface VisitMatrix {
  visitors: string[]
  visited: string[]
  /** [visitors × visited] landings */
  visits: Int32Array
  /** [visitors × visited] epoch day of the announcement of a deal of the two; 0 = none in the range */
  dealOn: Int32Array
}

export interface EventRow {
  symbol: string
  day: number
  kind: string
  counterparty: string
  /** Within the prices loaded, and with enough of them before to be studied. */
  studied: boolean
  /** Why not; '' where it is. */
  why: string
  /** Abnormal return of the day of the announcement; NaN where it is not studied. */
  dayReturn: number
}

export interface EventStudyRequest extends StudyDays {
  around: 'target' | 'acquirer' | 'terminated' | 'earnings' | 'signals'
}

export interface EventStudyResult extends StudyFigures {
  request: EventStudyRequest
}

/** One row the model looked at, in words a person follows. */
export interface NowRow {
  /** Index of the row in the dataset; stable while the data are. */
  row: number
  kind: 'visit' | 'company-week'
  /** Visitor, or the company itself. */
  company: string
  companyName: string
  /** Visited company; '' for a week. */
  visited: string
  visitedName: string
  /** Epoch day of the decision. */
  day: number
  /** Calibrated probabilities. */
  sell: number
  hold: number
  buy: number
  target: number
  acquirer: number
  /** p(buy) − p(sell), and its rank among the rows of the past year, 0–1. */
  conviction: number
  rank: number
  risk: number
  /** Segments after which the model would have halted; 0 where it does not. */
  depth: number
  /** What is unusual, a short sentence each, largest first. */
  unusual: { text: string; z: number }[]
  /** What the system would do at the next open, in words; '' = nothing. */
  action: string
}

export interface Now {
  day: number
  model: ScoringModel | null
  /** Most unusual first. */
  rows: NowRow[]
  /** Milliseconds that scoring took. */
  milliseconds: number
}

/** Which legs moved a decision most: every feature recomputed without the leg. */
export interface Explanation {
  row: number
  /** p(buy) − p(sell) with all legs. */
  conviction: number
  legs: {
    departed: number
    arrived: number
    registration: string
    origin: string
    destination: string
    /** Index into `FlightMap.legs`. */
    leg: number
    /** Conviction with all legs − without this one. */
    moved: number
  }[]
  /** The pairs that moved it most together; indices into `legs`. */
  pairs: { first: number; second: number; moved: number }[]
  /** The same for random legs: mean and 95th percentile of |moved|, and of pairs. */
  random: { mean: number; high: number; pairMean: number; pairHigh: number }
}

/** What a threshold on the probability of a takeover would have brought on the days that training had not seen. */
export interface ThresholdRow {
  /** Least probability. */
  threshold: number
  signals: number
  perYear: number
  /** Share after which a takeover was announced within 60 days, of the signals whose answer is known. */
  eventShare: number
  /** Share whose abnormal return went the way of the signal. */
  directionShare: number
  answered: number
}

/** How the Jet system stands: what is loaded, which models can be asked. */
export interface JetStatus {
  rows: number
  visits: number
  companyWeeks: number
  legs: number
  companies: number
  datasetHash: string
  split: { validationFrom: number; testFrom: number; to: number }
  /** Models whose scores are here. */
  models: ScoringModel[]
  problems: FlightProblem[]
}

export interface JetApi {
  /** The port to the worker that scores; `RowSource` is exposed on it, a `RowScorer` answers on the other. */
  connectModels(source: MessagePort, scorer: MessagePort): void
  jetStatus(): Promise<Outcome<JetStatus>>
  /** Scores all rows by a model and keeps them for runs; the newest of each id counts. */
  jetScore(model: ScoringModel): Promise<Outcome<JetStatus>>
  flightMap(): Promise<Outcome<FlightMap>>
  companyYear(symbol: string, year: number): Promise<Outcome<CompanyYear>>
  /** Newest first, at most `limit`. */
  coLocations(first: string, second: string, limit: number): Promise<Outcome<CoLocation[]>>
  visitMatrix(from: number | null, to: number | null): Promise<Outcome<VisitMatrix>>
  eventTimeline(): Promise<Outcome<EventRow[]>>
  eventStudy(request: EventStudyRequest): Promise<Outcome<EventStudyResult>>
  /** From strict to lax, for the model that decides; null = the newest. */
  jetThresholds(model: string | null): Promise<Outcome<ThresholdRow[]>>
  jetNow(model: string | null): Promise<Outcome<Now>>
  jetExplain(model: string, row: number): Promise<Outcome<Explanation>>
}

/** What the training worker asks of the backtest worker over the port. */
export interface RowSource {
  dataset(): Promise<Outcome<RowDataset>>
}

export type { RowDataset, RowScorer, RowScores, ScoringModel }
