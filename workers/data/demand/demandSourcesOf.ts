import type { Dataset } from '../catalog.ts'
import { Problem } from '../problem.ts'
import type { TableName } from '../schema.ts'
import type { DemandSource, DemandSources } from './demandSources.ts'

/** Unusual days can be told from any of these. */
const counted: TableName[] = ['tickets', 'incidents', 'adoption']

/**
 * The tables to read with prices that are simulated or not: simulated tickets never meet a person's prices, nor
 * the other way round. Throws a `Problem` that says what is missing.
 */
export function demandSourcesOf(datasets: Dataset[], simulated: boolean): DemandSources {
  const of = (kind: TableName) =>
    datasets.filter(({ summary }) => summary.kind === kind && summary.simulated === simulated)
  if (!counted.some((kind) => of(kind).length > 0)) {
    throw new Problem('no-demand', sentence(datasets, simulated))
  }
  const tables = (kind: TableName) => of(kind).map(({ table }) => table)
  return {
    tickets: of('tickets').map(sourceOf),
    adoption: of('adoption').map(sourceOf),
    incidents: tables('incidents'),
    watched: of('incidents').flatMap(({ table, summary }) => (summary.collected ? [table] : [])),
    news: tables('news'),
    companies: tables('companies'),
  }
}

function sourceOf({ table, content = 'rows', texts, summary }: Dataset): DemandSource {
  const source = { table, content, assumed: summary.knownAt === 'assumed' }
  return texts === undefined ? source : { ...source, texts }
}

function sentence(datasets: Dataset[], simulated: boolean): string {
  if (simulated) {
    return 'The Tickets system lacks the simulated tickets. Load the tickets of the simulated market.'
  }
  const aside = datasets.some(({ summary }) => summary.simulated && counted.includes(summary.kind))
    ? ' What is simulated is left aside, because the prices are your own.'
    : ''
  return (
    `The Tickets system lacks tickets to go with your prices; incidents or daily downloads will do as well.${aside} ` +
    'Load them in the data room, or choose the simulated market.'
  )
}
