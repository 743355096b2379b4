import type { DatasetSummary } from '../../workers/data/api.ts'
import type { DatasetRef } from './appState.ts'

/**
 * What is collected grows, and is another file with every row: who uses it goes on using it. The same array where
 * nothing changes.
 */
export function followCollected(refs: DatasetRef[], datasets: DatasetSummary[]): DatasetRef[] {
  const followed = refs.map((ref) => {
    if (datasets.some(({ sha256 }) => sha256 === ref.sha256)) return ref
    const now = datasets.find(
      ({ collected, name, kind }) => collected && name === ref.name && kind === ref.kind,
    )
    return now ? { ...ref, rows: now.rows, schemaHash: now.schemaHash, sha256: now.sha256 } : ref
  })
  return followed.some((ref, at) => ref !== refs[at]) ? followed : refs
}
