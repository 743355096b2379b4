import type { DatasetSummary, TableName } from '../../../workers/data/api.ts'
import { mostDatasets } from '../../state/link.ts'

/**
 * What is in use once new datasets have arrived: prices join the prices in use (they take the place of the
 * simulated market), chains the chains, a new file of signals takes the place of the old one, and a newer state of
 * a file that of the earlier one. Where there are more files than can be in use, the oldest chains go.
 */
export function useAfterImport(inUse: DatasetSummary[], imported: DatasetSummary[]): DatasetSummary[] {
  const overtaken = new Set(imported.map(({ vintageOf }) => vintageOf?.sha256))
  const own = inUse.filter((dataset) => !dataset.simulated && !overtaken.has(dataset.sha256))
  const of = (kind: TableName) => distinct([...own, ...imported].filter((dataset) => dataset.kind === kind))
  const prices = of('prices')
  const signals = of('signals').slice(-1)
  const room = Math.max(0, mostDatasets - prices.length - signals.length)
  const chains = room === 0 ? [] : of('options').slice(-room)
  return [...prices, ...chains, ...signals]
}

/** What is in use after one dataset is switched on or off; only one file of signals runs at a time. */
export function useAfterSwitch(
  inUse: DatasetSummary[],
  dataset: DatasetSummary,
  on: boolean,
): DatasetSummary[] {
  return on ? useAfterImport(inUse, [dataset]) : inUse.filter((other) => other.sha256 !== dataset.sha256)
}

function distinct(datasets: DatasetSummary[]): DatasetSummary[] {
  return datasets.filter((one, at) => datasets.findIndex((other) => other.sha256 === one.sha256) === at)
}
