import { normalCdf, normalDensity } from '../normal.ts'

/** Table points per unit; a Taylor series of five terms leads from the nearest one. */
const PER_UNIT = 64
const RANGE = 9

const probability = new Float64Array(2 * RANGE * PER_UNIT + 1)
const density = new Float64Array(2 * RANGE * PER_UNIT + 1)
for (let i = 0; i < probability.length; i++) {
  const x = i / PER_UNIT - RANGE
  probability[i] = normalCdf(x)
  density[i] = normalDensity(x)
}

/** P(Z ≤ x) to 1e-15, and to 2e-10 of itself in the tails: several times as fast as `normalCdf`. */
export function tabulatedCdf(x: number): number {
  if (!(x > -RANGE && x < RANGE)) return x >= RANGE ? 1 : normalCdf(x)
  const nearest = Math.floor(x * PER_UNIT + 0.5)
  const at = nearest / PER_UNIT
  const step = x - at
  const square = at * at
  const i = nearest + RANGE * PER_UNIT
  const fifth = (square * (square - 6) + 3) / 120
  const fourth = (at * (3 - square)) / 24 + step * fifth
  const third = (square - 1) / 6 + step * fourth
  const second = -at / 2 + step * third
  return probability[i] + density[i] * step * (1 + step * second)
}
