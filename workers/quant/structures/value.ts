import { americanValue } from '../options/american.ts'
import { americanGreeks } from '../options/americanGreeks.ts'
import type { Greeks } from '../options/european.ts'
import type { Leg } from '../structures.ts'

/** A leg with what it is priced by; years to expiry, the others a year, continuous. */
export interface PricedLeg extends Leg {
  years: number
  rate: number
  dividendYield: number
  /** Of this contract, wherever the share goes; NaN where it is worth its intrinsic value. */
  vol: number
}

/** Volatilities do not fall below this in a shock. */
const LEAST_VOL = 0.01

/**
 * What one share of a structure is worth: options at their American price, at expiry and later at intrinsic value.
 * @param later years from now
 * @param shift of all volatilities
 */
export function valueAt(legs: readonly PricedLeg[], spot: number, later = 0, shift = 0): number {
  let value = 0
  for (const leg of legs) value += leg.quantity * legValue(leg, spot, later, shift)
  return value
}

/** `valueAt` at many prices of the share: an option's exercise boundary is the same at all, so each leg goes first. */
export function valuesAt(legs: readonly PricedLeg[], spots: Float64Array, later = 0): Float64Array {
  const values = new Float64Array(spots.length)
  for (const leg of legs) {
    for (let i = 0; i < spots.length; i++) values[i] += leg.quantity * legValue(leg, spots[i], later)
  }
  return values
}

/** The same of one share of a leg, as if it were held long. */
export function legValue(
  { right, strike, years, rate, dividendYield, vol }: PricedLeg,
  spot: number,
  later = 0,
  shift = 0,
): number {
  if (right === 0) return spot
  const left = years - later
  if (!(left > 1e-9)) return Math.max(0, right * (spot - strike))
  return americanValue(right, spot, strike, left, rate, dividendYield, shifted(vol, shift))
}

function shifted(vol: number, shift: number): number {
  if (!(vol > 0)) return shift > 0 ? shift : 0
  return shift === 0 ? vol : Math.max(Math.min(vol, LEAST_VOL), vol + shift)
}

/** Price and greeks of one share of a leg, as if it were held long. */
export function legGreeks(leg: PricedLeg, spot: number): Greeks {
  const { right, strike, years, rate, dividendYield, vol } = leg
  if (right === 0) return { price: spot, delta: 1, gamma: 0, vega: 0, theta: 0, rho: 0 }
  return americanGreeks(right, spot, strike, years, rate, dividendYield, vol > 0 ? vol : 0)
}
