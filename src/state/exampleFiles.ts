import type { TableName } from '../../workers/data/api.ts'
import type { DatasetRef } from './appState.ts'

/** Where the example of a table lies, relative to the page. */
export function exampleFile(kind: TableName): string {
  return `examples/simulated-${kind}.csv`
}

/** Examples are of the simulated market, and say so by their name when they come back as somebody's own files. */
export function isExample(fileName: string): boolean {
  return /^simulated-[a-z_]+\.csv$/.test(fileName)
}

/** Whether all prices in use are simulated: those of the page, or its examples. */
export function pricesAreSimulated(inUse: readonly Pick<DatasetRef, 'kind' | 'name'>[]): boolean {
  return inUse.every(({ kind, name }) => kind !== 'prices' || isExample(name))
}
