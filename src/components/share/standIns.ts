import type { DatasetSummary } from '../../../workers/data/api.ts'
import type { DatasetRef } from '../../state/appState.ts'

/** Own datasets that could be read in the place of a file, those with the very same columns first. */
export function standInsFor(ref: DatasetRef, datasets: DatasetSummary[]): DatasetSummary[] {
  const alike = (dataset: DatasetSummary) => Number(dataset.schemaHash === ref.schemaHash)
  return datasets
    .filter(({ kind, simulated, sha256 }) => kind === ref.kind && !simulated && sha256 !== ref.sha256)
    .sort((a, b) => alike(b) - alike(a))
}

/**
 * The datasets a link runs on when some of its files are elsewhere: those that are here, and the chosen ones.
 *
 * @param chosen id of a dataset by sha-256 of the file that it stands in for; '' or absent = nothing does
 */
export function withStandIns(
  refs: DatasetRef[],
  datasets: DatasetSummary[],
  chosen: Record<string, string>,
): DatasetSummary[] {
  const found = refs.flatMap((ref) => {
    const own = datasets.find(({ sha256, kind }) => sha256 === ref.sha256 && kind === ref.kind)
    const other = datasets.find(({ id }) => id === chosen[ref.sha256])
    return own ?? other ?? []
  })
  return [...new Map(found.map((dataset) => [dataset.id, dataset])).values()]
}
