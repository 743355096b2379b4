import * as v from 'valibot'
import {
  backendChoices,
  bounds,
  optimisers,
  puzzleTasks,
  trainableModes,
  type NumberSetting,
} from './playgroundPlan.ts'

const inBounds = (name: NumberSetting) => {
  const { least, most, whole } = bounds[name]
  const value = v.pipe(v.number(), v.minValue(least), v.maxValue(most))
  return whole ? v.pipe(value, v.integer()) : value
}

/** A plan of the Playground in a link: known words, and numbers within their bounds. */
export const playgroundField = v.object({
  task: v.picklist(puzzleTasks),
  modes: v.pipe(
    v.array(v.picklist(trainableModes)),
    v.minLength(1),
    v.check((modes) => new Set(modes).size === modes.length),
  ),
  backend: v.picklist(backendChoices),
  settings: v.object({
    hiddenSize: inBounds('hiddenSize'),
    layers: inBounds('layers'),
    heads: inBounds('heads'),
    haltMaxSteps: inBounds('haltMaxSteps'),
    batchRows: inBounds('batchRows'),
    learningRate: inBounds('learningRate'),
    warmUpSteps: inBounds('warmUpSteps'),
    weightDecay: inBounds('weightDecay'),
    optimiser: v.picklist(optimisers),
    clipNorm: v.nullable(inBounds('clipNorm')),
    steps: inBounds('steps'),
    validateEvery: inBounds('validateEvery'),
    patience: v.nullable(inBounds('patience')),
    seed: inBounds('seed'),
  }),
})
