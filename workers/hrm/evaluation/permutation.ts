import { Random } from '../../quant/random.ts'
import type { Metric } from './metric.ts'

export interface PermutationTest {
  /** the metric for the labels as they are */
  value: number
  /** what it would be on average if predictions and labels had nothing to do with each other */
  chance: number
  /** (1 + shuffles at least as good) ÷ (1 + shuffles), never 0 (Phipson & Smyth 2010); NaN where value is */
  pValue: number
}

/**
 * Could predictions that know nothing have scored this well? Labels are shuffled within blocks and the metric
 * taken again. Blocks are what is not to count as skill: by year, the model gets no credit for knowing that
 * some years have more events; by company, none for knowing which companies have; one block for all gives
 * credit for either. Labels that overlap in time are not exchangeable row by row, and p is then too small:
 * keep one row per label's length, or see `bootstrapDifference`.
 *
 * @param better where good values of the metric are
 * @param blocks [rows] number of the block
 */
export function permutationTest(
  metric: Metric,
  better: 'higher' | 'lower',
  predictions: Float64Array,
  labels: ArrayLike<number>,
  blocks: ArrayLike<number>,
  { shuffles, seed }: { shuffles: number; seed: number },
): PermutationTest {
  const score = metric(predictions)
  const value = score(labels)
  const rowsOfBlocks = rowsByBlock(blocks)
  let sum = 0
  let asGood = 0
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    const chance = score(shuffledWithin(rowsOfBlocks, labels, new Random(seed, shuffle)))
    sum += chance
    const ahead = better === 'higher' ? chance - value : value - chance
    // Equal scores summed in another order differ by rounding, and still count.
    if (ahead >= -1e-12 * Math.abs(value)) asGood++
  }
  return {
    value,
    chance: sum / shuffles,
    pValue: Number.isNaN(value) ? NaN : (1 + asGood) / (1 + shuffles),
  }
}

/**
 * [rows] the labels in another order, each still in its own block: for the null of a model that is trained
 * anew on labels that mean nothing.
 */
export function shuffledLabels(
  labels: ArrayLike<number>,
  blocks: ArrayLike<number>,
  seed: number,
): Int32Array {
  return shuffledWithin(rowsByBlock(blocks), labels, new Random(seed))
}

function shuffledWithin(blocks: Int32Array[], labels: ArrayLike<number>, random: Random): Int32Array {
  const shuffled = new Int32Array(labels.length)
  for (const rows of blocks) {
    const own = random.shuffle(rows.map((row) => labels[row]))
    for (let i = 0; i < rows.length; i++) shuffled[rows[i]] = own[i]
  }
  return shuffled
}

function rowsByBlock(blocks: ArrayLike<number>): Int32Array[] {
  const rows = new Map<number, number[]>()
  for (let row = 0; row < blocks.length; row++) {
    const block = rows.get(blocks[row])
    if (block === undefined) rows.set(blocks[row], [row])
    else block.push(row)
  }
  return Array.from(rows.values(), (block) => Int32Array.from(block))
}
