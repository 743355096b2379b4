import type { DatasetSummary } from '../../../workers/data/api.ts'
import type { DatasetRef } from '../../state/appState.ts'

/** The datasets that the next report is computed from; the simulated market stands in where no prices are chosen. */
export function datasetsInUse(datasets: DatasetSummary[], chosen: DatasetRef[]): DatasetSummary[] {
  const own = datasets.filter(
    (dataset) => !dataset.simulated && chosen.some((ref) => ref.sha256 === dataset.sha256),
  )
  if (chosen.some((ref) => ref.kind === 'prices')) return own
  return [...datasets.filter((dataset) => dataset.simulated && dataset.kind === 'prices'), ...own]
}

/** Symbols whose prices are in more than one of the datasets. */
export function sharedSymbols(datasets: DatasetSummary[]): string[] {
  const all = datasets.filter((dataset) => dataset.kind === 'prices').flatMap((dataset) => dataset.symbols)
  const seen = new Set<string>()
  return [...new Set(all.filter((symbol) => seen.has(symbol) || !seen.add(symbol)))].sort()
}
