import type { DatasetSummary } from '../../workers/data/api.ts'
import type { DatasetRef } from './appState.ts'

/**
 * The chains that are looked at: those that a person chose, else the simulated ones where the prices are simulated
 * as well. Chains of a person need no prices of their own; the two origins never mix.
 */
export function chainsInUse(datasets: DatasetSummary[], chosen: DatasetRef[]): DatasetSummary[] {
  const all = datasets.filter(({ kind }) => kind === 'options')
  const own = all.filter(({ simulated, sha256 }) => !simulated && chosen.some((ref) => ref.sha256 === sha256))
  const choseOwn = chosen.some(({ kind }) => kind === 'prices' || kind === 'options')
  return choseOwn ? own : all.filter(({ simulated }) => simulated)
}
