import { moods, severities, type DailySeries, type DemandTables } from '../../workers/quant/demandTables.ts'
import type { SimulatedMarket } from '../market.ts'
import { knownNextDay, newsKnownAt } from './demandTables.ts'
import { drawDemand } from './drawDemand.ts'

/** By name, as products are listed; the names are the sources of the market's files. */
const SOURCES = ['code host', 'help desk', 'licence survey', 'package registry']
const METRICS = [
  { metric: 'commits', source: 'code host', span: 7 },
  { metric: 'release', source: 'code host', span: 1 },
  { metric: 'seats', source: 'licence survey', span: 30 },
  { metric: 'downloads', source: 'package registry', span: 1 },
]
/** Days until the licence survey of a month is published. */
const SURVEY_LAG = 8

interface Series {
  first: number
  value: number[]
  known: number[]
}

/** The columns that import makes of the market's files about customers, without the detour. */
export function demandColumns(market: SimulatedMarket): DemandTables {
  const { tables } = drawDemand(market)
  const { firstDay, calendarDays, covered, until } = tables
  const order = [...covered.keys()].sort((a, b) =>
    market.symbols[covered[a]] < market.symbols[covered[b]] ? -1 : 1,
  )
  const place = new Map(order.map((i, company) => [covered[i], company]))
  const daily = (days: number, valueOn: (day: number) => number, lag = 1): Series => ({
    first: firstDay,
    value: Array.from({ length: days }, (_, day) => valueOn(day)),
    known: Array.from({ length: days }, (_, day) => firstDay + day + lag),
  })
  const tickets: (Series & { product: number; mood: number })[] = []
  const adoption: (Series & { product: number; metric: string; span: number })[] = []
  order.forEach((i, company) => {
    const product = (source: string) => company * SOURCES.length + SOURCES.indexOf(source)
    moods.forEach((_, mood) => {
      const start = (i * moods.length + mood) * calendarDays
      tickets.push({
        ...daily(until[i], (day) => tables.tickets[start + day]),
        product: product('help desk'),
        mood,
      })
    })
    for (const { metric, source, span } of METRICS) {
      const series = metricSeries(metric, i)
      if (series.value.length > 0) adoption.push({ ...series, product: product(source), metric, span })
    }
  })

  function metricSeries(metric: string, i: number): Series {
    const at = (day: number) => i * calendarDays + day
    if (metric === 'downloads') return daily(until[i], (day) => tables.downloads[at(day)])
    if (metric === 'commits') {
      const weekly = daily(until[i] - (until[i] % 7), (day) => {
        if (day % 7 !== 6) return NaN
        let sum = 0
        for (let back = 0; back < 7; back++) sum += tables.commits[at(day - back)]
        return sum
      })
      return between(weekly)
    }
    const rows = metric === 'release' ? tables.releases : tables.seats
    const own = new Map(
      rows
        .filter(({ symbol }) => symbol === covered[i])
        .map((row): [number, number] => [row.day, 'value' in row ? Number(row.value) : 1]),
    )
    const empty = metric === 'release' ? 0 : NaN
    return between(
      daily(until[i], (day) => own.get(day) ?? empty, metric === 'release' ? knownNextDay(0) : SURVEY_LAG),
      metric === 'release' ? (value) => value !== 0 : undefined,
    )
  }

  const incidents = tables.incidents.toSorted(
    (a, b) => place.get(a.symbol)! - place.get(b.symbol)! || a.started - b.started,
  )
  const news = tables.news.toSorted(
    (a, b) => place.get(a.symbol)! - place.get(b.symbol)! || a.published - b.published,
  )
  return {
    companies: {
      symbol: order.map((i) => market.symbols[covered[i]]),
      name: order.map((i) => market.companies[covered[i]].name),
    },
    products: {
      company: Int32Array.from({ length: order.length * SOURCES.length }, (_, p) =>
        Math.floor(p / SOURCES.length),
      ),
      name: order.flatMap(() => SOURCES),
      weight: new Float64Array(order.length * SOURCES.length).fill(1),
      derived: new Uint8Array(order.length * SOURCES.length),
    },
    tickets: {
      ...joined(tickets),
      product: Int32Array.from(tickets, ({ product }) => product),
      mood: Uint8Array.from(tickets, ({ mood }) => mood),
    },
    adoption: {
      ...joined(adoption),
      product: Int32Array.from(adoption, ({ product }) => product),
      metric: adoption.map(({ metric }) => metric),
      span: Int32Array.from(adoption, ({ span }) => span),
    },
    incidents: {
      company: Int32Array.from(incidents, ({ symbol }) => place.get(symbol)!),
      started: Float64Array.from(incidents, ({ started }) => started),
      resolved: Float64Array.from(incidents, ({ resolved }) => resolved),
      severity: Uint8Array.from(incidents, ({ severity }) => severities.indexOf(severity)),
      known: Int32Array.from(incidents, ({ started }) => newsKnownAt(started)),
      title: incidents.map(() => ''),
    },
    news: {
      company: Int32Array.from(news, ({ symbol }) => place.get(symbol)!),
      published: Float64Array.from(news, ({ published }) => published),
      sentiment: Float64Array.from(news, ({ sentiment }) => sentiment),
      known: Int32Array.from(news, ({ published }) => newsKnownAt(published)),
      headline: news.map(({ headline }) => headline),
    },
    problems: [],
  }
}

/** From the first figure to the last. */
function between({ first, value, known }: Series, isTold = (each: number) => !Number.isNaN(each)): Series {
  const from = value.findIndex(isTold)
  const to = value.findLastIndex(isTold)
  return from < 0
    ? { first, value: [], known: [] }
    : { first: first + from, value: value.slice(from, to + 1), known: known.slice(from, to + 1) }
}

function joined(series: readonly Series[]): DailySeries {
  const offset = new Int32Array(series.length + 1)
  series.forEach(({ value }, i) => (offset[i + 1] = offset[i] + value.length))
  const columns = {
    offset,
    first: Int32Array.from(series, ({ first }) => first),
    value: new Float64Array(offset[series.length]),
    known: new Int32Array(offset[series.length]),
  }
  series.forEach(({ value, known }, i) => {
    columns.value.set(value, offset[i])
    columns.known.set(known, offset[i])
  })
  return columns
}
