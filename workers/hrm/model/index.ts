export { createModel, type HrmModel, type Losses, type Metrics, type SegmentOptions } from './createModel.ts'
export { disposeCarry, labelWidth, type Batch, type Carry } from './carry.ts'
export {
  ConfigError,
  defaultConfig,
  headName,
  type HeadSpec,
  type HrmConfig,
  type HrmMode,
} from './config.ts'
export type { Outputs } from './heads.ts'
export { parameterSpecs, puzzleGradientName, puzzleTableName, type Weights } from './weights.ts'
