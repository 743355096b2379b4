import { chainsPart } from './chains/chainsPart.ts'
import { companiesCsv, pricesCsv } from './csv.ts'
import { demandPart } from './demand/demandPart.ts'
import { flightsPart } from './flights/drawFlights.ts'
import type { SimulatedMarket } from './market.ts'

/** A table of the market as a file. */
export interface TableFile {
  /** File name of the text; a compressed one is served with `.gz` behind it. */
  name: string
  /** Rows without the header. */
  rows: number
  text: string
  compressed: boolean
}

/** What a part of the market beyond prices and companies adds to its files. */
export interface MarketPart {
  tables: TableFile[]
  /** Only what the generator knows; served in `truth.json` under the name of the part. */
  truth: Record<string, unknown>
}

/** The parts by the name they have in the truth; each draws from streams of its own. */
const PARTS: Record<string, (market: SimulatedMarket) => MarketPart> = {
  flights: flightsPart,
  demand: demandPart,
  options: chainsPart,
}

/** All tables of a market as texts, and the truth of each part under its name. Runs in a browser as well. */
export function marketTables(market: SimulatedMarket): {
  tables: TableFile[]
  truths: Record<string, Record<string, unknown>>
} {
  const parts = Object.entries(PARTS).map(([name, draw]) => ({ name, ...draw(market) }))
  const tables: TableFile[] = [
    { name: 'prices.csv', ...pricesCsv(market), compressed: true },
    { name: 'companies.csv', ...companiesCsv(market.companies), compressed: false },
    ...parts.flatMap((part) => part.tables),
  ]
  return { tables, truths: Object.fromEntries(parts.map(({ name, truth }) => [name, truth])) }
}
