import { createModel } from '../../workers/hrm/model/index.ts'
import { RowNetwork } from '../../workers/hrm/rows/rowNetwork.ts'
import { rowsTraining } from '../../workers/hrm/rows/rowsTraining.ts'
import { scoringModel } from '../../workers/hrm/rows/scoringModel.ts'
import { usualRows } from '../../workers/hrm/rows/trainedRows.ts'
import { Random } from '../../workers/quant/random.ts'
import type { RowDataset } from '../../workers/quant/rows.ts'

/** All company-weeks and visits of 36 companies over five years, and those of one company in a year. */
const sizes = { all: 9_943, company: 60 }
const tokens = 67
const features = 24
const levels = 4
const ageBuckets = 15
/** The fastest counts, because other processes only ever add. */
const timed = { all: 2, company: 10 }

/**
 * Milliseconds that the usual network for rows takes to score everything, and one company, once it is made; our
 * kernels must be registered.
 */
export async function benchHrmRows(): Promise<void> {
  const dataset = drawnRows()
  const { config, scalers } = rowsTraining(dataset, usualRows, false)
  const model = createModel(config, undefined, new Random(1))
  const weights = await model.weights()
  model.dispose()
  const scoring = scoringModel(dataset, 'bench', 'bench')
  const network = new RowNetwork({ weights, config, scalers, calibration: {}, scoring })
  for (const [name, target] of [
    ['company', 50],
    ['all', 5_000],
  ] as const) {
    const rows = Int32Array.from({ length: sizes[name] }, (_, row) => row)
    await network.score(dataset, rows.subarray(0, sizes.company))
    const times: number[] = []
    for (let i = 0; i < timed[name]; i++) {
      const started = performance.now()
      await network.score(dataset, rows)
      times.push(performance.now() - started)
    }
    const value = Number(Math.min(...times).toPrecision(4))
    const what = `HRM, ${sizes[name]} rows of ${tokens} tokens scored, our kernels`
    console.log(JSON.stringify({ name: what, value, unit: 'ms', target }))
  }
  network.dispose()
}

function drawnRows(): RowDataset {
  const random = new Random(3)
  const { all: rows } = sizes
  const drawn = (length: number) => Float32Array.from({ length }, () => random.uniform())
  const classes = () => Int32Array.from({ length: rows }, () => random.below(3))
  const each = Int32Array.from({ length: rows }, (_, row) => row)
  const none = new Int32Array()
  return {
    rows,
    hash: '',
    title: '',
    simulated: true,
    flat: { values: drawn(rows), names: ['flat'] },
    sequence: {
      length: tokens,
      values: drawn(rows * tokens * features),
      names: Array.from({ length: features }, (_, i) => `feature ${i}`),
      levels: Int8Array.from({ length: rows * tokens }, () => random.below(levels)),
      levelNames: Array.from({ length: levels }, (_, i) => `level ${i}`),
      ages: Uint8Array.from({ length: rows * tokens }, () => random.below(ageBuckets)),
      ageBuckets,
    },
    labels: ['direction', 'event'].map((name) => ({ name, classes: ['a', 'b', 'c'], values: classes() })),
    value: { name: 'value', values: drawn(rows) },
    known: each,
    resolved: each,
    entity: new Int32Array(rows),
    entities: 1,
    judged: new Uint8Array(rows).fill(1),
    rules: [],
    split: {
      train: each.subarray(0, 100),
      ...{ validation: none, test: none, unseen: none, validationFrom: rows, testFrom: rows },
      ...{ purged: 0, heldOut: 0 },
    },
  }
}
