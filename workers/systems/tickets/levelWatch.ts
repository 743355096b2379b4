/** Days that a new level must have lasted, by whole weeks. */
export const SHIFT_DAYS = 21
const WEEKS = SHIFT_DAYS / 7
/** Days of each week that must be told. */
const TOLD = 5
/** Deviations by which the weeks together, and each of them, are beyond expectation. */
const TOGETHER = 4
const EACH = 1.5
/** Least share of the first week's excess that the last still has. */
const LASTING = 0.5

/**
 * Tells a lasting change of level from a burst, by what each day was expected to be on its own day. The last
 * twenty-one calendar days are taken as three weeks, at least five days of each told:
 * - their counts together lie 4 deviations beyond their expectations, and those of each week 1.5, all on one side (the
 *   deviation is that of a sum of independent counts with the predictive variances of the days);
 * - the excess of the last week, as a share of what was expected, is at least half that of the first. A burst that
 *   fades evenly over fourteen days or fewer leaves a sixth at most, whichever of the days it began on.
 */
export class LevelWatch {
  /** [last days, as a ring] what is beyond expectation, its variance, and the expectation; NaN where not told. */
  private readonly excess = new Float64Array(SHIFT_DAYS)
  private readonly variance = new Float64Array(SHIFT_DAYS)
  private readonly expected = new Float64Array(SHIFT_DAYS)
  private days = 0

  clear(): void {
    this.days = 0
  }

  /** A day without a count or an expectation is NaN; both are of the same day. */
  add(count: number, expected: number, size: number): void {
    const at = this.days++ % SHIFT_DAYS
    this.excess[at] = count - expected
    this.expected[at] = expected
    this.variance[at] = expected + (expected * expected) / size
  }

  /** +1, −1 where the level has risen or fallen for good with the first of the last twenty-one days, else 0. */
  direction(): -1 | 0 | 1 {
    if (this.days < SHIFT_DAYS) return 0
    let sign = 0
    let total = 0
    let totalVariance = 0
    let lastShare = 0
    for (let week = 0; week < WEEKS; week++) {
      let told = 0
      let excess = 0
      let variance = 0
      let expected = 0
      for (let back = 7 * week; back < 7 * week + 7; back++) {
        const at = (this.days - 1 - back) % SHIFT_DAYS
        if (Number.isNaN(this.excess[at])) continue
        told++
        excess += this.excess[at]
        variance += this.variance[at]
        expected += this.expected[at]
      }
      if (week === 0) {
        sign = excess > 0 ? 1 : -1
        lastShare = excess / expected
      }
      if (told < TOLD || sign * excess < EACH * Math.sqrt(variance)) return 0
      if (week === WEEKS - 1 && sign * lastShare < LASTING * sign * (excess / expected)) return 0
      total += excess
      totalVariance += variance
    }
    return sign * total < TOGETHER * Math.sqrt(totalVariance) ? 0 : sign > 0 ? 1 : -1
  }
}
