import type { FlightMap } from '../../../../workers/backtest/api.ts'
import { chosenLegs } from './traffic.ts'
import type { LegChoice } from './traffic.ts'

const dayMinutes = 1440
/** Weeks begin on Monday; 5 January 1970 was one. */
const aMonday = 4

export interface Weeks {
  /** Epoch day of the first Monday. */
  first: number
  /** [weeks] legs that departed */
  legs: Int32Array
}

export const weeksIn = ({ from, to }: FlightMap): { first: number; count: number } => {
  const first = mondayBefore(from)
  return { first, count: Math.floor((to - first) / 7) + 1 }
}

export const mondayBefore = (day: number): number => aMonday + 7 * Math.floor((day - aMonday) / 7)

/** Legs a week over all the weeks there are. */
export function legsByWeek(map: FlightMap, choice: LegChoice): Weeks {
  const { first, count } = weeksIn(map)
  const chosen = chosenLegs(map, choice)
  const legs = new Int32Array(map.legs.departed.length === 0 ? 0 : count)
  map.legs.departed.forEach((minute, leg) => {
    if (chosen(leg)) legs[Math.floor((minute / dayMinutes - first) / 7)]++
  })
  return { first, legs }
}

/** Legs that departed on the days from–to, both included, as a range of the order of departure. */
export function legsBetween(departed: Float64Array, from: number, to: number): [from: number, to: number] {
  return [firstFrom(departed, from * dayMinutes), firstFrom(departed, (to + 1) * dayMinutes)]
}

/** Index of the first value that is not less. */
function firstFrom(ascending: Float64Array, least: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle] < least) low = middle + 1
    else high = middle
  }
  return low
}
