import type { Settings } from '../contract.ts'
import { numberOf, textOf } from './readSettings.ts'

const daySeconds = 86_400

export interface Box {
  south: number
  west: number
  north: number
  east: number
}

export function boxOf(settings: Settings): Box {
  const [south, west, north, east] = ['south', 'west', 'north', 'east'].map((name) =>
    numberOf(settings, name, NaN),
  )
  return { south, west, north, east }
}

export function usesAccount(settings: Settings): boolean {
  return textOf(settings, 'account') === 'client'
}

/**
 * Credits of one request (OpenSky REST API, “API credit usage”): 1 to 25 square degrees, 2 to 100, 3 to 400, else 4.
 * Nothing is said of lists of aircraft without a box, so they are reckoned as the whole world.
 */
export function creditsOf(settings: Settings): number {
  if (textOf(settings, 'area') === 'list') return 4
  const { south, west, north, east } = boxOf(settings)
  const area = (north - south) * (east - west)
  return area <= 25 ? 1 : area <= 100 ? 2 : area <= 400 ? 3 : 4
}

/** Credits of a day. */
export function creditsADay(settings: Settings): number {
  return usesAccount(settings) ? 4000 : 400
}

/** Seconds between requests such that the credits of a day last it; positions change every 10, or 5 with an account. */
export function leastSeconds(settings: Settings): number {
  const spread = Math.ceil((daySeconds * creditsOf(settings)) / creditsADay(settings))
  return Math.max(usesAccount(settings) ? 5 : 10, spread)
}
