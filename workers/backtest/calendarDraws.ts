import { stationaryIndices } from '../quant/bootstrap.ts'
import { perBreath } from './breathe.ts'
import type { Breathe } from './breathe.ts'
import { Resampler, resamples } from './resampling/resampler.ts'

/** One seed for everything that is tried: all trials see the same draws, whatever the seed of their run. */
const sharedSeed = 20_040_101

/** A calendar to be resampled. */
export interface Calendar {
  days: number
  /** Mean length of the blocks of the stationary bootstrap. */
  meanBlock: number
}

/** The resampler of a calendar, kept for the next one who asks for the same. */
export class CalendarDraws {
  private newest: { calendar: Calendar; resampler: Resampler } | null = null

  /** Null when told to stop. */
  async of(calendar: Calendar, breathe: Breathe): Promise<Resampler | null> {
    const { days, meanBlock } = calendar
    if (this.newest?.calendar.days === days && this.newest.calendar.meanBlock === meanBlock)
      return this.newest.resampler
    const draws = new Draws(calendar)
    for (let b = 0; b < resamples; b++) {
      if (b % perBreath === 0 && !(await breathe())) return null
      draws.draw(b)
    }
    const resampler = new Resampler(draws.counts, days)
    this.newest = { calendar, resampler }
    return resampler
  }
}

/** The same at once, for a worker that does nothing else. */
export function resamplerOf(calendar: Calendar): Resampler {
  const draws = new Draws(calendar)
  for (let b = 0; b < resamples; b++) draws.draw(b)
  return new Resampler(draws.counts, calendar.days)
}

class Draws {
  /** [resamples × days] how often each day is drawn */
  readonly counts: Uint8Array
  private readonly indices: Int32Array

  constructor(private readonly calendar: Calendar) {
    this.counts = new Uint8Array(resamples * calendar.days)
    this.indices = new Int32Array(calendar.days)
  }

  draw(b: number): void {
    const { days, meanBlock } = this.calendar
    stationaryIndices(this.indices, meanBlock, sharedSeed, b)
    for (const day of this.indices) this.counts[b * days + day]++
  }
}
