import { exp, log } from '../../../quant/elementary.ts'
import { Random } from '../../../quant/random.ts'
import { logLoss } from '../../evaluation/properScores.ts'
import { baseRates } from '../baseRate.ts'
import { checkTask } from '../classifier.ts'
import type { Classifier, Table, Task } from '../classifier.ts'
import { breather } from '../run.ts'
import type { Run } from '../run.ts'
import { softmax } from '../softmax.ts'
import { binRows, quantileCuts } from './binning.ts'
import { TreeGrower } from './grower.ts'
import type { TreeRules } from './grower.ts'
import { addTree } from './tree.ts'
import type { Tree } from './tree.ts'

export interface BoostingOptions extends TreeRules {
  /** most rounds; each adds one tree for two classes, else one tree per class */
  rounds: number
  /** share of each tree's answer that is added */
  learningRate: number
  /** share of the training rows each round sees, of the features each tree sees */
  rowShare: number
  columnShare: number
  /** rounds without a smaller log loss on validation after which training stops */
  patience: number
  seed: number
}

/** Small trees and slow learning, because the signals looked for are weak. */
export const usualBoosting: BoostingOptions = {
  rounds: 500,
  learningRate: 0.05,
  depth: 4,
  lambda: 1,
  minGain: 0,
  minChildWeight: 5,
  rowShare: 0.8,
  columnShare: 0.8,
  patience: 50,
  seed: 1,
}

export interface BoostedTrees extends Classifier {
  /**
   * rounds kept: those of the smallest log loss on validation, none where the base rates were never beaten, all
   * where there is no validation
   */
  rounds: number
}

/**
 * Gradient-boosted trees for log loss (J. H. Friedman, "Greedy function approximation", Ann. Statist. 29, 2001),
 * with second-order gains, histograms, and missing values that go to the better side. Two classes share one
 * margin; more have one each, whose diagonal hessian is enlarged by K ÷ (K − 1), as Friedman does, because
 * all of them move at once. Starts from the base rates. The same seed gives the same trees on every machine.
 */
export async function fitBoostedTrees(
  task: Task,
  options: Partial<BoostingOptions> = {},
  run: Run = {},
): Promise<BoostedTrees> {
  checkTask(task)
  const { rounds, learningRate, rowShare, columnShare, patience, seed, ...rules } = {
    ...usualBoosting,
    ...options,
  }
  const { table, labels, classes, train, validation } = task
  const trainLabels = Int32Array.from(train, (row) => labels[row])
  const validationLabels = Int32Array.from(validation, (row) => labels[row])
  const start = startMargins(baseRates(task))
  const stride = start.length
  const margins = repeated(start, train.length)
  const validationMargins = repeated(start, validation.length)
  const cuts = quantileCuts(table, train)
  const grower = new TreeGrower(binRows(table, train, cuts), cuts, rules)
  const random = new Random(seed)
  const breathe = breather(run)
  const gradients = new Float64Array(train.length)
  const hessians = new Float64Array(train.length)

  /** [rounds × margins] */
  const trees: Tree[] = []
  const lossOnValidation = () => logLoss(classProbabilities(validationMargins, classes))(validationLabels)
  let best = { rounds: 0, loss: lossOnValidation() }
  let probabilities = classProbabilities(margins, classes)
  for (let round = 1; round <= rounds && round - best.rounds <= patience; round++) {
    const seen = drawn(train.length, rowShare, random)
    for (let k = 0; k < stride; k++) {
      await breathe()
      setDerivatives(probabilities, trainLabels, classes, stride === 1 ? 1 : k, gradients, hessians)
      const features = drawn(table.width, columnShare, random)
      const tree = grower.grow(gradients, hessians, seen, features, learningRate)
      trees.push(tree)
      addTree(tree, table, train, margins, stride, k)
      addTree(tree, table, validation, validationMargins, stride, k)
    }
    const validationLoss = lossOnValidation()
    if (validation.length === 0 || validationLoss < best.loss) best = { rounds: round, loss: validationLoss }
    probabilities = classProbabilities(margins, classes)
    const trainLoss = logLoss(probabilities)(trainLabels)
    run.onProgress?.({ done: round, total: rounds, trainLoss, validationLoss })
  }
  const kept = trees.slice(0, best.rounds * stride)
  return {
    rounds: best.rounds,
    probabilities: (other, rows) =>
      Promise.resolve(classProbabilities(summed(kept, other, rows, start), classes)),
  }
}

/** Margins that give these probabilities: one of two classes, else [classes]. */
function startMargins(rates: Float64Array): Float64Array {
  return rates.length === 2 ? Float64Array.of(log(rates[1] / rates[0])) : rates.map((rate) => log(rate))
}

function repeated(start: Float64Array, rows: number): Float64Array {
  const margins = new Float64Array(rows * start.length)
  for (let at = 0; at < margins.length; at += start.length) margins.set(start, at)
  return margins
}

function summed(trees: Tree[], table: Table, rows: Int32Array, start: Float64Array): Float64Array {
  const margins = repeated(start, rows.length)
  trees.forEach((tree, k) => addTree(tree, table, rows, margins, start.length, k % start.length))
  return margins
}

/** [rows × classes] */
function classProbabilities(margins: Float64Array, classes: number): Float64Array {
  if (classes === 2) {
    const out = new Float64Array(2 * margins.length)
    for (let row = 0; row < margins.length; row++) {
      out[2 * row + 1] = 1 / (1 + exp(-margins[row]))
      out[2 * row] = 1 - out[2 * row + 1]
    }
    return out
  }
  const out = margins.slice()
  for (let at = 0; at < out.length; at += classes) softmax(out, at, classes)
  return out
}

/** First and second derivatives of the log loss by the margin of class k. */
function setDerivatives(
  probabilities: Float64Array,
  labels: Int32Array,
  classes: number,
  k: number,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  const enlarged = classes === 2 ? 1 : classes / (classes - 1)
  for (let row = 0; row < labels.length; row++) {
    const probability = probabilities[row * classes + k]
    gradients[row] = probability - (labels[row] === k ? 1 : 0)
    hessians[row] = Math.max(1e-16, enlarged * probability * (1 - probability))
  }
}

/**
 * That share of 0 … n − 1, at least one, without repetition and in ascending order: selection sampling (Knuth,
 * "The art of computer programming" 3.4.2, algorithm S).
 */
function drawn(n: number, share: number, random: Random): Int32Array {
  const out = new Int32Array(Math.max(1, Math.round(share * n)))
  for (let i = 0, taken = 0; taken < out.length; i++)
    if (random.below(n - i) < out.length - taken) out[taken++] = i
  return out
}
