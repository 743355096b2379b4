import type { RowDataset, RowScores } from '../../quant/rows.ts'
import type { Classifier, Table, Task } from '../baselines/classifier.ts'
import type { Run } from '../baselines/run.ts'
import { atTemperature, fitTemperature } from '../evaluation/temperature.ts'
import { piecesOf } from './pieces.ts'
import type { ScoredRows } from './rowTables.ts'
import type { Scorer } from './scorer.ts'

/** How a classifier sees rows: as rows of a table of its own, in the order asked for. */
export type View = (table: ScoredRows, rows: Int32Array) => { table: Table; rows: Int32Array }

/** The flat features as they are. */
export const flatView: View = ({ flat }, rows) => ({
  table: { values: flat.values, width: flat.names.length },
  rows,
})

interface Head {
  name: string
  classes: number
  classifier: Classifier
  temperature: number
}

/**
 * One classifier for every label of the rows, each fitted on the training rows that have it and calibrated on the
 * validation rows that have it, as networks are. Foretells no value and does not halt.
 *
 * @param fit of one label; told how much of the whole is done
 */
export async function fitClassifiers(
  dataset: RowDataset,
  view: View,
  fit: (task: Task, run: Run) => Promise<Classifier>,
  { signal, onProgress }: Run,
): Promise<Scorer> {
  const heads: Head[] = []
  for (const { name, classes, values } of dataset.labels) {
    const known = (rows: Int32Array) => rows.filter((row) => values[row] >= 0)
    const [train, validation] = [known(dataset.split.train), known(dataset.split.validation)]
    const both = Int32Array.of(...train, ...validation)
    const seen = view(dataset, both)
    const labels = new Int32Array(seen.table.values.length / seen.table.width)
    seen.rows.forEach((row, i) => (labels[row] = values[both[i]]))
    const task = {
      table: seen.table,
      labels,
      classes: classes.length,
      train: seen.rows.subarray(0, train.length),
      validation: seen.rows.subarray(train.length),
    }
    const classifier = await fit(task, {
      signal,
      onProgress: (progress) =>
        onProgress?.({
          ...progress,
          done: progress.done + heads.length * progress.total,
          total: progress.total * dataset.labels.length,
        }),
    })
    const said = await classifier.probabilities(task.table, task.validation)
    const temperature = fitTemperature(
      said,
      validation.map((row) => values[row]),
    )
    heads.push({ name, classes: classes.length, classifier, temperature })
  }
  return new ClassifierScorer(heads, view)
}

class ClassifierScorer implements Scorer {
  constructor(
    private readonly heads: Head[],
    private readonly view: View,
  ) {}

  async score(
    table: ScoredRows,
    rows = Int32Array.from({ length: table.rows }, (_, row) => row),
  ): Promise<RowScores> {
    const probabilities: RowScores['probabilities'] = Object.fromEntries(
      this.heads.map(({ name, classes }) => [name, new Float32Array(rows.length * classes)]),
    )
    let from = 0
    for (const piece of piecesOf(rows)) {
      const seen = this.view(table, piece)
      for (const { name, classes, classifier, temperature } of this.heads) {
        const said = await classifier.probabilities(seen.table, seen.rows)
        probabilities[name].set(atTemperature(said, classes, temperature), from * classes)
      }
      from += piece.length
    }
    return {
      probabilities,
      value: new Float32Array(rows.length).fill(NaN),
      halting: new Float32Array(),
      segments: 0,
    }
  }

  dispose(): void {
    // Classifiers hold no tensors.
  }
}
