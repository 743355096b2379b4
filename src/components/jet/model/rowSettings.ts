import type { NumberSetting } from '../../../state/playgroundPlan.ts'

/** A number of a training on rows: its name, and what it does in a sentence or two. */
export const rowSettings: { name: NumberSetting; label: string; help: string }[] = [
  {
    name: 'steps',
    label: 'Steps',
    help: 'Updates of the weights. Each takes one batch through one segment.',
  },
  {
    name: 'hiddenSize',
    label: 'Width',
    help: 'Numbers per token that a block works on. Twice the width is about three times the work.',
  },
  {
    name: 'haltMaxSteps',
    label: 'Segments, at most',
    help: 'How often an answer may be refined before it counts.',
  },
  { name: 'batchRows', label: 'Rows a batch', help: 'Rows that are worked on at once in each step.' },
  { name: 'learningRate', label: 'Learning rate', help: 'The length of a step, once warmed up.' },
  {
    name: 'patience',
    label: 'Patience, validations',
    help: 'Training stops after so many validations without a lower loss, and the best one counts. Empty: it goes on to the end.',
  },
  {
    name: 'seed',
    label: 'Seed',
    help: 'Starts every random choice. The same seed and settings give the same training on the same backend.',
  },
]
