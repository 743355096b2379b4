import type { TrainingSettings } from '../api.ts'
import { defaultConfig, type HrmConfig } from '../model/index.ts'

/** What the data ask of a model; what is left out is as in `defaultConfig`. */
export type DataShape = Pick<HrmConfig, 'sequenceLength' | 'vocabulary'> &
  Partial<
    Pick<
      HrmConfig,
      | 'input'
      | 'outputs'
      | 'puzzleIds'
      | 'puzzleWidth'
      | 'positions'
      | 'hCycles'
      | 'lCycles'
      | 'expansion'
      | 'innerMultiple'
    >
  >

/** The model of a training: the size that was asked for, around the data. */
export function modelConfig(settings: TrainingSettings, shape: DataShape): HrmConfig {
  const { mode, hiddenSize, heads, layers, haltMaxSteps } = settings
  return {
    ...defaultConfig,
    ...shape,
    mode: mode === 'transformer-without-loop' ? 'transformer' : mode,
    outerLoop: mode !== 'transformer-without-loop',
    hiddenSize,
    heads,
    // The transformer takes both levels together as one stack.
    hLayers: layers,
    lLayers: layers,
    haltMaxSteps,
  }
}
