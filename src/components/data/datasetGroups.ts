import type { DatasetSummary, SimulatedPart, TableName } from '../../../workers/data/api.ts'
import { tablesInOrder } from './tableTitles.ts'

export interface DatasetGroup {
  kind: TableName
  datasets: DatasetSummary[]
  /** The simulated table of this kind, while it is not loaded. */
  part: SimulatedPart | null
  rows: number
}

/** What is loaded and what could be, by table; tables with neither are left out. */
export function datasetGroups(datasets: DatasetSummary[], parts: SimulatedPart[]): DatasetGroup[] {
  return tablesInOrder
    .map((kind) => {
      const own = datasets.filter((dataset) => dataset.kind === kind)
      const there = own.some(({ simulated }) => simulated)
      return {
        kind,
        datasets: own,
        part: there ? null : (parts.find((part) => part.kind === kind && !part.loaded) ?? null),
        rows: own.reduce((sum, { rows }) => sum + rows, 0),
      }
    })
    .filter((group) => group.datasets.length > 0 || group.part !== null)
}
