import type { RowDataset, RowTable } from '../../quant/rows.ts'

/** Rows to be scored; a model that knows what rows are about reads `entity`, and without it knows none of them. */
export type ScoredRows = RowTable & Partial<Pick<RowDataset, 'entity'>>

/** Names of the flat features, then of those of the sequence. */
export function featuresOf({ flat, sequence }: RowTable): string[] {
  return [...flat.names, ...sequence.names]
}

/** Levels of tokens a model tells apart: those of the rows, and that of an empty token, the last. */
export function levelsOf({ sequence }: Pick<RowTable, 'sequence'>): number {
  return sequence.levelNames.length + 1
}
