/** What anybody can see of the customers of the covered companies. Days count from `firstDay`. */
export interface DemandTables {
  /** Epoch day of the first calendar day. */
  firstDay: number
  calendarDays: number
  /** Indices of companies. */
  covered: number[]
  /** [covered] calendar days with data: a company that is bought has none after its last day listed. */
  until: Int32Array
  /** [covered × sentiments × calendar days], −1 after `until`. */
  tickets: Int32Array
  /** [covered × calendar days], −1 after `until`. */
  downloads: Int32Array
  commits: Int32Array
  /** By company, then by time. */
  releases: { symbol: number; day: number }[]
  seats: { symbol: number; day: number; value: number }[]
  incidents: Incident[]
  news: NewsItem[]
  fundamentals: Fundamental[]
}

export interface Incident {
  symbol: number
  /** Minutes since 1970-01-01 UTC; the end is NaN when the market ends first. */
  started: number
  resolved: number
  severity: 'minor' | 'major' | 'critical'
}

export interface NewsItem {
  symbol: number
  /** Minutes since 1970-01-01 UTC. */
  published: number
  headline: string
  /** −1 … 1, two decimals. */
  sentiment: number
  source: string
}

export interface Fundamental {
  symbol: number
  /** Epoch days. */
  periodEnd: number
  knownAt: number
  metric: 'revenue' | 'net_income' | 'shares_outstanding'
  value: number
}

/** Epoch day on whose close a row of a calendar day can first be used: it is collected overnight. */
export const knownNextDay = (day: number) => day + 1

/** Epoch day on whose close a story can first be used: from 20:00 UTC on the exchange may be shut. */
export function newsKnownAt(published: number): number {
  const day = Math.floor(published / 1440)
  return published - day * 1440 < 20 * 60 ? day : day + 1
}
