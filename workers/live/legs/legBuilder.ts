import {
  isGrounded,
  longestSilenceMs,
  lowMetres,
  rightMinuteMs,
  sameHeightMs,
  shortestLegMs,
  silenceMs,
} from '../../quant/legs.ts'
import type { FlightRow } from '../collectedRows.ts'
import type { StateReport } from '../contract.ts'
import type { LegBucket } from '../keep/liveStore.ts'

/** What is remembered of an aircraft; times in epoch milliseconds, NaN where there is none. */
const fields = [
  // The newest report.
  'time',
  'latitude',
  'longitude',
  'grounded',
  // The newest altitude that was told.
  'heardAt',
  'heard',
  // The first report of the leg, and its height: its own, or that of the nearest report, so far away.
  'first',
  'firstLatitude',
  'firstLongitude',
  'firstHeight',
  'firstHeightGap',
  // The report from the ground right before.
  'before',
  'beforeLatitude',
  'beforeLongitude',
  // The last report of the leg, which is the newest while it goes on.
  'lastHeight',
] as const
const size = fields.length
const field = Object.fromEntries(fields.map((name, at) => [name, at])) as Record<
  (typeof fields)[number],
  number
>

const buckets = 64

export interface Taken {
  legs: FlightRow[]
  /** Reports older than what was known of their aircraft, which change nothing any more, and the first of them. */
  late: number
  firstLate: StateReport | null
}

/**
 * Makes legs of reports as they come in: those that `legsOf` makes of the whole tracks at once. What is
 * remembered of an aircraft has a fixed size, and it is forgotten after half an hour out of a leg.
 */
export class LegBuilder {
  /** Legs that go on. */
  airborne = 0
  private readonly slots = Array.from({ length: buckets }, () => new Map<string, number>())
  private values = new Float64Array(size * 64)
  private used = 0
  private free: number[] = []
  /** Nothing older is to come. */
  private until = -Infinity
  private readonly changed = new Set<number>()
  private readonly ended = new Set<number>()

  constructor(kept: readonly LegBucket[] = []) {
    for (const { icao24, fields: packed } of kept) {
      // Packed by another version of this list of fields.
      if (packed.length !== icao24.length * size) continue
      icao24.forEach((tail, at) => {
        const slot = this.slotFor(tail)
        this.values.set(packed.subarray(at * size, (at + 1) * size), slot * size)
        if (!Number.isNaN(this.values[slot * size + field.first])) this.airborne++
      })
    }
  }

  /** Takes reports in, in any order among each other. */
  take(reports: readonly StateReport[]): Taken {
    const taken: Taken = { legs: [], late: 0, firstLate: null }
    for (const report of [...reports].sort((a, b) => a.time - b.time)) {
      if (!Number.isFinite(report.time)) continue
      if (Number.isNaN(report.latitude) || Number.isNaN(report.longitude)) continue
      this.takeOne(report, taken)
    }
    return taken
  }

  /** Ends legs by silence. The caller knows that no report older than `until` is to come. */
  tick(until: number): FlightRow[] {
    const legs: FlightRow[] = []
    this.until = Math.max(this.until, until)
    this.slots.forEach((tails, bucket) => {
      for (const [tail, slot] of tails) {
        const at = slot * size
        const silence = until - this.values[at + field.time]
        if (silence <= silenceMs) continue
        if (this.inLeg(at)) {
          if (!this.endsBySilence(at, silence)) continue
          this.close(tail, at, null, legs)
        }
        tails.delete(tail)
        this.free.push(slot)
        this.changed.add(bucket)
      }
    })
    return legs
  }

  /** What has to be written with the legs that were given; `all` = what has changed otherwise, too. */
  takeChanged(all: boolean): LegBucket[] {
    const which = all ? this.changed : this.ended
    const packed = [...which].map((bucket) => {
      const tails = this.slots[bucket]
      const values = new Float64Array(tails.size * size)
      let at = 0
      for (const slot of tails.values()) {
        values.set(this.values.subarray(slot * size, (slot + 1) * size), at)
        at += size
      }
      return { bucket, icao24: [...tails.keys()], fields: values }
    })
    for (const { bucket } of packed) {
      this.changed.delete(bucket)
      this.ended.delete(bucket)
    }
    return packed
  }

  private takeOne(report: StateReport, taken: Taken): void {
    const { icao24, time, latitude, longitude, altitude } = report
    const bucket = bucketOf(icao24)
    const known = this.slots[bucket].get(icao24)
    const newest = known === undefined ? this.until : this.values[known * size + field.time]
    if (time <= newest) {
      // Positions are told again until there is a newer one.
      if (known !== undefined && time === newest) return
      taken.late++
      taken.firstLate ??= report
      return
    }
    const at = (known ?? this.slotFor(icao24)) * size
    const values = this.values
    this.changed.add(bucket)
    const grounded = isGrounded(report.onGround, report.groundSpeed, altitude)
    if (this.inLeg(at)) {
      if (grounded) this.close(icao24, at, report, taken.legs)
      else if (this.endsBySilence(at, time - values[at + field.time]))
        this.close(icao24, at, null, taken.legs)
    }
    const { first } = field
    // The height of the first report is that of a later one where that is nearer than any before.
    const gap = time - values[at + first]
    if (
      this.inLeg(at) &&
      !Number.isNaN(altitude) &&
      gap <= sameHeightMs &&
      gap < values[at + field.firstHeightGap]
    ) {
      values[at + field.firstHeight] = altitude
      values[at + field.firstHeightGap] = gap
    }
    const heardGap = Number.isNaN(altitude) ? time - values[at + field.heardAt] : 0
    const height = Number.isNaN(altitude)
      ? heardGap <= sameHeightMs
        ? values[at + field.heard]
        : NaN
      : altitude
    if (!grounded) {
      if (!this.inLeg(at)) {
        this.airborne++
        const wasGrounded = values[at + field.grounded] === 1
        values[at + field.before] = wasGrounded ? values[at + field.time] : NaN
        values[at + field.beforeLatitude] = values[at + field.latitude]
        values[at + field.beforeLongitude] = values[at + field.longitude]
        values[at + first] = time
        values[at + field.firstLatitude] = latitude
        values[at + field.firstLongitude] = longitude
        values[at + field.firstHeight] = height
        values[at + field.firstHeightGap] = Number.isNaN(height) ? Infinity : heardGap
      }
      values[at + field.lastHeight] = height
    }
    if (!Number.isNaN(altitude)) {
      values[at + field.heardAt] = time
      values[at + field.heard] = altitude
    }
    values[at + field.time] = time
    values[at + field.latitude] = latitude
    values[at + field.longitude] = longitude
    values[at + field.grounded] = Number(grounded)
  }

  private inLeg(at: number): boolean {
    return !Number.isNaN(this.values[at + field.first])
  }

  private endsBySilence(at: number, silence: number): boolean {
    return (
      silence > longestSilenceMs || (silence > silenceMs && this.values[at + field.lastHeight] < lowMetres)
    )
  }

  /** @param ground the report from the ground right after, if the leg ends with one */
  private close(icao24: string, at: number, ground: StateReport | null, legs: FlightRow[]): void {
    const { values } = this
    const get = (name: keyof typeof field) => values[at + field[name]]
    const [first, last, before] = [get('first'), get('time'), get('before')]
    if (last - first >= shortestLegMs) {
      const low = (height: number, latitude: number, longitude: number) =>
        height < lowMetres ? [latitude, longitude] : [NaN, NaN]
      const origin =
        first - before <= silenceMs
          ? [get('beforeLatitude'), get('beforeLongitude')]
          : low(get('firstHeight'), get('firstLatitude'), get('firstLongitude'))
      const destination =
        ground !== null && ground.time - last <= silenceMs
          ? [ground.latitude, ground.longitude]
          : low(get('lastHeight'), get('latitude'), get('longitude'))
      legs.push({
        table: 'flights',
        icao24,
        departedAt: first - before <= rightMinuteMs ? before : first,
        arrivedAt: ground !== null && ground.time - last <= rightMinuteMs ? ground.time : last,
        originLatitude: origin[0],
        originLongitude: origin[1],
        destinationLatitude: destination[0],
        destinationLongitude: destination[1],
      })
    }
    values[at + field.first] = NaN
    this.airborne--
    this.changed.add(bucketOf(icao24))
    this.ended.add(bucketOf(icao24))
  }

  private slotFor(icao24: string): number {
    const slot = this.free.pop() ?? this.used++
    if ((slot + 1) * size > this.values.length) {
      const larger = new Float64Array(this.values.length * 2)
      larger.set(this.values)
      this.values = larger
    }
    this.values.fill(NaN, slot * size, (slot + 1) * size)
    this.slots[bucketOf(icao24)].set(icao24, slot)
    return slot
  }
}

const bucketOf = (icao24: string): number => (parseInt(icao24.slice(-2), 16) || 0) % buckets
