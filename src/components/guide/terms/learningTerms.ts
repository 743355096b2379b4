import type { Term } from './term.ts'

/** Models, their training and how they are judged. */
export const learningTerms = {
  hrm: [
    'HRM',
    'Hierarchical Reasoning Model: a slow and a fast network that refine an answer in turn.',
    'model',
  ],
  trm: ['TRM', 'Tiny Recursive Model: one small network in the same loop.', 'model'],
  transformer: ['Transformer', 'The blocks that HRM is built of, without the two levels.', 'model'],
  'outer-loop': [
    'Outer loop',
    'Giving the model its own last state again, segment after segment, to refine the answer.',
    'model',
  ],
  segment: [
    'Segment',
    'One pass of the model with an answer and a loss of its own; the next begins where it ended.',
    'model',
  ],
  halting: [
    'Halting',
    'The model says whether its answer is right, and training stops a row by that.',
    'model',
  ],
  rows: [
    'Rows',
    'What a model learns from: a visit or a company and a day, with what was known then and what came of it.',
    'training',
  ],
  'row-settings': [
    'Settings of a training',
    'Size of the model, steps, batch, learning rate and seed.',
    'training',
  ],
  backend: [
    'Compute with',
    'WebGPU, WebAssembly or plain JavaScript: by itself the one that a short measurement finds fastest.',
    'training',
  ],
  checkpoint: [
    'Checkpoint',
    'Weights, optimiser and random state of a training, from which it goes on exactly.',
    'training',
  ],
  safetensors: [
    'safetensors',
    'The file format of an exported checkpoint, which other tools open.',
    'training',
  ],
  'base-rate': [
    'Base rate',
    'The share of rows with the answer looked for: what knowing nothing is worth.',
    'ladder',
  ],
  'auc-pr': ['AUC-PR', 'Area under precision and recall, to be compared with the base rate.', 'ladder'],
  precision: ['Precision', 'Share of right calls among the rows that were called.', 'ladder'],
  lead: ['Lead', 'Calendar days from a right call to the announcement.', 'ladder'],
  brier: ['Brier score', 'Mean squared error of a probability; smaller is better.', 'ladder'],
  'calibration-error': [
    'Off by',
    'How far stated probabilities and the shares that came true are apart, on average.',
    'ladder',
  ],
  'calls-a-year': [
    'Calls a year',
    'How many rows a model may call in a year: precision is measured at this coverage.',
    'ladder',
  ],
  'gradient-boosting': [
    'Boosted trees',
    'Many small decision trees, each fitted to what those before it left over.',
    'ladder',
  ],
  'logistic-regression': [
    'Logistic regression',
    'A weighted sum of the features turned into a probability.',
    'ladder',
  ],
  gru: ['GRU', 'A recurrent network that reads a sequence step by step.', 'ladder'],
  'whole-puzzles': ['Whole puzzles', 'The share of unseen puzzles with every cell right.', 'playground'],
  'puzzle-settings': [
    'Settings of the playground',
    'Model, puzzle, size, steps and seed of a training on puzzles.',
    'playground',
  ],
} as const satisfies Record<string, Term>
