import { stationaryIndices } from '../quant/bootstrap.ts'
import { perBreath } from './breathe.ts'
import type { Breathe } from './breathe.ts'

export const resamples = 1000
/** One seed for everything that is tried: all trials see the same draws, whatever the seed of their run. */
const sharedSeed = 20_040_101

/** A calendar to be resampled. */
export interface Calendar {
  days: number
  /** Mean length of the blocks of the stationary bootstrap. */
  meanBlock: number
}

/** Resamples of a calendar, kept for the next one who asks for the same. */
export class CalendarDraws {
  private newest: (Calendar & { counts: Uint8Array }) | null = null

  /** [resamples × days] how often each day is drawn; null when told to stop. */
  async of({ days, meanBlock }: Calendar, breathe: Breathe): Promise<Uint8Array | null> {
    if (this.newest?.days === days && this.newest.meanBlock === meanBlock) return this.newest.counts
    const counts = new Uint8Array(resamples * days)
    const indices = new Int32Array(days)
    for (let b = 0; b < resamples; b++) {
      if (b % perBreath === 0 && !(await breathe())) return null
      stationaryIndices(indices, meanBlock, sharedSeed, b)
      for (const day of indices) counts[b * days + day]++
    }
    this.newest = { days, meanBlock, counts }
    return counts
  }
}
