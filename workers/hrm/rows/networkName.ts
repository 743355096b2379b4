import type { TrainableMode, TrainingSettings } from '../api.ts'

/** How the modes are called where rows are concerned. */
export const modeNames: Record<TrainableMode, string> = {
  'hrm-v1': 'HRM',
  trm: 'TRM',
  transformer: 'Transformer with outer loop',
  'transformer-without-loop': 'Transformer',
}

/** “HRM, 32 wide, 420 steps” */
export function networkName({ mode, hiddenSize }: TrainingSettings, step: number, identity: boolean): string {
  return `${modeNames[mode]}, ${hiddenSize} wide, ${step} steps${identity ? ', told who' : ''}`
}
