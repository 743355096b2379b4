import { lanes, openSums, placeOf } from './sums.ts'
import type { SumsMemory } from './sums.ts'

/** Resamples of the calendar, for everything that is tried. */
export const resamples = 1000

/** Resamples the means of up to eight series at a time, on one calendar with one set of draws. */
export class Resampler {
  private readonly memory: SumsMemory
  /** [lanes] first day of each series and its length, 0 where the lane is empty. */
  private readonly first = new Int32Array(lanes)
  private readonly length = new Int32Array(lanes)
  /** Σ of the counts over a range of days, by resample: ranges come again and again. */
  private readonly drawn = new Map<string, Float64Array>()

  /** @param counts [resamples × days] how often each day of the calendar is drawn */
  constructor(
    counts: Uint8Array,
    readonly days: number,
  ) {
    this.memory = openSums(days, resamples)
    for (let b = 0; b < resamples; b++) {
      for (let day = 0; day < days; day++) {
        this.memory.counts[placeOf(b, day, days)] = counts[b * days + day]
      }
    }
  }

  /** Puts `values`, less their mean, into a lane; the first falls on day `firstDay` of the calendar. */
  put(lane: number, firstDay: number, values: ArrayLike<number>, length: number, mean: number): void {
    const { series } = this.memory
    for (let at = lane, end = lane + lanes * firstDay; at < end; at += lanes) series[at] = 0
    let at = lane + lanes * firstDay
    for (let i = 0; i < length; i++, at += lanes) series[at] = values[i] - mean
    for (; at < series.length; at += lanes) series[at] = 0
    this.first[lane] = firstDay
    this.length[lane] = length
  }

  run(): void {
    this.memory.run()
  }

  /** Fills `out` [resamples] with (resampled mean − mean) of a lane. A range that a resample misses keeps its mean. */
  read(lane: number, out: Float64Array): void {
    const drawn = this.drawnOf(this.first[lane], this.length[lane])
    const { sums } = this.memory
    for (let b = 0; b < resamples; b++) out[b] = drawn[b] > 0 ? sums[b * lanes + lane] / drawn[b] : 0
  }

  /** How often a resample draws a day of the calendar. */
  timesDrawn(resample: number, day: number): number {
    return this.memory.counts[placeOf(resample, day, this.days)]
  }

  private drawnOf(firstDay: number, length: number): Float64Array {
    const key = `${firstDay} ${length}`
    let drawn = this.drawn.get(key)
    if (drawn === undefined) {
      drawn = new Float64Array(resamples)
      const { counts } = this.memory
      for (let b = 0; b < resamples; b++) {
        let sum = 0
        for (let i = 0; i < length; i++) sum += counts[placeOf(b, firstDay + i, this.days)]
        drawn[b] = sum
      }
      this.drawn.set(key, drawn)
    }
    return drawn
  }
}
