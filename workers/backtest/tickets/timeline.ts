import { severities } from '../../quant/demandTables.ts'
import { holidaysOf } from '../../systems/tickets/holidays.ts'
import type { TicketsParams } from '../../systems/ticketsParams.ts'
import type { FinishedRun } from '../engine.ts'
import { ticketBands } from './bands.ts'
import { decisionsOf, described } from './candidates.ts'
import type { ProductTimeline } from './contract.ts'
import type { TicketsMarket } from './ticketsMarket.ts'

const minutesPerDay = 1440

/**
 * One product from day to day: its counts, and what concerns its company.
 *
 * @param from epoch days, both inclusive
 */
export function productTimeline(
  market: TicketsMarket,
  run: FinishedRun,
  params: TicketsParams,
  product: number,
  from: number,
  to: number,
): ProductTimeline {
  const { tables } = market
  const company = tables.products.company[product]
  const symbol = tables.companies.symbol[company]
  const within = (day: number): boolean => day >= from && day <= to
  return {
    product,
    symbol,
    bands: ticketBands(market, params, [product], from, to),
    prices: pricesOf(market, symbol, from, to),
    incidents: rowsOf(tables.incidents.company, company)
      .map((i) => ({
        started: tables.incidents.started[i],
        resolved: tables.incidents.resolved[i],
        severity: severities[tables.incidents.severity[i]],
        title: tables.incidents.title[i],
      }))
      .filter(({ started, resolved }) => {
        const end = Number.isNaN(resolved) ? started : resolved
        return dayOf(started) <= to && dayOf(end) >= from
      }),
    news: rowsOf(tables.news.company, company)
      .map((i) => ({
        published: tables.news.published[i],
        sentiment: tables.news.sentiment[i],
        headline: tables.news.headline[i],
      }))
      .filter(({ published }) => within(dayOf(published))),
    adoption: adoptionOf(market, company, from, to),
    candidates: decisionsOf(market, params)
      .filter(({ candidate }) => candidate.product === product && within(candidate.day))
      .map((decision) => described(market, params, decision)),
    lots: lotsOf(run, symbol, from, to),
  }
}

const dayOf = (minute: number): number => Math.floor(minute / minutesPerDay)

function rowsOf(column: Int32Array, wanted: number): number[] {
  const rows: number[] = []
  column.forEach((value, i) => {
    if (value === wanted) rows.push(i)
  })
  return rows
}

/** Bars of the symbol in the range; none where it has no prices. */
function pricesOf(
  { panel }: TicketsMarket,
  symbol: string,
  from: number,
  to: number,
): ProductTimeline['prices'] {
  const start = panel.symbols.indexOf(symbol) * panel.dates.length
  const days: number[] = []
  if (start >= 0)
    panel.dates.forEach((date, day) => {
      if (date >= from && date <= to && panel.close[start + day] > 0) days.push(day)
    })
  const column = (matrix: Float64Array): Float64Array => Float64Array.from(days, (day) => matrix[start + day])
  return {
    date: Int32Array.from(days, (day) => panel.dates[day]),
    open: column(panel.open),
    high: column(panel.high),
    low: column(panel.low),
    close: column(panel.close),
  }
}

/** Every series of the company; gaps are days without a figure between days with one. */
function adoptionOf(
  { tables: { adoption, products }, panel }: TicketsMarket,
  company: number,
  from: number,
  to: number,
): ProductTimeline['adoption'] {
  const quiet = holidaysOf(panel.dates)
  return adoption.metric.flatMap((metric, series) => {
    if (products.company[adoption.product[series]] !== company) return []
    const offset = adoption.offset[series]
    const first = adoption.first[series]
    const begin = Math.max(from, first)
    const end = Math.min(to, first + adoption.offset[series + 1] - offset - 1)
    if (begin > end) return []
    const value = Float32Array.from(adoption.value.subarray(offset + begin - first, offset + end - first + 1))
    const daily = adoption.span[series] === 1
    const days = Array.from(value.keys(), (i) => begin + i)
    return {
      metric,
      from: begin,
      span: adoption.span[series],
      value,
      gaps: daily ? days.filter((_, i) => Number.isNaN(value[i])) : [],
      holidays: daily ? days.filter(quiet) : [],
    }
  })
}

function lotsOf({ report }: FinishedRun, symbol: string, from: number, to: number): ProductTimeline['lots'] {
  const { trades, dates, symbols } = report
  return trades
    .filter((trade) => symbols[trade.symbol] === symbol)
    .map((trade) => ({
      direction: trade.direction,
      entryDay: dates[trade.entryDay],
      entryPrice: trade.entryPrice,
      exitDay: dates[trade.exitDay],
      exitPrice: trade.exitPrice,
      stop: trade.stop,
      target: trade.target,
      exitReason: trade.exitReason,
      return: trade.return,
    }))
    .filter(({ entryDay, exitDay }) => entryDay <= to && exitDay >= from)
}
