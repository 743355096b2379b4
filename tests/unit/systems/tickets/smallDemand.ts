import {
  moods,
  severities,
  type DailySeries,
  type DemandTables,
} from '../../../../workers/quant/demandTables.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { Random } from '../../../../workers/quant/random.ts'

/** 1 January 2024, a Monday. */
export const firstDay = 19_723

/** What is told of one company; days count from `firstDay`. */
export interface SmallCompany {
  symbol: string
  negative: number[]
  positive: number[]
  /** Days after its own on which a count is known; 1 unless set. */
  lag?: number
  weight?: number
  downloads?: number[]
  releases?: number[]
  incidents?: { from: number; to: number; severity: string }[]
  news?: { day: number; sentiment: number }[]
}

/** Tables of a few companies with one product each. */
export function smallDemand(companies: readonly SmallCompany[]): DemandTables {
  const incidents = companies.flatMap(({ incidents = [] }, company) =>
    incidents.map((each) => ({ company, ...each })),
  )
  const news = companies.flatMap(({ news = [] }, company) => news.map((each) => ({ company, ...each })))
  const tickets = companies.flatMap(({ negative, positive, lag = 1 }, product) => [
    { product, mood: 'negative' as const, value: negative, lag },
    { product, mood: 'positive' as const, value: positive, lag },
  ])
  const adoption = companies.flatMap(({ downloads, releases, negative }, product) => [
    ...(downloads ? [{ product, metric: 'downloads', value: downloads, lag: 1 }] : []),
    ...(releases
      ? [
          {
            product,
            metric: 'release',
            value: negative.map((_, day) => Number(releases.includes(day))),
            lag: 1,
          },
        ]
      : []),
  ])
  return {
    companies: { symbol: companies.map(({ symbol }) => symbol), name: companies.map(({ symbol }) => symbol) },
    products: {
      company: Int32Array.from(companies.keys()),
      name: companies.map(() => 'help desk'),
      weight: Float64Array.from(companies, ({ weight = 1 }) => weight),
      derived: new Uint8Array(companies.length),
    },
    tickets: {
      ...joined(tickets),
      product: Int32Array.from(tickets, ({ product }) => product),
      mood: Uint8Array.from(tickets, ({ mood }) => moods.indexOf(mood)),
    },
    adoption: {
      ...joined(adoption),
      product: Int32Array.from(adoption, ({ product }) => product),
      metric: adoption.map(({ metric }) => metric),
      span: new Int32Array(adoption.length).fill(1),
    },
    incidents: {
      company: Int32Array.from(incidents, ({ company }) => company),
      started: Float64Array.from(incidents, ({ from }) => (firstDay + from) * 1440 + 600),
      resolved: Float64Array.from(incidents, ({ to }) => (firstDay + to) * 1440 + 600),
      severity: Uint8Array.from(incidents, ({ severity }) => severities.indexOf(severity as 'minor')),
      known: Int32Array.from(incidents, ({ from }) => firstDay + from),
      title: incidents.map(() => ''),
    },
    news: {
      company: Int32Array.from(news, ({ company }) => company),
      published: Float64Array.from(news, ({ day }) => (firstDay + day) * 1440 + 600),
      sentiment: Float64Array.from(news, ({ sentiment }) => sentiment),
      known: Int32Array.from(news, ({ day }) => firstDay + day),
      headline: news.map(() => ''),
    },
    problems: [],
  }
}

function joined(series: readonly { value: number[]; lag: number }[]): DailySeries {
  const offset = new Int32Array(series.length + 1)
  series.forEach(({ value }, i) => (offset[i + 1] = offset[i] + value.length))
  return {
    offset,
    first: new Int32Array(series.length).fill(firstDay),
    value: Float64Array.from(series.flatMap(({ value }) => value)),
    known: Int32Array.from(series.flatMap(({ value, lag }) => value.map((_, day) => firstDay + day + lag))),
  }
}

/** Counts around 10 a day, the same for every caller, with these days set. */
export function usualCounts(days: number, set: Record<number, number> = {}, seed = 1): number[] {
  const random = new Random(seed)
  return Array.from({ length: days }, (_, day) => set[day] ?? 7 + random.below(7))
}

/** Weekdays of so many calendar days, prices that hardly move. */
export function weekdayPanel(symbols: string[], days: number): Panel {
  const dates = Int32Array.from(
    Array.from({ length: days }, (_, day) => day).filter((day) => day % 7 < 5),
    (day) => firstDay + day,
  )
  const random = new Random(7)
  const size = symbols.length * dates.length
  const close = Float64Array.from({ length: size }, () => 100 + random.uniform())
  return {
    dates,
    symbols,
    open: close.slice(),
    high: close.map((price) => price + 0.5),
    low: close.map((price) => price - 0.5),
    close,
    volume: new Float64Array(size).fill(1e6),
  }
}
