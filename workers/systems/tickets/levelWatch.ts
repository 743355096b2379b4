/** Days that a new level must have lasted: three weeks. */
export const SHIFT_DAYS = 21
/** Days of each week that must be told. */
const TOLD = 5
/** Deviations at which what is beyond expectation is cut on any one day. */
const CUT = 1.5
/** Standard errors by which the weeks together, and each of them, are beyond expectation. */
const TOGETHER = 4
const EACH = 1.5
/** Least share of the excess of the weeks before that the last still has. */
const LASTING = 0.75

/**
 * Tells a lasting change of level from a burst. Each of the last twenty-one calendar days is compared with what
 * was expected of the same weekday three weeks before it, of which the change, if it began with the first of them,
 * was no part: r = (count − expectation) ÷ predictive deviation, cut at ±1.5 so that a few great days do not speak for
 * three weeks. The level has changed where, with at least five days of each week told and all on one side,
 * - Σr ÷ √days is at least 4 of the three weeks together, and 1.5 of each;
 * - the mean r of the last week is at least ¾ of that of the two before. A burst that fades within fourteen days
 *   leaves the last week little, whichever of the days it began on.
 */
export class LevelWatch {
  /** [last days, as a ring] NaN where not told */
  private readonly residual = new Float64Array(SHIFT_DAYS)
  /** [last days, as a ring] what was expected, and its deviation */
  private readonly expected = new Float64Array(SHIFT_DAYS).fill(NaN)
  private readonly deviation = new Float64Array(SHIFT_DAYS)
  /** [weeks, newest first] of the residuals, and how many are told */
  private readonly sum = new Float64Array(3)
  private readonly told = new Int32Array(3)
  private days = 0

  clear(): void {
    this.days = 0
    this.expected.fill(NaN)
  }

  /** A day without a count or an expectation is NaN. */
  add(count: number, expected: number, size: number): void {
    const at = this.days++ % SHIFT_DAYS
    const residual = (count - this.expected[at]) / this.deviation[at]
    this.residual[at] = Math.max(-CUT, Math.min(CUT, residual))
    this.expected[at] = expected
    this.deviation[at] = Math.sqrt(expected + (expected * expected) / size)
  }

  /** +1, −1 where the level has risen or fallen for good with the first of the last twenty-one days, else 0. */
  direction(): -1 | 0 | 1 {
    if (this.days < 2 * SHIFT_DAYS) return 0
    const { sum, told } = this
    sum.fill(0)
    told.fill(0)
    for (let week = 0; week < 3; week++) {
      for (let back = 7 * week; back < 7 * week + 7; back++) {
        const residual = this.residual[(this.days - 1 - back) % SHIFT_DAYS]
        if (Number.isNaN(residual)) continue
        sum[week] += residual
        told[week]++
      }
      if (told[week] < TOLD || Math.sign(sum[0]) * sum[week] < EACH * Math.sqrt(told[week])) return 0
    }
    const before = Math.abs(sum[1] + sum[2])
    const last = Math.abs(sum[0])
    if (last + before < TOGETHER * Math.sqrt(told[0] + told[1] + told[2])) return 0
    if (last / told[0] < (LASTING * before) / (told[1] + told[2])) return 0
    return sum[0] > 0 ? 1 : -1
  }
}
