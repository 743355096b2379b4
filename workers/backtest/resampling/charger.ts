import type { Maxima } from './maxima.ts'
import { resamples } from './resampler.ts'
import type { Resampler } from './resampler.ts'
import { lanes } from './sums.ts'

/**
 * Charges trials to a family, up to eight at a time.
 *
 * Statistic: t = mean of the daily excess returns ÷ its standard error, the deviation of the resampled means
 * (stationary bootstrap, Politis and Romano 1994). Resampled t-values are centred on the measured mean, except for
 * trials so bad (t < −√(2 ln ln n)) that they cannot be the best by chance: these keep their own mean (Hansen 2005,
 * “A test for superior predictive ability”).
 */
export class Charger {
  /** [lanes] what `run` found: t of each trial, NaN where its returns do not vary; and √n × its mean. */
  readonly t = new Float64Array(lanes)
  readonly statistic = new Float64Array(lanes)
  waiting = 0
  private readonly mean = new Float64Array(lanes)
  private readonly varies = new Uint8Array(lanes)
  private readonly length = new Int32Array(lanes)
  private readonly deviations = new Float64Array(resamples)

  constructor(private readonly resampler: Resampler) {}

  /** True once there is room for no more. */
  get full(): boolean {
    return this.waiting === lanes
  }

  /** Puts a trial in; `firstDay` is the day of the calendar of its first value. Returns its lane. */
  put(firstDay: number, excess: ArrayLike<number>, length: number): number {
    const lane = this.waiting++
    let sum = 0
    let varies = 0
    const start = excess[0]
    for (let i = 0; i < length; i++) {
      sum += excess[i]
      if (excess[i] !== start) varies = 1
    }
    this.mean[lane] = sum / length
    this.varies[lane] = varies
    this.length[lane] = length
    this.resampler.put(lane, firstDay, excess, length, this.mean[lane])
    return lane
  }

  /** Charges what was put in to the maxima, and empties the lanes. */
  run(maxima: Maxima): void {
    if (this.waiting === 0) return
    this.resampler.run()
    for (let lane = 0; lane < this.waiting; lane++) this.charge(lane, maxima)
    this.waiting = 0
  }

  private charge(lane: number, maxima: Maxima): void {
    this.t[lane] = NaN
    this.statistic[lane] = NaN
    if (this.varies[lane] === 0) return
    const { deviations } = this
    this.resampler.read(lane, deviations)
    let sum = 0
    for (let b = 0; b < resamples; b++) sum += deviations[b]
    const centre = sum / resamples
    let squares = 0
    for (let b = 0; b < resamples; b++) squares += (deviations[b] - centre) * (deviations[b] - centre)
    const error = Math.sqrt(squares / (resamples - 1))
    if (!(error > 0)) return
    const n = this.length[lane]
    const mean = this.mean[lane]
    const t = mean / error
    const hopeless = t < -Math.sqrt(2 * Math.log(Math.log(Math.max(3, n))))
    maxima.charge(deviations, hopeless ? mean : 0, error, n)
    this.t[lane] = t
    this.statistic[lane] = mean * Math.sqrt(n)
  }
}
