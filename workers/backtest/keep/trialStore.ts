import type { StoredMoments } from '../moments.ts'
import type { SweepSpec } from '../sweep/contract.ts'

/** Trials of a family: all of those kept, or those to be added. */
export interface KeptFamily {
  ids: Float64Array
  carried: number
  sharpes: StoredMoments
  studentised: Int16Array
  plain: Int16Array
}

/** A sweep without its results. */
export interface KeptSweep {
  id: string
  spec: SweepSpec
  /** Names the prices and signals it was made of. */
  contents: string
  total: number
  done: number
  savedAt: number
}

/** Results of some blocks of a sweep, as they came in. */
export interface SweepPart {
  blocks: Int32Array
  index: Int32Array
  metrics: Float32Array
  seriesOf: Int32Array
  series: Float32Array
}

/** Where trials and sweeps outlive the visit. Every write is one transaction: all of it is kept, or none. */
export interface TrialStore {
  family(): Promise<KeptFamily | null>
  /** Merges into what is kept, which another tab may have changed meanwhile. */
  addToFamily(part: KeptFamily): Promise<void>
  /** The sweep, some of its results, and what they add to the family. */
  addToSweep(sweep: KeptSweep, part: SweepPart, family: KeptFamily): Promise<void>
  sweeps(): Promise<KeptSweep[]>
  sweepParts(id: string): Promise<SweepPart[]>
  removeSweep(id: string): Promise<void>
  /** Nothing of any visit is left. */
  clear(): Promise<void>
}

/** Where nothing can be kept: private windows, and scripts. */
export const noTrialStore: TrialStore = {
  family: () => Promise.resolve(null),
  addToFamily: () => Promise.resolve(),
  addToSweep: () => Promise.resolve(),
  sweeps: () => Promise.resolve([]),
  sweepParts: () => Promise.resolve([]),
  removeSweep: () => Promise.resolve(),
  clear: () => Promise.resolve(),
}
