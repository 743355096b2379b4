/*
 * Distances with + − × ÷ and √ alone, so that they are the same to the bit on every machine: Math.sin and
 * its kin differ between engines. Good to a metre up to half-way round the Earth.
 */

const EARTH_RADIUS_KM = 6371.0088
const DEGREE = 0.017453292519943295

export type Vector = readonly [x: number, y: number, z: number]

/** The point of the unit sphere at a latitude and a longitude in degrees. */
export function unitVector(latitude: number, longitude: number): Vector {
  const phi = latitude * DEGREE
  const lambda = longitude * DEGREE
  const radius = cosine(phi)
  return [radius * cosine(lambda), radius * sine(lambda), sine(phi)]
}

/** Length of the great circle between two points of the unit sphere, on a sphere of the Earth's mean radius. */
export function kilometres(a: Vector, b: Vector): number {
  const dx = a[0] - b[0]
  const dy = a[1] - b[1]
  const dz = a[2] - b[2]
  let chord = Math.sqrt(dx * dx + dy * dy + dz * dz)
  // The chord of half the arc, in the form without cancellation; thrice, and the arcsine's series is short.
  for (let i = 0; i < 3; i++) chord /= Math.sqrt(2 + Math.sqrt(Math.max(0, 4 - chord * chord)))
  const x = chord / 2
  const x2 = x * x
  const arcsine = x * (1 + x2 * (1 / 6 + x2 * (3 / 40 + x2 * (15 / 336 + x2 * (105 / 3456)))))
  return 16 * arcsine * EARTH_RADIUS_KM
}

/** Taylor series for |x| ≤ π, to about 1e-12. */
function sine(x: number): number {
  const x2 = x * x
  let sum = 0
  for (let n = 27; n >= 3; n -= 2) sum = (-x2 / (n * (n - 1))) * (1 + sum)
  return x * (1 + sum)
}

function cosine(x: number): number {
  const x2 = x * x
  let sum = 0
  for (let n = 28; n >= 2; n -= 2) sum = (-x2 / (n * (n - 1))) * (1 + sum)
  return 1 + sum
}
