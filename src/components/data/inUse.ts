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
