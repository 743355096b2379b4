import type { DatasetSummary } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import { Problem } from '../problem.ts'
import type { FlightSources } from './flightSources.ts'
import { rowsOfAll } from './rowsOfAll.ts'

const kinds = ['flights', 'aircraft', 'airports', 'companies', 'events'] as const
type Kind = (typeof kinds)[number]

const called: Record<Kind, string> = {
  flights: 'flights',
  aircraft: 'aircraft with their companies',
  airports: 'airports',
  companies: 'companies with their headquarters',
  events: 'events',
}

/**
 * The tables to read with prices that are simulated or not: simulated flights never meet a person's prices,
 * nor the other way round. A person's file of nothing but simulated aircraft counts as simulated: it is how newer
 * flights join that market. Throws a `Problem` that says what is missing.
 */
export async function sourcesOf(
  database: Database,
  datasets: Dataset[],
  simulated: boolean,
): Promise<FlightSources> {
  const fleet = new Set(
    datasets.flatMap(({ summary }) =>
      summary.simulated && summary.kind === 'aircraft' ? summary.symbols : [],
    ),
  )
  const joins = ({ kind, simulated, symbols }: DatasetSummary) =>
    simulated || (kind === 'flights' && symbols.length > 0 && symbols.every((tail) => fleet.has(tail)))
  const of = (kind: Kind) => (summary: DatasetSummary) =>
    summary.kind === kind && joins(summary) === simulated
  const sources = Object.fromEntries(
    kinds.map((kind) => [
      kind,
      datasets.filter(({ summary }) => of(kind)(summary)).map(({ table }) => table),
    ]),
  ) as Record<Kind, string[]>
  const missing: Kind[] = []
  for (const kind of kinds) if (!(await usable(database, kind, sources[kind]))) missing.push(kind)
  if (missing.length === 0) return sources
  throw new Problem('no-flights', sentence(missing, datasets, simulated))
}

/** Aircraft of nobody and companies without a headquarters are as good as none. */
async function usable(database: Database, kind: Kind, tables: string[]): Promise<boolean> {
  if (tables.length === 0) return false
  const needed = kind === 'aircraft' ? 'symbol' : kind === 'companies' ? 'hq_airport' : null
  if (needed === null) return true
  const found = await database.query(
    `SELECT count(*)::INTEGER AS n FROM ${rowsOfAll(tables, needed)} WHERE ${needed} <> ''`,
  )
  return found.integers('n')[0] > 0
}

function sentence(missing: Kind[], datasets: Dataset[], simulated: boolean): string {
  const names = enumerated(missing.map((kind) => called[kind]))
  if (simulated) {
    return `The Jet system lacks the simulated ${names}. Load the flights of the simulated market.`
  }
  const unmatched = missing.length === 1 && missing[0] === 'aircraft' && own(datasets, 'aircraft')
  if (unmatched) {
    return 'No aircraft belongs to a company yet. Match the owners of the registry to companies in the data room.'
  }
  const simulatedThere = missing.some((kind) =>
    datasets.some(({ summary }) => summary.kind === kind && summary.simulated),
  )
  const aside = simulatedThere ? ' What is simulated is left aside, because the prices are your own.' : ''
  return (
    `The Jet system lacks ${names} to go with your prices.${aside} ` +
    'Load them in the data room, or choose the simulated market.'
  )
}

function own(datasets: Dataset[], kind: Kind): boolean {
  return datasets.some(({ summary }) => summary.kind === kind && !summary.simulated)
}

function enumerated(names: string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
}
