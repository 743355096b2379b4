import type { WalkSpec } from './contract.ts'

/** Days of a run, counted from its first, inclusive. */
export interface Days {
  first: number
  last: number
}

export interface FoldDays {
  train: Days
  test: Days
}

type Lengths = Pick<WalkSpec, 'train' | 'test' | 'gap' | 'embargo' | 'anchored'>

/** Fewer days teach nothing. */
export const leastTrain = 20
export const leastTest = 5
/** What is left at the end is a test window of its own from so many days on. */
const leastRest = 20

/**
 * The folds that fit into so many days, the earliest first: training, gap, test; then all of it moves on by a test
 * window, so that the test windows follow each other without a day between them. The last one may be shorter.
 */
export function walkWindows(days: number, { train, test, gap, anchored }: Lengths): FoldDays[] {
  const folds: FoldDays[] = []
  for (let k = 0; ; k++) {
    const first = k * test + train + gap
    const last = Math.min(days - 1, first + test - 1)
    const length = last - first + 1
    if (length < test && length < leastRest) return folds
    folds.push({
      train: { first: anchored ? 0 : k * test, last: k * test + train - 1 },
      test: { first, last },
    })
  }
}

/** Why so many days cannot be walked through like this, and what to do, in a sentence; null where they can. */
export function walkProblem(days: number, lengths: Lengths): string | null {
  const { train, test, gap, embargo } = lengths
  if (!(Number.isInteger(train) && train >= leastTrain))
    return `Training has to be at least ${leastTrain} trading days long.`
  if (!(Number.isInteger(test) && test >= leastTest))
    return `A test window has to be at least ${leastTest} trading days long.`
  if (!(Number.isInteger(gap) && gap >= 0) || !(Number.isInteger(embargo) && embargo >= 0))
    return 'Gap and embargo are whole numbers of trading days, 0 or more.'
  if (walkWindows(days, lengths).length > 0) return null
  return `${train} days of training, a gap of ${gap} and a test do not fit into the ${days} trading days of the period: shorten them, or choose a longer period.`
}

/**
 * [days of the training window of a fold] 1 where a day lies in the embargo of an earlier test window: the first
 * `embargo` days after its end. Null where there is none.
 */
export function embargoedDays(folds: FoldDays[], fold: number, embargo: number): Uint8Array | null {
  const { train } = folds[fold]
  const leftOut = new Uint8Array(train.last - train.first + 1)
  let any = false
  for (const { test } of folds.slice(0, fold)) {
    const to = Math.min(train.last, test.last + embargo)
    for (let day = Math.max(train.first, test.last + 1); day <= to; day++) {
      leftOut[day - train.first] = 1
      any = true
    }
  }
  return any ? leftOut : null
}
