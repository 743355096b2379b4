import type { SimulatedMarket } from '../market.ts'
import type { MarketPart } from '../marketTables.ts'
import { adoptionCsv, fundamentalsCsv, incidentsCsv, newsCsv, ticketsCsv } from './demandCsv.ts'
import { runDemandOracle, type DemandOracle } from './demandOracle.ts'
import { drawDemand, type Demand } from './drawDemand.ts'

/** The files of a market about customers and filings, and what stands in `truth.demand`. */
export function demandPart(market: SimulatedMarket): MarketPart {
  const demand = drawDemand(market)
  const { tables } = demand
  return {
    tables: [
      { name: 'tickets.csv', ...ticketsCsv(tables, market.symbols), compressed: true },
      { name: 'adoption.csv', ...adoptionCsv(tables, market.symbols), compressed: true },
      { name: 'incidents.csv', ...incidentsCsv(tables, market.symbols), compressed: false },
      { name: 'news.csv', ...newsCsv(tables, market.symbols), compressed: true },
      { name: 'fundamentals.csv', ...fundamentalsCsv(tables, market.symbols), compressed: true },
    ],
    truth: { ...market.truth.demand, oracle: demandOracle(market, demand) },
  }
}

/** What the oracle gains in a market. */
export function demandOracle(market: SimulatedMarket, { tables, customers }: Demand): DemandOracle {
  const { deals, beta, ownVolatility, demand } = market.truth
  const known = { deals, beta, ownVolatility, world: demand.world, customers }
  return runDemandOracle({ ...market, demand: tables }, known)
}
