import { resamples } from './resampler.ts'

/** Below everything: no trial has been charged yet. */
const none = -32_768
/** Steps of t in `Maxima.studentised`. */
export const tSteps = 256
const meanSteps = 64

/**
 * What chance alone would have shown as the best of everything tried, once per resample of the calendar. That
 * vector is all of a family that a p-value needs, so a trial costs the same however many came before, and the
 * family travels in a link.
 *
 * Kept in small whole numbers, rounded up (against the person who looks): the maxima are then the same in the tab
 * of the sender and of the receiver, and whatever order the trials came in.
 */
export class Maxima {
  /** [resamples] largest t*, in steps of 1/256 */
  readonly studentised: Int16Array = new Int16Array(resamples).fill(none)
  /** [resamples] logarithm (base 2) of the largest √n × (mean* − mean), in steps of 1/64: for White's reality check */
  readonly plain: Int16Array = new Int16Array(resamples).fill(none)

  clear(): void {
    this.studentised.fill(none)
    this.plain.fill(none)
  }

  merge(other: Pick<Maxima, 'studentised' | 'plain'>): void {
    larger(this.studentised, other.studentised)
    larger(this.plain, other.plain)
  }

  /**
   * Charges one trial.
   *
   * @param deviations [resamples] mean* − mean
   * @param shift added to each before it is divided by the error: the mean itself for a trial so bad that it cannot
   *   be the best by chance (Hansen 2005), else 0
   */
  charge(deviations: Float64Array, shift: number, error: number, observations: number): void {
    const { studentised, plain } = this
    const scale = tSteps / error
    const root = Math.sqrt(observations)
    for (let b = 0; b < resamples; b++) {
      const t = Math.ceil((deviations[b] + shift) * scale)
      if (t > studentised[b]) studentised[b] = t < 32_767 ? t : 32_767
    }
    for (let b = 0; b < resamples; b++) {
      const mean = deviations[b] * root
      // The logarithm is taken only where it can matter.
      if (mean > 0 && mean > largestOf[plain[b] - none]) {
        const code = Math.ceil(meanSteps * Math.log2(mean))
        if (code > plain[b]) plain[b] = Math.min(32_767, code)
      }
    }
  }

  /** (1 + #{max t* ≥ t}) ÷ (B + 1); 1 where t is not a number. */
  pValue(t: number): number {
    if (Number.isNaN(t)) return 1
    return share(this.studentised, t * tSteps)
  }

  /**
   * White's reality check (2000), without studentising or recentring: the same for √n × mean of the chosen trial.
   *
   * @param statistic √n × mean of its daily excess returns
   */
  realityCheck(statistic: number): number {
    if (Number.isNaN(statistic)) return 1
    return statistic > 0 ? share(this.plain, meanSteps * Math.log2(statistic)) : 1
  }
}

/** [codes] the number that each code of `plain` stands for; below the smallest code nothing is skipped. */
const largestOf = Float64Array.from({ length: 65_536 }, (_, i) =>
  i === 0 ? 0 : 2 ** ((i + none) / meanSteps),
)

function larger(own: Int16Array, other: Int16Array): void {
  for (let b = 0; b < resamples; b++) if (other[b] > own[b]) own[b] = other[b]
}

function share(maxima: Int16Array, reached: number): number {
  let count = 0
  for (const maximum of maxima) if (maximum >= reached) count++
  return (1 + count) / (resamples + 1)
}
