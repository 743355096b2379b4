import type { RiskBoard } from '../board/contract.ts'
import type { DemandProblem, IncidentSeverity, TicketMood } from '../../quant/demandTables.ts'
import type { Params } from '../../systems/system.ts'
import type { Outcome, RunRequest } from '../api.ts'
import type { StudyDays, StudyFigures } from '../study/contract.ts'

/** How the Tickets system stands: what is loaded. Days are epoch days; indices of products point into `products`. */
export interface TicketsStatus {
  products: {
    symbol: string
    company: string
    name: string
    weight: number
    /** 0 = tickets of its own, 1 = made of incidents, 2 = made of downloads */
    derived: number
    moods: TicketMood[]
  }[]
  /** Calendar days of ticket counts, and tickets in all. */
  from: number
  to: number
  tickets: number
  adoption: number
  incidents: number
  news: number
  problems: DemandProblem[]
  simulated: boolean
}

/** The unusual days of all products: columns of equal length, by day, then product. */
export interface TicketAnomalies {
  product: Int32Array
  /** Index into `moods`. */
  mood: Uint8Array
  day: Int32Array
  count: Float64Array
  expected: Float64Array
  /** MAD score, and probability of a count as large. */
  score: Float64Array
  tail: Float64Array
  /** 1 where the rule in force flags the day. Rows are days that either rule flags. */
  flagged: Uint8Array
  /** 1 where an independent source agreed by the close on which the day was known. */
  corroborated: Uint8Array
}

/** Counts of one product with the band of the usual: from the day `from` on, a day each. */
export interface TicketBand {
  product: number
  mood: TicketMood
  from: number
  /** NaN = missing */
  count: Float32Array
  /** Expected count, and the largest count that is not unusual by the rule in force. */
  expected: Float32Array
  upper: Float32Array
  /** Days on which a change of level was recognised. */
  shifts: { day: number; direction: 1 | -1 }[]
}

/** What else happened, by company and then day: columns of equal length; companies point into `symbols`. */
export interface TicketMarks {
  symbols: string[]
  /** First and last day on which it was open; severity is an index into `severities`. */
  incidents: { company: Int32Array; from: Int32Array; to: Int32Array; severity: Uint8Array }
  releases: { company: Int32Array; day: Int32Array }
  news: { company: Int32Array; day: Int32Array; sentiment: Float64Array }
}

/** What stands for a decision, one part after another. */
export interface ConfidencePart {
  id: 'base' | 'incident' | 'sentiment' | 'news' | 'downloads' | 'commits' | 'release'
  /** What was found, in words: “Incident since 3 March, major”. '' = nothing, and the part is 0. */
  found: string
  part: number
  /** What it would be worth. */
  worth: number
}

/** An unusual day as the system judged it at a close, whether or not it became a signal. */
export interface TicketCandidate {
  product: number
  symbol: string
  /** Epoch day of the tickets, and of the close at which they were judged, see `Candidate`. */
  day: number
  decided: number
  direction: 1 | -1
  count: number
  expected: number
  score: number
  tail: number
  parts: ConfidencePart[]
  confidence: number
  /** Bars held at most. */
  horizon: number
  /** '' where it became a signal, else why not. */
  dropped: string
}

/** One product in full, for its timeline. */
export interface ProductTimeline {
  product: number
  symbol: string
  bands: TicketBand[]
  /** Of the company, in the range. */
  prices: { date: Int32Array; open: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array }
  incidents: {
    /** Minutes since the epoch; `resolved` NaN while open */
    started: number
    resolved: number
    severity: IncidentSeverity
    title: string
  }[]
  news: { published: number; sentiment: number; headline: string }[]
  adoption: {
    metric: string
    from: number
    span: number
    value: Float32Array
    gaps: number[]
    holidays: number[]
  }[]
  candidates: TicketCandidate[]
  /** Lots of the newest run in this symbol. */
  lots: {
    direction: 1 | -1
    entryDay: number
    entryPrice: number
    exitDay: number
    exitPrice: number
    stop: number
    target: number
    exitReason: string
    /** Profit ÷ entry value. */
    return: number
  }[]
}

/** What was known when: one row per source of a company. */
export interface KnowledgeCalendar {
  symbol: string
  from: number
  to: number
  rows: {
    /** Product or source, and what is told: “help desk · negative”. */
    label: string
    kind: 'tickets' | 'adoption' | 'incident' | 'news'
    /** Epoch day of what happened, and first day on whose close it could be used. */
    day: Int32Array
    known: Int32Array
    /** Count, figure, severity index or sentiment; NaN = missing. */
    value: Float64Array
    /** 1 where the system found it unusual or counted it. */
    counted: Uint8Array
  }[]
  /** Closes, and what was decided at each: candidates of the company in the range. */
  sessions: Int32Array
  candidates: TicketCandidate[]
}

/** Every trade of the newest run against its budget. */
export interface BudgetReport {
  budget: number
  trades: number
  losses: number
  /** Trades that lost more than the budget, most first. */
  breaches: {
    /** Index into the trades of the report. */
    trade: number
    symbol: string
    direction: 1 | -1
    entryDay: number
    exitDay: number
    /** Fraction of the equity that it was sized on. */
    loss: number
    why: 'gap' | 'costs' | 'gap and costs'
    text: string
  }[]
  /** Largest loss, and the share of trades within the budget, in each part. */
  worst: number
  within: number
  /** [trades] loss as a fraction of equity (negative = gain), for the picture; by entry */
  loss: Float64Array
}

/** A share with its 95 % interval (Wilson); NaN of nothing. */
export interface ShareOf {
  share: number
  low: number
  high: number
}

/** One position of a threshold slider. */
export interface WhatIfRow {
  threshold: number
  signals: number
  trades: number
  /** Signals a year. */
  perYear: number
  /** Share of the signals after which the abnormal return of their horizon went their way; how many can be told. */
  right: ShareOf
  answered: number
  /** The same of any day: the same companies, directions and horizons, entered on every session. */
  rightByChance: number
  /** Share that another source (incident, news) agreed with afterwards or before, within 10 days. */
  confirmed: ShareOf
  /** Share of all days of the same companies with which a source agrees within 10 days. */
  confirmedByChance: number
  /** Median days from the unusual day to the first agreeing incident or news on it or after; NaN = none in 10 days. */
  leadDays: number
  meanReturn: number
}

export interface WhatIf {
  /** Parameter that is moved. */
  param: string
  /** Symbol that returns are measured against; null = the mean of all shares. */
  against: string | null
  outOfSample: boolean
  /** In the order of the values asked for. */
  rows: WhatIfRow[]
  milliseconds: number
}

export interface AnomalyStudyRequest extends StudyDays {
  around: 'negative' | 'positive' | 'signals'
}

export interface AnomalyStudyResult extends StudyFigures {
  request: AnomalyStudyRequest
}

/** Questions about the tickets of the panel in use. `params` are those of the Tickets system. */
export interface TicketsApi {
  ticketsStatus(): Promise<Outcome<TicketsStatus>>
  ticketAnomalies(params: Params): Promise<Outcome<TicketAnomalies>>
  /** Of these products; the page asks for those on screen. */
  ticketBands(params: Params, products: number[], from: number, to: number): Promise<Outcome<TicketBand[]>>
  /** Incidents, releases and news of all companies, for the marks below the counts. */
  ticketMarks(): Promise<Outcome<TicketMarks>>
  /** Candidates of all companies in the range, newest first, at most `limit`. */
  ticketCandidates(
    params: Params,
    from: number | null,
    to: number | null,
    limit: number,
  ): Promise<Outcome<TicketCandidate[]>>
  productTimeline(
    request: RunRequest,
    product: number,
    from: number,
    to: number,
  ): Promise<Outcome<ProductTimeline>>
  knowledgeCalendar(
    params: Params,
    symbol: string,
    from: number,
    to: number,
  ): Promise<Outcome<KnowledgeCalendar>>
  /** Null = the last day of the run. */
  riskBoard(request: RunRequest, day: number | null): Promise<Outcome<RiskBoard>>
  budgetReport(request: RunRequest): Promise<Outcome<BudgetReport>>
  /** What other values of one parameter would have brought, out of sample where a split is set. */
  ticketWhatIf(request: RunRequest, param: string, values: number[]): Promise<Outcome<WhatIf>>
  anomalyStudy(params: Params, request: AnomalyStudyRequest): Promise<Outcome<AnomalyStudyResult>>
}
