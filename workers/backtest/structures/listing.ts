/*
 * Contracts that an exchange would list where no chain says which there are: Fridays, and strikes in the usual steps.
 */

const FRIDAY = 5

/** 0 = Sunday, for an epoch day. */
const weekday = (day: number) => (((day + 4) % 7) + 7) % 7

/**
 * The Friday with as many days left as the middle of the range; where none lies within, −1.
 * @param today epoch day
 */
export function listedExpiry(today: number, daysFrom: number, daysTo: number): number {
  const middle = today + (daysFrom + daysTo) / 2
  const ahead = Math.floor(middle) + ((FRIDAY - weekday(Math.floor(middle)) + 7) % 7)
  const fridays = [ahead, ahead - 7].filter((day) => day - today >= daysFrom && day - today <= daysTo)
  return fridays.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? -1
}

/** Distance between strikes, by the price of the share. */
export function strikeStep(spot: number): number {
  if (spot < 5) return 0.25
  if (spot < 25) return 0.5
  if (spot < 100) return 1
  if (spot < 250) return 2.5
  return spot < 1000 ? 5 : 25
}

/** Strikes from half to twice the price of the share, ascending. */
export function listedStrikes(spot: number): Float64Array {
  const step = strikeStep(spot)
  const from = Math.max(1, Math.ceil((0.5 * spot) / step))
  const to = Math.floor((2 * spot) / step)
  const strikes = new Float64Array(Math.max(0, to - from + 1))
  for (let i = 0; i < strikes.length; i++) strikes[i] = (from + i) * step
  return strikes
}
