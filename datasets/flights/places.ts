import { AIRPORTS } from './airports.ts'
import { kilometres, unitVector } from '../../workers/quant/greatCircle.ts'

/** [airports × airports] kilometres. */
const distances = (() => {
  const vectors = AIRPORTS.map(([, , latitude, longitude]) => unitVector(latitude, longitude))
  return vectors.map((from) => Float64Array.from(vectors, (to) => kilometres(from, to)))
})()

const indexOf = new Map(AIRPORTS.map(([code], i) => [code, i]))

/** Index of an airport by its code; throws where there is none. */
export function airportIndex(code: string): number {
  const index = indexOf.get(code)
  if (index === undefined) throw new RangeError(`airport ${code} is not in the list`)
  return index
}

export const airportCode = (airport: number) => AIRPORTS[airport][0]

/** Kilometres between two airports, given by index. */
export const distanceKm = (from: number, to: number) => distances[from][to]

/** Minutes to add to local solar time, rounded to an hour, to get UTC. */
export const toUtc = (airport: number) => -60 * Math.round(AIRPORTS[airport][3] / 15)

/** Degrees eastward. */
export const eastward = (from: number, to: number) => AIRPORTS[to][3] - AIRPORTS[from][3]
