/** Position reports by time; arrays of equal length. Altitude in metres, NaN where it is not told. */
export interface Track {
  /** Epoch milliseconds. */
  time: Float64Array
  /** Degrees. */
  latitude: Float64Array
  longitude: Float64Array
  altitude: Float64Array
  /** Metres a second, NaN where it is not told. */
  groundSpeed: Float64Array
  /** 1 on the ground, 0 in the air, NaN where it is not told. */
  onGround: Float64Array
}

/** A flight as a range of reports from the air, both ends included. */
export interface Leg {
  first: number
  last: number
  /** Epoch milliseconds: the last report from the ground where it came right before, else the first from the air. */
  departed: number
  arrived: number
  /** The report whose position tells the airport; −1 where none was low enough. */
  origin: number
  destination: number
}

export const silenceMs = 30 * 60_000
/** Below it, silence means a landing out of sight of the receivers. */
export const lowMetres = 3000
/** Slower than any jet stays in the air: on the ground, where a file does not say so. */
const taxiMetresPerSecond = 25
/** A report without an altitude is as high as the nearest that has one, this far in time. */
export const sameHeightMs = 2 * 60_000
/** A report from the ground this close to one from the air tells the minute of the take-off or landing. */
export const rightMinuteMs = 2 * 60_000
/** Silent for longer than any business jet flies, it has landed somewhere. */
export const longestSilenceMs = 10 * 3_600_000
export const shortestLegMs = 5 * 60_000

/** Whether a report is one from the ground: by what it says, else by how slow it is. */
export const isGrounded = (onGround: number, groundSpeed: number, altitude: number): boolean =>
  onGround === 1 || (Number.isNaN(onGround) && groundSpeed < taxiMetresPerSecond && !(altitude >= lowMetres))

/**
 * The flights of one aircraft in reports `start` to `end`: a leg ends on the ground, or with a silence of 30
 * minutes that began below 3,000 m; a silence that began higher is a gap in the coverage and stays within
 * the leg.
 */
export function legsOf(track: Track, start: number, end: number): Leg[] {
  const { time, altitude, groundSpeed, onGround } = track
  const legs: Leg[] = []
  let first = -1
  let last = -1
  const low = (at: number) => heightOf(track, at, start, end) < lowMetres
  const grounded = (at: number) => isGrounded(onGround[at], groundSpeed[at], altitude[at])
  const apart = (a: number, b: number) => Math.abs(time[a] - time[b])
  const close = () => {
    if (first >= 0 && time[last] - time[first] >= shortestLegMs) {
      // A report from the ground right before the take-off or after the landing tells the airport best.
      const before = first > start && grounded(first - 1) ? first - 1 : first
      const after = last + 1 < end && grounded(last + 1) ? last + 1 : last
      legs.push({
        first,
        last,
        departed: time[apart(before, first) <= rightMinuteMs ? before : first],
        arrived: time[apart(after, last) <= rightMinuteMs ? after : last],
        origin: edge(before, first),
        destination: edge(after, last),
      })
    }
    first = -1
  }
  const edge = (ground: number, air: number) => {
    if (ground !== air && apart(ground, air) <= silenceMs) return ground
    return low(air) ? air : -1
  }
  for (let at = start; at < end; at++) {
    if (grounded(at)) {
      close()
      continue
    }
    if (first >= 0) {
      const silence = time[at] - time[last]
      if (silence > longestSilenceMs || (silence > silenceMs && low(last))) close()
    }
    if (first < 0) first = at
    last = at
  }
  close()
  return legs
}

/** Altitude of a report, or of the nearest in time that tells one, within two minutes; NaN where none does. */
function heightOf({ time, altitude }: Track, at: number, start: number, end: number): number {
  if (!Number.isNaN(altitude[at])) return altitude[at]
  let before = at
  let after = at
  for (;;) {
    const back = before > start ? time[at] - time[before - 1] : Infinity
    const ahead = after + 1 < end ? time[after + 1] - time[at] : Infinity
    if (Math.min(back, ahead) > sameHeightMs) return NaN
    const next = back <= ahead ? --before : ++after
    if (!Number.isNaN(altitude[next])) return altitude[next]
  }
}
