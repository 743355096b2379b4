/** The statistics by the names that the rest of the project and outside checks rely on. */
export { performance } from './performance.ts'
export type { Performance, PerformanceOptions } from './performance.ts'
export {
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumTrackRecord,
  probabilisticSharpe,
} from './sharpeEvidence.ts'
export { backtestOverfitting } from './overfitting.ts'
