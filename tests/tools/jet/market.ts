import { drawFlights } from '../../../datasets/flights/drawFlights.ts'
import { flightColumns } from '../../../datasets/flights/flightColumns.ts'
import { jetSignals } from '../../../datasets/flights/jetOracle.ts'
import { generateMarket, type SimulatedMarket } from '../../../datasets/market.ts'
import { marketPanel } from '../../../datasets/panel.ts'
import { JetMarket } from '../../../workers/backtest/jet/jetMarket.ts'
import type { FlightTables } from '../../../workers/quant/flightTables.ts'
import type { Panel } from '../../../workers/quant/panel.ts'

/** Days by which flights come too late to foretell anything. */
const shiftDays = 210

export interface JetWorld {
  market: SimulatedMarket
  panel: Panel
  tables: FlightTables
  jet: JetMarket
}

export function jetWorld(seed: number, strength: number, shifted = false): JetWorld {
  const market = generateMarket({ seed, strength })
  const panel: Panel = marketPanel(market)
  const tables = shifted ? later(flightColumns(market)) : flightColumns(market)
  return { market, panel, tables, jet: new JetMarket(tables, panel, true) }
}

/** The same flights, months later: whatever they told is over. */
function later(tables: FlightTables): FlightTables {
  const { flights } = tables
  const minutes = shiftDays * 1440
  return {
    ...tables,
    flights: {
      ...flights,
      departed: flights.departed.map((at) => at + minutes),
      arrived: flights.arrived.map((at) => at + minutes),
      known: flights.known.map((day) => day + shiftDays),
    },
  }
}

/** What the oracle says in the untouched year: rows of the dataset by company and day, and its base rate. */
export interface OracleSignal {
  /** epoch day */
  known: number
  symbol: string
  right: boolean
  /** share of the companies not yet bought that are bought within the horizon */
  byChance: number
}

const horizon = 60

export function oracleSignals({ market }: JetWorld, from: number): OracleSignal[] {
  const { dates, symbols } = market
  const { aircraft, flights, events, truth } = drawFlights({ ...market, ...market.truth })
  const announced = new Map(
    events.filter(({ kind }) => kind === 'target').map(({ company, announcedOn }) => [company, announcedOn]),
  )
  const soon = (company: number, day: number) => {
    const wait = (announced.get(company) ?? Infinity) - dates[day]
    return wait > 0 && wait <= horizon
  }
  const targets = market.truth.deals.map(({ target }) => target)
  return jetSignals({ dates, aircraft, flights, events }, truth.world)
    .filter(({ day }) => dates[day] >= from)
    .map(({ day, company }) => {
      const open = targets.filter((target) => !((announced.get(target) ?? Infinity) <= dates[day]))
      return {
        known: dates[day],
        symbol: symbols[company],
        right: soon(company, day),
        byChance: open.filter((target) => soon(target, day)).length / open.length,
      }
    })
}
