import type { Content } from '../api.ts'

/** A SQL table of figures by day, and how its rows came about. */
export interface DemandSource {
  table: string
  /** `tickets` and `sums` were counted by the import: it knows that an absent day is a day of nothing. */
  content: Content
  /** The lag of `known_at` is the usual one of such sources, for lack of a column. */
  assumed: boolean
  /** SQL table of its tickets one by one, where it has them. */
  texts?: string
}

/** What the Tickets system reads; of each kind as many tables as are loaded, or none. */
export interface DemandSources {
  tickets: DemandSource[]
  adoption: DemandSource[]
  /** SQL tables. */
  incidents: string[]
  /** Of them, those that live sources give: an incident without an end there goes on. */
  watched: string[]
  news: string[]
  /** For the names of companies only. */
  companies: string[]
}
