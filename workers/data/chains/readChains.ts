import type { ChainTables } from '../../quant/chainTables.ts'
import type { Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import { readChainRows } from './chainRows.ts'
import { settleChains } from './settleChains.ts'
import type { SharePrices } from './sharePrices.ts'

/** The chains of all files of option quotes together; undefined where none has a price. */
export async function readChains(
  database: Database,
  files: Dataset[],
  priceOf: SharePrices,
): Promise<ChainTables | undefined> {
  if (files.length === 0) return undefined
  const sources = files.map(({ table, summary }) => ({ table, symbols: summary.symbols }))
  const chains = settleChains(await readChainRows(database, sources), priceOf)
  return chains.slices.day.length === 0 ? undefined : chains
}
