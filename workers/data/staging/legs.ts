/** Position reports by time; arrays of equal length. Altitude in metres, NaN where it is not told. */
export interface Track {
  /** Epoch milliseconds. */
  time: Float64Array
  /** Degrees. */
  latitude: Float64Array
  longitude: Float64Array
  altitude: Float64Array
  /** 1 on the ground, 0 in the air, NaN where it is not told. */
  onGround: Float64Array
}

/** A flight as a range of reports, both ends included. */
export interface Leg {
  first: number
  last: number
  /** Seen near the ground at the beginning: the first position tells the airport. */
  tookOff: boolean
  /** The same at the end. */
  landed: boolean
}

const silenceMs = 30 * 60_000
/** Below it, silence means a landing out of sight of the receivers. */
const lowMetres = 3000
/** Silent for longer than any business jet flies, it has landed somewhere. */
const longestSilenceMs = 10 * 3_600_000
const shortestLegMs = 5 * 60_000

/**
 * The flights of one aircraft in reports `start` to `end`: a leg ends on the ground, or with a silence of 30
 * minutes that began below 3,000 m; a silence that began higher is a gap in the coverage and stays within
 * the leg.
 */
export function legsOf(track: Track, start: number, end: number): Leg[] {
  const legs: Leg[] = []
  let first = -1
  let last = -1
  const low = (at: number) => track.onGround[at] === 1 || track.altitude[at] < lowMetres
  const close = () => {
    if (first >= 0 && track.time[last] - track.time[first] >= shortestLegMs) {
      // A report on the ground right before the take-off or after the landing tells the airport best.
      const before = first > start && track.onGround[first - 1] === 1 ? first - 1 : first
      const after = last + 1 < end && track.onGround[last + 1] === 1 ? last + 1 : last
      const near = (at: number, edge: number) => Math.abs(track.time[at] - track.time[edge]) <= silenceMs
      const from = near(before, first) ? before : first
      const to = near(after, last) ? after : last
      legs.push({ first: from, last: to, tookOff: low(from), landed: low(to) })
    }
    first = -1
  }
  for (let at = start; at < end; at++) {
    if (track.onGround[at] === 1) {
      close()
      continue
    }
    if (first >= 0) {
      const silence = track.time[at] - track.time[last]
      if (silence > longestSilenceMs || (silence > silenceMs && low(last))) close()
    }
    if (first < 0) first = at
    last = at
  }
  close()
  return legs
}
