import { generateMarket, type MarketOptions } from '../../datasets/market.ts'
import { marketTables } from '../../datasets/marketTables.ts'

/** Name and text of every simulated table, for a page that generates them itself. */
export function tablesOf(options: MarketOptions): { name: string; text: string }[] {
  return marketTables(generateMarket(options)).tables
}
