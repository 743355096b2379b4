import type { DemandTables } from '../../quant/demandTables.ts'
import type { Panel } from '../../quant/panel.ts'

/** The tickets of a panel and what they are traded against. */
export interface TicketsMarket {
  tables: DemandTables
  panel: Panel
  simulated: boolean
  /** Symbol of the benchmark where the data have one. */
  benchmark: string | null
}
