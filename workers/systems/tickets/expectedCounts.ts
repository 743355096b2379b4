/** Standard errors by which the dispersion is taken above its estimate. */
const DISPERSION_MARGIN = 1
/** Deviations above its expectation beyond which a count enters the windows after it as if it were there. */
const CAP = 2.5
/** Counts added to what a window holds: one that holds none does not show that there are none. */
const PRIOR = 0.5

/**
 * What the counts of a sliding window let one expect of a day: the predictive distribution of its count, as a
 * negative binomial with mean `expected` and size `size`.
 *
 * With m the mean of the window's n counts, plus half a count for what it may have missed:
 * - A weekday's expectation is (its own sum + κ m) ÷ (its own number + κ), κ = variance within weekdays ÷ variance
 *   between them by moments (a one-way analysis of variance; ∞ where there is none): a weekly pattern counts as far
 *   as it stands out of the noise. Without weekdays it is m.
 * - The dispersion, variance ÷ mean within weekdays, is at least 1 and taken one standard error above its
 *   estimate, √((2 + excess kurtosis) ÷ degrees of freedom) of it: sixty days do not tell more, and a tail is all
 *   the larger the less is known. Variance grows with the square of the expectation beyond the expectation.
 * - The error of the expectation itself is added to the variance, as in a prediction interval.
 *
 * Bursts in the window would inflate both, so a count beyond expectation + 2.5 deviations, as they were on its
 * own day, enters as that limit, rounded up (winsorised). A burst passes; a new level is still learned.
 */
export class ExpectedCounts {
  /** After `measure`. The size is Infinity where the counts are Poisson and nothing is uncertain. */
  expected = NaN
  size = NaN
  length = 0

  /** [weekday] of the counts: how many, their sum, their squares, and how far their mean explains those */
  private readonly numbers = new Float64Array(7)
  private readonly sums = new Float64Array(7)
  private readonly squares = new Float64Array(7)
  private readonly explained = new Float64Array(7)

  clear(): void {
    this.length = 0
    this.numbers.fill(0)
    this.sums.fill(0)
    this.squares.fill(0)
    this.explained.fill(0)
    this.expected = this.size = NaN
  }

  /** @param count as `capped` gave it */
  add(count: number, weekday: number): void {
    this.change(count, weekday, 1)
  }

  remove(count: number, weekday: number): void {
    this.change(count, weekday, -1)
  }

  private change(count: number, weekday: number, by: 1 | -1): void {
    this.length += by
    const number = (this.numbers[weekday] += by)
    const sum = (this.sums[weekday] += by * count)
    this.squares[weekday] += by * count * count
    this.explained[weekday] = number === 0 ? 0 : (sum * sum) / number
  }

  /** The count as it enters later windows, by the expectation of the day; whole, so that sums stay exact. */
  capped(count: number): number {
    const { expected, size } = this
    if (Number.isNaN(expected)) return count
    return Math.min(count, Math.ceil(expected + CAP * Math.sqrt(expected + (expected * expected) / size)))
  }

  /** @param weekday of the day to come */
  measure(weekday: number): void {
    const { numbers, sums, squares, explained, length } = this
    let total = 0
    let groups = 0
    let within = 0
    let between = 0
    let unevenness = 0
    for (let w = 0; w < 7; w++) {
      const number = numbers[w]
      if (number === 0) continue
      groups++
      total += sums[w]
      between += explained[w]
      within += squares[w] - explained[w]
      unevenness += number * number
    }
    const mean = (total + PRIOR) / length
    const freedom = length - groups
    if (freedom < 1) {
      this.expected = this.size = NaN
      return
    }
    const variance = Math.max(within, 0) / freedom
    let share = 0
    if (groups > 1 && variance > 0) {
      const spread =
        (between - (total * total) / length - (groups - 1) * variance) / (length - unevenness / length)
      // Own number ÷ (own number + κ)
      if (spread > 0) share = numbers[weekday] / (numbers[weekday] + variance / spread)
    }
    const own = numbers[weekday] > 0 ? (sums[weekday] + PRIOR / 7) / numbers[weekday] : mean
    const expected = share * own + (1 - share) * mean

    // Variance beyond the mean, per square of the mean; the squares of shrunk means, weighted by their days.
    const linear = total + PRIOR
    const square = share * share * between + (1 - share * share) * linear * mean
    const dispersion = Math.max(1, (within / linear) * (length / freedom))
    const perSquare = linear / square
    const excess = (dispersion - 1) * perSquare
    const kurtosis = 6 * excess + 1 / (dispersion * mean)
    const upper = dispersion * (1 + DISPERSION_MARGIN * Math.sqrt((2 + kurtosis) / freedom))
    const beyond = (upper - 1) * perSquare
    const error = (share > 0 ? (share * share) / numbers[weekday] : 0) + ((1 - share) * (1 - share)) / length
    const noise = expected + beyond * expected * expected
    this.expected = expected
    this.size = (expected * expected) / (beyond * expected * expected + noise * error)
  }
}
