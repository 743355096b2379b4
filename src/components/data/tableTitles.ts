import type { TableName } from '../../../workers/data/api.ts'
import { tables } from '../../../workers/data/schema.ts'

/** Tables as a person looks for them. */
export const tableGroups: { title: string; kinds: TableName[] }[] = [
  { title: 'Markets', kinds: ['prices', 'options', 'fundamentals', 'news', 'events'] },
  { title: 'Companies', kinds: ['companies', 'ticker_changes'] },
  { title: 'Products', kinds: ['tickets', 'adoption', 'incidents'] },
  { title: 'Aviation', kinds: ['flights', 'aircraft', 'airports', 'aircraft_types'] },
  { title: 'Your own ideas', kinds: ['signals'] },
]

/** In the order of the groups. */
export const tablesInOrder: TableName[] = tableGroups.flatMap(({ kinds }) => kinds)

/** `aircraft_types` → “Aircraft types”. */
export function tableTitle(kind: TableName): string {
  const words = kind.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What one row is, as a sentence. */
export function tableDoc(kind: TableName): string {
  return tables[kind].doc
}

/** A person chooses which of these are read; the other tables are simply there. */
export function isForRuns(kind: TableName): boolean {
  return kind === 'prices' || kind === 'signals' || kind === 'options'
}

/** Tables that Jet reads besides prices. */
export function isForJet(kind: TableName): boolean {
  return ['flights', 'aircraft', 'airports', 'companies', 'events'].includes(kind)
}

/** Tables that Tickets reads besides prices. */
export function isForTickets(kind: TableName): boolean {
  return ['tickets', 'adoption', 'incidents', 'news'].includes(kind)
}
