import { isoDate } from '../calendar.ts'
import type { CsvTable } from '../csv.ts'
import { SENTIMENTS } from './customers.ts'
import { knownNextDay, newsKnownAt, type DemandTables } from './demandTables.ts'

const TICKET_COLUMNS = ['symbol', 'date', 'source', 'sentiment', 'count', 'known_at'] as const
const ADOPTION_COLUMNS = ['symbol', 'date', 'source', 'metric', 'value', 'known_at'] as const
const INCIDENT_COLUMNS = ['symbol', 'started_at', 'resolved_at', 'severity'] as const
const NEWS_COLUMNS = ['symbol', 'published_at', 'headline', 'sentiment', 'source', 'known_at'] as const
const FUNDAMENTAL_COLUMNS = ['symbol', 'period_end', 'metric', 'value', 'known_at'] as const

/** Where the rows of a table are said to come from. */
const TICKET_SOURCE = 'help desk'
const ADOPTION_SOURCE = {
  downloads: 'package registry',
  commits: 'code host',
  release: 'code host',
  seats: 'licence survey',
}
/** Days until the licence survey of a month is published. */
const SURVEY_LAG = 8

/** Every calendar day of every covered company, zeros too, by company, day and sentiment. */
export function ticketsCsv(
  { firstDay, calendarDays, covered, until, tickets }: DemandTables,
  symbols: readonly string[],
): CsvTable {
  const dates = dateTexts(firstDay, calendarDays + 1)
  const lines: string[] = []
  covered.forEach((symbol, i) => {
    for (let day = 0; day < until[i]; day++) {
      SENTIMENTS.forEach((sentiment, k) => {
        const count = tickets[(i * SENTIMENTS.length + k) * calendarDays + day]
        lines.push(
          `${symbols[symbol]},${dates[day]},${TICKET_SOURCE},${sentiment},${count},${dates[knownNextDay(day)]}`,
        )
      })
    }
  })
  return table(TICKET_COLUMNS, lines)
}

/** Downloads by day, commits by week (at its last day), releases (value 1) when they come, seats by month. */
export function adoptionCsv(
  { firstDay, calendarDays, covered, until, downloads, commits, releases, seats }: DemandTables,
  symbols: readonly string[],
): CsvTable {
  const dates = dateTexts(firstDay, calendarDays + SURVEY_LAG + 1)
  const lines: string[] = []
  covered.forEach((symbol, i) => {
    const add = (metric: keyof typeof ADOPTION_SOURCE, day: number, value: number, known: number) =>
      lines.push(
        `${symbols[symbol]},${dates[day]},${ADOPTION_SOURCE[metric]},${metric},${value},${dates[known]}`,
      )
    const at = (day: number) => i * calendarDays + day
    for (let day = 0; day < until[i]; day++) add('downloads', day, downloads[at(day)], knownNextDay(day))
    for (let week = 6; week < until[i]; week += 7) {
      let sum = 0
      for (let day = week - 6; day <= week; day++) sum += commits[at(day)]
      add('commits', week, sum, knownNextDay(week))
    }
    for (const release of releases) {
      if (release.symbol === symbol) add('release', release.day, 1, knownNextDay(release.day))
    }
    for (const { day, value } of seats.filter((row) => row.symbol === symbol)) {
      add('seats', day, value, day + SURVEY_LAG)
    }
  })
  return table(ADOPTION_COLUMNS, lines)
}

/** By company, then by time; what has not ended when the market does has no end. */
export function incidentsCsv({ incidents }: DemandTables, symbols: readonly string[]): CsvTable {
  return table(
    INCIDENT_COLUMNS,
    incidents.map(({ symbol, started, resolved, severity }) =>
      [symbols[symbol], timeText(started), resolved === resolved ? timeText(resolved) : '', severity].join(),
    ),
  )
}

export function newsCsv({ news }: DemandTables, symbols: readonly string[]): CsvTable {
  return table(
    NEWS_COLUMNS,
    news.map(({ symbol, published, headline, sentiment, source }) =>
      [
        symbols[symbol],
        timeText(published),
        headline,
        sentiment,
        source,
        isoDate(newsKnownAt(published)),
      ].join(),
    ),
  )
}

/** By company, quarter and metric: dollars, and shares. */
export function fundamentalsCsv({ fundamentals }: DemandTables, symbols: readonly string[]): CsvTable {
  return table(
    FUNDAMENTAL_COLUMNS,
    fundamentals.map(({ symbol, periodEnd, metric, value, knownAt }) =>
      [symbols[symbol], isoDate(periodEnd), metric, value, isoDate(knownAt)].join(),
    ),
  )
}

function table(columns: readonly string[], lines: readonly string[]): CsvTable {
  return { text: [columns.join(), ...lines].join('\n') + '\n', rows: lines.length }
}

function dateTexts(firstDay: number, length: number): string[] {
  return Array.from({ length }, (_, day) => isoDate(firstDay + day))
}

/** `2024-01-31T14:05:00Z` for minutes since 1970-01-01 UTC. */
function timeText(minutes: number): string {
  return new Date(minutes * 60_000).toISOString().slice(0, 19) + 'Z'
}
