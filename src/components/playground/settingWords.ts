import type { NumberSetting } from '../../state/playgroundPlan.ts'

/** A number of a training: its name, and what it does in a sentence or two. */
export const settingWords: Record<NumberSetting, { label: string; help: string }> = {
  steps: {
    label: 'Steps',
    help: 'Updates of the weights. Each takes one batch through one segment. On Sudoku, HRM begins to solve whole puzzles after a few hundred.',
  },
  haltMaxSteps: {
    label: 'Segments, at most',
    help: 'How often an answer may be refined before it counts. In training a puzzle may stop earlier; in validation it never does.',
  },
  hiddenSize: {
    label: 'Width',
    help: 'Numbers per cell that a block works on. Twice the width is about three times the work.',
  },
  seed: {
    label: 'Seed',
    help: 'Starts every random choice. The same seed and settings give the same training on the same backend.',
  },
  layers: {
    label: 'Blocks a level',
    help: 'The transformers get as many blocks as both levels of HRM together.',
  },
  heads: {
    label: 'Attention heads',
    help: 'Parts that attention divides the width into; the size of a part must be even.',
  },
  batchRows: { label: 'Puzzles a batch', help: 'Puzzles that are worked on at once in each step.' },
  learningRate: { label: 'Learning rate', help: 'The length of a step, once warmed up.' },
  warmUpSteps: { label: 'Warm-up, steps', help: 'Steps over which the learning rate rises from nought.' },
  weightDecay: {
    label: 'Weight decay',
    help: 'Pulls weights towards nought by this times the learning rate in every step.',
  },
  clipNorm: {
    label: 'Clip gradients at',
    help: 'A gradient whose norm is longer is shortened to it. Empty: never.',
  },
  validateEvery: {
    label: 'Validate every, steps',
    help: 'How often the unseen puzzles are tried. A checkpoint is stored as often.',
  },
  patience: {
    label: 'Patience, validations',
    help: 'Training stops after so many validations without a lower loss, and the best one counts. Empty: it goes on to the end.',
  },
}

export const mainSettings: NumberSetting[] = ['steps', 'haltMaxSteps', 'hiddenSize', 'seed']
export const advancedSettings: NumberSetting[] = [
  'layers',
  'heads',
  'batchRows',
  'learningRate',
  'warmUpSteps',
  'weightDecay',
  'clipNorm',
  'validateEvery',
  'patience',
]
