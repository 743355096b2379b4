import { aircraft, aircraftTypes, airports, flights } from './schema/aviation.ts'
import { companies } from './schema/companies.ts'
import { adoption, fundamentals, tickets } from './schema/demand.ts'
import { events, incidents, news } from './schema/happenings.ts'
import { options } from './schema/options.ts'
import { prices } from './schema/prices.ts'
import type { RowOf, TableRule } from './schema/rules.ts'
import { signals } from './schema/signals.ts'
import { tickerChanges } from './schema/tickerChanges.ts'

export { roleOf, type ColumnRule, type ColumnType, type TableRule } from './schema/rules.ts'
/** What is read before it becomes rows of a table. */
export { positions, ticketTexts } from './schema/staging.ts'
/** The words by which tickets with text are sorted unless a person sets others, and what is wrong with such lists. */
export { ticketWords, ticketWordsProblem } from './staging/ticketWords.ts'
export { moodReader } from './staging/moodReader.ts'

const rules = {
  prices,
  companies,
  airports,
  aircraft,
  flights,
  events,
  tickets,
  adoption,
  incidents,
  options,
  fundamentals,
  news,
  signals,
  aircraft_types: aircraftTypes,
  ticker_changes: tickerChanges,
}

export type TableName = keyof typeof rules
/** A row of a table outside SQL; `Row<'flights'>` has `icao24`, `departed_at`, … */
export type Row<Name extends TableName> = RowOf<(typeof rules)[Name]>

/** One row of truth per table. The order is that of the page. */
export const tables: Record<TableName, TableRule> = rules
export const tableNames = Object.keys(rules) as TableName[]
