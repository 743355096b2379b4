import { log } from '../../quant/elementary.ts'
import type { ClassLabels, RowDataset } from '../../quant/rows.ts'
import type { HeadSpec } from '../model/index.ts'
import type { DataShape } from '../training/modelConfig.ts'
import { levelsOf } from './rowTables.ts'

/** A head is not made to count more than this many times what it would by itself. */
const heaviest = 20
/** Of the value, beside a head of classes. */
const valueShare = 0.25

/** What rows ask of a model: a head for each of their labels, and one for the value. */
export function rowsShape(dataset: RowDataset, hiddenSize: number, identity: boolean): DataShape {
  const { sequence, labels, value, split, entities } = dataset
  const told = split.train.reduce((sum, row) => sum + Number(!Number.isNaN(value.values[row])), 0)
  return {
    input: {
      kind: 'features',
      width: sequence.names.length,
      levels: levelsOf(dataset),
      ageBuckets: sequence.ageBuckets,
    },
    outputs: [
      ...labels.map((each) => classHead(each, split.train)),
      {
        kind: 'value',
        name: value.name,
        weight: Math.min(heaviest, valueShare / Math.max(told / split.train.length, 1e-9)),
      },
    ],
    sequenceLength: sequence.length,
    vocabulary: 1,
    positions: 'learned',
    ...(identity && { puzzleIds: entities + 1, puzzleWidth: hiddenSize }),
    // Thousands of rows of some seventy tokens are scored within seconds: one cycle a segment, a narrow inside.
    hCycles: 1,
    lCycles: 1,
    expansion: 2,
    innerMultiple: 32,
  }
}

/** Weighted so that knowing nothing but the base rates costs every head 1 a row. */
function classHead({ name, classes, values }: ClassLabels, train: Int32Array): HeadSpec {
  const counts = new Float64Array(classes.length)
  for (const row of train) if (values[row] >= 0) counts[values[row]]++
  const labelled = counts.reduce((sum, count) => sum + count, 0)
  const entropy = counts.reduce((sum, n) => sum - (n > 0 ? (n / labelled) * log(n / labelled) : 0), 0)
  const cost = (entropy * labelled) / train.length
  return {
    kind: 'classes',
    name,
    classes: classes.length,
    weight: Math.min(heaviest, 1 / Math.max(cost, 1e-9)),
  }
}
