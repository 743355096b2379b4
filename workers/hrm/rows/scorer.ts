import type { RowScores } from '../../quant/rows.ts'
import type { Run } from '../baselines/run.ts'
import type { ScoredRows } from './rowTables.ts'

/** Whatever can be asked about rows. */
export interface Scorer {
  /** @param rows which of them, in this order; absent = all */
  score(table: ScoredRows, rows?: Int32Array, run?: Run): Promise<RowScores>
  /** Lets go of the tensors that scoring keeps. */
  dispose(): void
}
