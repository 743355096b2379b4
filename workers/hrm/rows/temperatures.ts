import type { ClassLabels, RowScores } from '../../quant/rows.ts'
import { fitTemperature } from '../evaluation/temperature.ts'
import type { Temperatures } from './rowsModel.ts'

/**
 * The temperature of every head of classes, on validation rows and nothing else (`fitTemperature`); 1 where no row
 * of them has a label.
 * @param scores of those rows, in their order, at temperature 1
 */
export function fitTemperatures(
  scores: Pick<RowScores, 'probabilities'>,
  labels: ClassLabels[],
  rows: Int32Array,
): Temperatures {
  return Object.fromEntries(
    labels.map(({ name, classes, values }) => {
      const known = [...rows.keys()].filter((i) => values[rows[i]] >= 0)
      const probabilities = new Float64Array(known.length * classes.length)
      known.forEach((i, at) => {
        for (let k = 0; k < classes.length; k++)
          probabilities[at * classes.length + k] = scores.probabilities[name][i * classes.length + k]
      })
      return [
        name,
        fitTemperature(
          probabilities,
          Int32Array.from(known, (i) => values[rows[i]]),
        ),
      ]
    }),
  )
}
