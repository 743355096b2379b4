/**
 * What the Tickets system reads, as columns of numbers: daily ticket counts and adoption figures by product,
 * incidents, news. Companies and products are named by their index; −1 = none. Days are epoch days, UTC.
 */
export interface DemandTables {
  /** Every company that a table names; in the order of their symbols. */
  companies: { symbol: string[]; name: string[] }
  /** What is counted apart: a repository, a help desk, a package. By company, then name. */
  products: {
    company: Int32Array
    /** As the `source` of the tables names it; '' where they name none. */
    name: string[]
    /** [products] weight of the product in its company, as the person set it; 1 unless set, 0 = left out */
    weight: Float64Array
    /**
     * [products] what its daily counts are: 0 = tickets of its own, 1 = incidents of its company, 2 = downloads of
     * the package. Made where a company has no tickets; what they are made of can confirm nothing about them.
     */
    derived: Uint8Array
  }
  /** [series] one for each product and mood that has tickets, by product, then mood */
  tickets: DailySeries & {
    product: Int32Array
    /** Index into `moods`. */
    mood: Uint8Array
  }
  /** [series] one for each product and metric, by product, then metric */
  adoption: DailySeries & {
    product: Int32Array
    /** downloads, commits, release, seats, … as the tables name them, in lower case */
    metric: string[]
    /** [series] days that one figure sums up: 1 = daily, 7 = weekly, 30 = monthly */
    span: Int32Array
  }
  /** By company, then start. Repeated rows and changes of status of one incident are one row. */
  incidents: {
    company: Int32Array
    /** Minutes since the epoch, UTC. */
    started: Float64Array
    /** NaN while it lasts, or where the file does not tell. */
    resolved: Float64Array
    /** Index into `severities`. */
    severity: Uint8Array
    /** First epoch day on whose close it may be used. Its end is known from the day of the end on. */
    known: Int32Array
    title: string[]
  }
  /** By company, then time. */
  news: {
    company: Int32Array
    published: Float64Array
    /** −1 … 1; NaN where not judged */
    sentiment: Float64Array
    known: Int32Array
    headline: string[]
  }
  /** What of the files could not be used as it stands, or was read in a way one should know. */
  problems: DemandProblem[]
}

/** Figures by day, one series after another; the days of a series follow one another without gap. */
export interface DailySeries {
  /** [series + 1] where the days of each series begin in `value` and `known` */
  offset: Int32Array
  /** [series] epoch day of its first figure */
  first: Int32Array
  /** [days of all series] NaN = not told (missing, a gap of the registry), 0 = none */
  value: Float64Array
  /** [days of all series] first epoch day on whose close the figure may be used; of a missing one, when it was due */
  known: Int32Array
}

export const moods = ['negative', 'neutral', 'positive'] as const
export type TicketMood = (typeof moods)[number]

/** From harmless to grave; `none` and `maintenance` are no trouble. */
export const severities = ['none', 'maintenance', 'minor', 'major', 'critical'] as const
export type IncidentSeverity = (typeof severities)[number]

export type DemandProblemKind =
  /** A day without a figure between days with one: missing, not zero. */
  | 'missing-days'
  /** A stretch of nothing that is too long to be chance: taken for a gap of the source. */
  | 'silence'
  /** Days that are absent and count as zero, because the source writes only days with something. */
  | 'absent-is-zero'
  /** A figure that came again with another value: the first that was known is used. */
  | 'revised'
  /** A file that calls a figure known before its day was over: it counts as known on the day after. */
  | 'known-too-early'
  /** Changes of status, or repeated rows, of one incident, made one. */
  | 'same-incident'
  /** An incident that ends before it begins: its end counts as not told. */
  | 'ends-before-it-begins'
  /** Incidents of a file that tells no ends: each counts as open at the first close only. */
  | 'ends-untold'
  /** An incident that nobody has closed yet: it counts as open, for 14 days at most. */
  | 'no-end'
  /** Rows of nobody: without a symbol, or of one without prices. */
  | 'no-prices'
  /** Counts that are negative or fractional. */
  | 'impossible-count'
  /** Incidents of a company without tickets, counted by day in their place. */
  | 'from-incidents'
  /** Downloads of a company without tickets, taken in their place. */
  | 'from-downloads'
  /** Figures over weeks or months whose day may be the first of them: used when they are over for certain. */
  | 'period-unsaid'
  /** Days after the last price: nothing can be decided on them. */
  | 'after-prices'

export interface DemandProblem {
  kind: DemandProblemKind
  count: number
  /** One sentence: what, how many, what was done. */
  text: string
  /** Some of them, at most ten. */
  examples: string[]
}
