import { SECTORS } from './companies.ts'
import {
  BREADTH_PER_FALL,
  BREADTH_VOLATILITY,
  daily,
  MARKET_GARCH,
  MARKET_VOLATILITY,
  OVERNIGHT,
  SECTOR_VOLATILITY,
} from './parameters.ts'
import { createRandom, type Random } from './random.ts'
import { garch, independent, YEAR, type Shocks } from './returns.ts'

/** Moves, and the part of each that happens overnight, [days]. */
export interface Factor extends Shocks {
  overnight: Float64Array
}

/** Moves that many symbols share. */
export interface Factors {
  market: Factor
  breadth: Factor
  /** In the order of `SECTORS`. */
  sectors: Factor[]
}

export function drawFactors(days: number, seed: number): Factors {
  const stream = (label: string) => createRandom(seed, label)
  const market = asFactor(
    garch(days, { deviation: daily(MARKET_VOLATILITY), ...MARKET_GARCH }, stream('market')),
    stream('market overnight'),
  )
  return {
    market,
    breadth: asFactor(drawBreadth(market, stream('breadth')), stream('breadth overnight')),
    sectors: SECTORS.map((sector) =>
      asFactor(
        independent(days, daily(SECTOR_VOLATILITY), 6, stream(`sector ${sector}`)),
        stream(`sector overnight ${sector}`),
      ),
    ),
  }
}

/** Splits the moves of a factor into night and day: a Brownian bridge keeps the sum as it was drawn. */
export function asFactor(shocks: Shocks, random: Random): Factor {
  const overnight = new Float64Array(shocks.value.length)
  const bridge = Math.sqrt(OVERNIGHT * (1 - OVERNIGHT))
  for (let day = 0; day < overnight.length; day++) {
    overnight[day] = OVERNIGHT * shocks.value[day] + bridge * shocks.deviation[day] * random.normal()
  }
  return { ...shocks, overnight }
}

/** A common shock of constant size, joined on falling days by one in proportion to the fall. */
function drawBreadth(market: Shocks, random: Random): Shocks {
  const days = market.value.length
  const shocks: Shocks = { value: new Float64Array(days), deviation: new Float64Array(days) }
  for (let day = 0; day < days; day++) {
    const fall = BREADTH_PER_FALL * Math.min(0, market.value[day])
    const deviation = Math.sqrt((BREADTH_VOLATILITY * BREADTH_VOLATILITY) / YEAR + fall * fall)
    shocks.deviation[day] = deviation
    shocks.value[day] = deviation * random.normal()
  }
  return shocks
}
