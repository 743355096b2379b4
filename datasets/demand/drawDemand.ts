import { epochDay, isoDate } from '../calendar.ts'
import { COMPANIES } from '../companies.ts'
import type { SimulatedMarket } from '../market.ts'
import { createRandom, type Random } from '../random.ts'
import { drawCustomers, quietDays, SENTIMENTS, usualPattern, type Customers } from './customers.ts'
import type { DemandTables } from './demandTables.ts'
import { drawCommits, drawDownloads, drawTickets, type DatedSpell } from './drawCounts.ts'
import { drawIncidents, drawNews, drawReleases } from './drawHappenings.ts'
import { drawFundamentals } from './fundamentals.ts'

export interface Demand {
  tables: DemandTables
  /** [covered] what is usual with each company; part of what the oracle knows. */
  customers: Customers[]
}

/**
 * Draws what can be seen of the customers of the covered companies of a market, and the filings of all
 * companies. Its spells show in the tables; prices do not, and strength plays no part.
 */
export function drawDemand({ seed, dates, companies, truth }: SimulatedMarket): Demand {
  const { covered, spells } = truth.demand
  const lastDays = companies.map(({ delistedOn }) => delistedOn ?? dates[dates.length - 1])
  const firstDay = dates[0]
  const calendarDays = dates[dates.length - 1] - firstDay + 1
  const quiet = quietDays(firstDay, calendarDays)
  const tables: DemandTables = {
    firstDay,
    calendarDays,
    covered,
    until: Int32Array.from(covered, (symbol) => lastDays[symbol] - firstDay + 1),
    tickets: new Int32Array(covered.length * SENTIMENTS.length * calendarDays),
    downloads: new Int32Array(covered.length * calendarDays),
    commits: new Int32Array(covered.length * calendarDays),
    releases: [],
    seats: [],
    incidents: [],
    news: [],
    fundamentals: [],
  }
  const customers = covered.map((symbol, i) => {
    const { symbol: ticker, name } = COMPANIES[symbol]
    const stream = (label: string) => createRandom(seed, `${label} ${ticker}`)
    const usual = drawCustomers(stream('customers'))
    const pattern = usualPattern(usual, firstDay, quiet)
    const until = tables.until[i]
    const subject = { symbol, name, firstDay, until }
    const own: DatedSpell[] = spells
      .filter((spell) => spell.symbol === symbol)
      .map((spell) => ({ ...spell, start: dates[spell.day] - firstDay }))
    tables.tickets.set(
      drawTickets(usual, pattern, own, until, stream('tickets')),
      i * SENTIMENTS.length * calendarDays,
    )
    tables.downloads.set(drawDownloads(usual, pattern, own, until, stream('downloads')), i * calendarDays)
    tables.commits.set(drawCommits(usual, pattern, own, until, stream('commits')), i * calendarDays)
    for (const day of drawReleases(subject, own, stream('releases'))) tables.releases.push({ symbol, day })
    tables.incidents.push(...drawIncidents(subject, own, stream('incidents')))
    tables.news.push(...drawNews(subject, own, stream('news')))
    tables.seats.push(...drawSeats(symbol, usual, firstDay, until, stream('seats')))
    return usual
  })
  const firstYear = Number(isoDate(firstDay).slice(0, 4))
  const years = Number(isoDate(dates[dates.length - 1]).slice(0, 4)) - firstYear + 1
  COMPANIES.forEach(({ symbol: ticker }, symbol) => {
    const random = createRandom(seed, `fundamentals ${ticker}`)
    tables.fundamentals.push(...drawFundamentals(symbol, firstYear, years, lastDays[symbol], random))
  })
  return { tables, customers }
}

/** Paid seats at the end of each month. */
function drawSeats(
  symbol: number,
  { seats, trend }: Customers,
  firstDay: number,
  until: number,
  random: Random,
): DemandTables['seats'] {
  const rows: DemandTables['seats'] = []
  const year = Number(isoDate(firstDay).slice(0, 4))
  let value = seats
  for (let month = 2; ; month++) {
    const day = epochDay(year, month, 1) - 1 - firstDay
    if (day >= until) return rows
    value *= 1 + trend / 12 + 0.01 * random.normal()
    rows.push({ symbol, day, value: Math.round(value) })
  }
}
