import { checkSamples } from './samples.ts'
import type { Samples } from './samples.ts'

/** Lengths and times in the unit of the samples. */
export interface WalkForwardPlan {
  /** start of the first test window */
  firstTest: number
  /** no test row is known at or after this: what is kept untouched lies behind it */
  until: number
  /** of a test window; the next one follows without a gap */
  test: number
  /** of the slice at the end of training that early stopping and calibration see; 0 for none */
  validation: number
  /** of training, before validation; Infinity anchors it at the first row */
  train: number
  /** after each earlier test window: rows that become known so soon are not trained on */
  embargo: number
  /** groups that no training or validation ever sees */
  heldOut: ReadonlySet<number>
}

/** Rows are indices into the samples, in their order. */
export interface Fold {
  /** the test window: from ≤ known < to */
  from: number
  to: number
  train: Int32Array
  validation: Int32Array
  /** rows of the groups that training may have seen */
  test: Int32Array
  /** rows of the groups held out, in the same window */
  unseen: Int32Array
  /** rows of the training or validation window that were left out because their label was still open */
  purged: { train: number; validation: number }
  /** and because of the embargo */
  embargoed: number
}

/**
 * Walk-forward folds, purged and embargoed (M. López de Prado, "Advances in Financial Machine Learning", 2018,
 * ch. 7): training, then validation, then test, in time. A row is purged from training where its label is not
 * settled before the first moment of validation (of the test where there is none), from validation where it
 * is not settled before the test: else the answer to a test row, whose label looks over the same days, would
 * be partly known to what was trained. Windows without a test row are no folds; a fold without training rows
 * is given as it is.
 *
 * Throws a RangeError where a length is not above 0 (validation and embargo may be 0) or samples are in
 * disorder.
 */
export function walkForward(samples: Samples, plan: WalkForwardPlan): Fold[] {
  checkSamples(samples)
  if (!(plan.test > 0) || !(plan.train > 0) || !(plan.validation >= 0) || !(plan.embargo >= 0))
    throw new RangeError(
      'Test and training windows must be longer than 0, validation and embargo at least 0.',
    )
  const folds: Fold[] = []
  const earlierEnds: number[] = []
  for (let k = 0; plan.firstTest + k * plan.test < plan.until; k++) {
    const from = plan.firstTest + k * plan.test
    const to = Math.min(plan.until, from + plan.test)
    const fold = foldAt(samples, plan, from, to, earlierEnds)
    if (fold.test.length + fold.unseen.length > 0) folds.push(fold)
    earlierEnds.push(to)
  }
  return folds
}

function foldAt(
  { known, resolved, groups }: Samples,
  { train: trainLength, validation: validationLength, embargo, heldOut }: WalkForwardPlan,
  from: number,
  to: number,
  earlierEnds: number[],
): Fold {
  const validationFrom = from - validationLength
  const trainFrom = validationFrom - trainLength
  const train: number[] = []
  const validation: number[] = []
  const test: number[] = []
  const unseen: number[] = []
  const purged = { train: 0, validation: 0 }
  let embargoed = 0
  for (let row = 0; row < known.length; row++) {
    const at = known[row]
    if (at < trainFrom || at >= to) continue
    const isHeldOut = heldOut.has(groups[row])
    if (at >= from) (isHeldOut ? unseen : test).push(row)
    else if (isHeldOut) continue
    else if (earlierEnds.some((end) => at >= end && at < end + embargo)) embargoed++
    else if (at >= validationFrom) {
      if (resolved[row] < from) validation.push(row)
      else purged.validation++
    } else if (resolved[row] < validationFrom) train.push(row)
    else purged.train++
  }
  return {
    from,
    to,
    train: Int32Array.from(train),
    validation: Int32Array.from(validation),
    test: Int32Array.from(test),
    unseen: Int32Array.from(unseen),
    purged,
    embargoed,
  }
}
