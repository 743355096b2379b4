import type { FlightRow } from '../collectedRows.ts'
import type { StateReport } from '../contract.ts'
import type { LegBucket } from '../keep/liveStore.ts'
import { LegBuilder } from './legBuilder.ts'

/** Positions may come in this much after others of their time. */
const graceMs = 5 * 60_000
const dayMs = 86_400_000
/** A feed that gave no positions for so long holds no leg of others up. */
const forgottenMs = 3_600_000

/** Legs of what all feeds hear together; each has a clock of its own. */
export class LegCollector {
  private builder: LegBuilder
  /** By feed: how far its newest positions are behind the clock here, and when that was measured. */
  private readonly clocks = new Map<string, { behindMs: number; at: number }>()

  constructor(buckets: readonly LegBucket[]) {
    this.builder = new LegBuilder(buckets)
  }

  get airborne(): number {
    return this.builder.airborne
  }

  /**
   * Legs that ended, by what a feed heard or by silence.
   *
   * @param states null = the feed hears no aircraft
   * @param refuse told how many reports changed nothing, and why
   */
  take(
    feed: string,
    states: readonly StateReport[] | null,
    now: number,
    refuse: (count: number, why: string) => void,
  ): FlightRow[] {
    if (states === null) return []
    const possible = states.filter(({ time }) => Math.abs(time - now) < dayMs)
    refuse(states.length - possible.length, 'A position is more than a day off the clock here.')
    const { legs, late, firstLate } = this.builder.take(possible)
    refuse(late, `A position of ${firstLate?.icao24} is older than one taken before, and changes no leg.`)
    const known = this.clocks.get(feed)
    if (possible.length > 0) {
      const times = Float64Array.from(possible, ({ time }) => time).sort()
      // By the middle one, because a single aircraft may have its clock wrong.
      this.clocks.set(feed, { behindMs: now - times[times.length >> 1], at: now })
    } else if (known) known.at = now
    const behind = [...this.clocks.values()].filter(({ at }) => now - at < forgottenMs)
    if (behind.length === 0) return legs
    return [
      ...legs,
      ...this.builder.tick(now - Math.max(...behind.map(({ behindMs }) => behindMs)) - graceMs),
    ]
  }

  takeChanged(all: boolean): LegBucket[] {
    return this.builder.takeChanged(all)
  }
}
