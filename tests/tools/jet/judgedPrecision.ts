import { averagePrecision } from '../../../workers/hrm/evaluation/precisionRecall.ts'
import type { RowDataset, RowScores } from '../../../workers/quant/rows.ts'

/** Average precision of the probability of a takeover on the judged rows of a part, to four digits. */
export function judgedPrecision(dataset: RowDataset, { probabilities }: RowScores, part: Int32Array): number {
  const { values, classes } = dataset.labels.find(({ name }) => name === 'event')!
  const target = classes.indexOf('target')
  const rows = part.filter((row) => dataset.judged[row] === 1)
  const scores = Float64Array.from(rows, (row) => probabilities['event'][row * classes.length + target])
  const positive = Uint8Array.from(rows, (row) => Number(values[row] === target))
  return Math.round(1e4 * averagePrecision(scores)(positive)) / 1e4
}
