import { negativeBinomial } from '../../datasets/demand/counts.ts'
import { createRandom } from '../../datasets/random.ts'
import { ticketAnomalies } from '../../workers/backtest/tickets/anomalies.ts'
import { ticketBands } from '../../workers/backtest/tickets/bands.ts'
import type { TicketsMarket } from '../../workers/backtest/tickets/ticketsMarket.ts'
import type { DemandTables } from '../../workers/quant/demandTables.ts'
import { defaultParams, systemInfos } from '../../workers/systems/api.ts'
import type { TicketsParams } from '../../workers/systems/ticketsParams.ts'
import { median, print } from './figures.ts'

const products = 500
const days = 1826
const first = 18_000
const week = [0.4, 1.2, 1.15, 1.1, 1, 0.9, 0.4]
/** As many cells as a large screen shows, over a year. */
const onScreen = 28
const runs = 9

/** What the worker does between two moves of a threshold above the wall. */
export function benchTicketWall(): void {
  const market = manyProducts()
  const info = systemInfos.find(({ id }) => id === 'tickets')!
  const params = defaultParams(info, 'recommended') as unknown as TicketsParams
  const last = first + days - 1
  const shown = Array.from({ length: onScreen }, (_, i) => i)
  const redraw = (moved: Partial<TicketsParams>): number => {
    const began = performance.now()
    ticketAnomalies(market, { ...params, ...moved })
    ticketBands(market, { ...params, ...moved }, shown, last - 364, last)
    return performance.now() - began
  }
  redraw({})
  const of = `${products} products × 5 years, ${onScreen} on screen`
  const tails = Array.from({ length: runs }, (_, i) => redraw({ falseDiscoveries: 0.05 + 0.01 * i }))
  print(`Tickets: wall after a move of the false discoveries, worker, ${of}`, median(tails), 'ms', 80)
  redraw({ unusualBy: 'mad' })
  const mads = Array.from({ length: runs }, (_, i) =>
    redraw({ unusualBy: 'mad', negativeThreshold: 6 + 0.5 * i }),
  )
  print(`Tickets: wall after a move of the MAD threshold, worker, ${of}`, median(mads), 'ms', 80)
}

/** Complaints of 500 products over five years, 2 to 66 a day, with a weekly pattern; prices of no matter. */
function manyProducts(): TicketsMarket {
  const value = new Float64Array(products * days)
  for (let i = 0; i < products; i++) {
    const random = createRandom(i, 'tickets of the wall')
    const mean = 2 * Math.exp(3.5 * random.uniform())
    for (let day = 0; day < days; day++)
      value[i * days + day] = negativeBinomial(mean * week[day % 7], 8, random)
  }
  const symbols = Array.from({ length: products }, (_, i) => `P${String(i).padStart(3, '0')}`)
  const none = new Int32Array(0)
  const tables: DemandTables = {
    companies: { symbol: symbols, name: symbols },
    products: {
      company: Int32Array.from({ length: products }, (_, i) => i),
      name: symbols.map(() => 'desk'),
      weight: new Float64Array(products).fill(1),
      derived: new Uint8Array(products),
    },
    tickets: {
      offset: Int32Array.from({ length: products + 1 }, (_, i) => i * days),
      first: new Int32Array(products).fill(first),
      value,
      known: Int32Array.from(value, (_, cell) => first + (cell % days) + 1),
      product: Int32Array.from({ length: products }, (_, i) => i),
      mood: new Uint8Array(products),
    },
    adoption: {
      offset: Int32Array.of(0),
      first: none,
      value: new Float64Array(0),
      known: none,
      product: none,
      metric: [],
      span: none,
    },
    incidents: {
      company: none,
      started: new Float64Array(0),
      resolved: new Float64Array(0),
      severity: new Uint8Array(0),
      known: none,
      title: [],
    },
    news: {
      company: none,
      published: new Float64Array(0),
      sentiment: new Float64Array(0),
      known: none,
      headline: [],
    },
    problems: [],
  }
  const dates = Int32Array.from({ length: days }, (_, day) => first + day).filter((_, day) => day % 7 < 5)
  const size = products * dates.length
  const price = (): Float64Array => new Float64Array(size).fill(100)
  const panel = {
    dates,
    symbols,
    open: price(),
    high: price(),
    low: price(),
    close: price(),
    volume: price(),
  }
  return { tables, panel, simulated: false, benchmark: null }
}
