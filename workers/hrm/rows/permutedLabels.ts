import { Random } from '../../quant/random.ts'
import type { RowDataset } from '../../quant/rows.ts'
import { shuffledLabels } from '../evaluation/permutation.ts'

/**
 * The same rows with labels that mean nothing: every label and the value, each shuffled on its own among the rows
 * that have it, within training, validation, test and unseen entities, and there within the judged rows and the
 * others, so that no base rate changes. Whatever is learnt from them and holds on the test is chance. The event
 * days go, because they would be those of other rows.
 */
export function permutedLabels(dataset: RowDataset, seed: number): RowDataset {
  const { labels, value, split, judged } = dataset
  const parts = [split.train, split.validation, split.test, split.unseen]
  const blocks = new Int32Array(dataset.rows)
  parts.forEach((rows, part) => {
    for (const row of rows) blocks[row] = 2 * (part + 1) + judged[row]
  })
  const shuffled = <T extends Int32Array | Float32Array>(values: T, known: Int32Array, own: number): T => {
    const order = shuffledLabels(
      known,
      known.map((row) => blocks[row]),
      new Random(seed, own).below(2 ** 31),
    )
    const out = values.slice() as T
    known.forEach((row, i) => (out[row] = values[order[i]]))
    return out
  }
  const rows = Int32Array.from({ length: dataset.rows }, (_, row) => row)
  return {
    ...dataset,
    hash: `${dataset.hash}${(seed >>> 0).toString(16).padStart(8, '0')}`,
    title: `${dataset.title}, labels shuffled`,
    labels: labels.map((label, head) => ({
      ...label,
      values: shuffled(
        label.values,
        rows.filter((row) => label.values[row] >= 0),
        head,
      ),
    })),
    value: {
      ...value,
      values: shuffled(
        value.values,
        rows.filter((row) => !Number.isNaN(value.values[row])),
        labels.length,
      ),
    },
    eventDay: undefined,
  }
}
