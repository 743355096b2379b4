import { log } from '../elementary.ts'
import { millsRatio, normalDensity } from '../normal.ts'

/*
 * Where the search for an implied volatility starts. For small deviations the value of an option out of the money is
 * that of a normally distributed log price (L. Bachelier, 1900): deviation × b(k), b(k) = φ(k) − k Φ(−k), k = distance
 * in deviations. Value ÷ distance is then b(k) ÷ k, which is turned round once and for all in a table.
 */

const FROM = 1
const TO = 26.5
const PER_UNIT = 16
/** log(b(k) ÷ k) = OFFSET − s²: k is nearly straight in s. */
const OFFSET = 3

const size = (TO - FROM) * PER_UNIT + 1
/** [size] k, and its slope in s times the step. */
const distance = new Float64Array(size)
const slope = new Float64Array(size)
for (let i = 0, k = 0.05; i < size; i++) {
  const s = FROM + i / PER_UNIT
  let derivative = 0
  for (let step = 0; step < 8; step++) {
    const inverse = millsRatio(-k)
    const value = 1 - k * inverse
    derivative = -inverse / value - 1 / k
    const now = log((normalDensity(0) * value) / k) - (k * k) / 2
    k -= (now - (OFFSET - s * s)) / derivative
  }
  distance[i] = k
  slope[i] = (-2 * s) / derivative / PER_UNIT
}

/**
 * Deviation at which an option is worth about this: within a thousandth up to deviations of 0.6, and of use far beyond.
 * @param value > 0, over the geometric mean of the present values of spot and strike
 * @param moneyness ≤ 0, log of forward ÷ strike
 */
export function firstDeviation(value: number, moneyness: number): number {
  const far = -moneyness
  const ratio = value / far
  let k: number
  let deviation: number
  if (ratio > 7) {
    // Close to the money: b(k) = φ(0) − k ÷ 2 + φ(0) k² ÷ 2.
    const inverse = 1 / normalDensity(0)
    deviation = (value + far / 2) * inverse
    k = far / deviation
    deviation -= (far * k) / 2
    k = far / deviation
  } else {
    const s = Math.sqrt(OFFSET - log(ratio))
    const place = Math.min((s - FROM) * PER_UNIT, size - 1.001)
    const i = Math.floor(place)
    const t = place - i
    const rise = distance[i + 1] - distance[i]
    k = distance[i] + t * (rise + (1 - t) * ((1 - t) * (slope[i] - rise) - t * (slope[i + 1] - rise)))
    deviation = far / k
  }
  // What the log-normal is more, by a fit to what is left.
  const square = deviation * deviation
  return deviation * (1 + square / (24 * (1 + k * (0.2 + k / 3))))
}
