import { exp, log } from '../../workers/quant/elementary.ts'
import { americanValue } from '../../workers/quant/options/american.ts'
import { fine } from '../../workers/quant/options/boundary.ts'
import { europeanGreeks, type Sign } from '../../workers/quant/options/european.ts'
import { RATE, type SurfaceWorld } from './chainWorld.ts'
import { yearsTo } from './expiries.ts'
import { listedStrikes, type Ladder } from './listing.ts'
import { expectedVariance, totalVariance, type VarianceView } from './surface.ts'
import type { Underlying } from './underlyings.ts'

/** A contract at its fair price. */
export interface FairContract {
  right: Sign
  price: number
  delta: number
}

export interface FairStrike {
  rung: number
  strike: number
  /** Volatility of the surface. */
  vol: number
  /** What is quoted here: a call, a put or both. */
  contracts: FairContract[]
}

/** The strikes of one expiry on one day at their fair prices. */
export interface FairSmile {
  spot: number
  years: number
  strikes: FairStrike[]
}

/** Deltas, without sign, between which there is a market. */
const QUOTED = { from: 0.07, to: 0.7 }
/** Nobody makes a market below this price in dollars. */
const LEAST_PRICE = 0.12
/** Deltas end within so many deviations of the forward. */
const REACH = 2.2

export function fairSmile(
  ladder: Ladder,
  underlying: Underlying,
  day: number,
  today: number,
  world: SurfaceWorld,
): FairSmile {
  const spot = underlying.spot[day]
  const years = yearsTo(today, ladder.expiry)
  const forward = spot * exp((RATE - underlying.dividendYield) * years)
  const atTheMoney = impliedVariance(underlying.view[day], years, world)
  const reach = REACH * Math.sqrt(atTheMoney)
  const listed = listedStrikes(
    ladder,
    today,
    underlying.split[day],
    forward * exp(-1.3 * reach),
    forward * exp(reach),
  )
  const strikes: FairStrike[] = []
  for (const { rung, strike } of listed) {
    const vol = Math.sqrt(totalVariance(atTheMoney, log(strike / forward), world) / years)
    const contracts: FairContract[] = []
    for (const right of [1, -1] as const) {
      const { delta } = europeanGreeks(right, spot, strike, years, RATE, underlying.dividendYield, vol)
      const size = Math.abs(delta)
      if (size < QUOTED.from || size > QUOTED.to) continue
      const price = americanValue(right, spot, strike, years, RATE, underlying.dividendYield, vol, fine)
      if (price >= LEAST_PRICE) contracts.push({ right, price, delta })
    }
    if (contracts.length > 0) strikes.push({ rung, strike, vol, contracts })
  }
  return { spot, years, strikes }
}

/** Total variance at the money that the options of a symbol are priced at. */
export function impliedVariance(view: VarianceView, years: number, { premium }: SurfaceWorld): number {
  return premium * premium * expectedVariance(view, years)
}

/** The contract out of the money, or the only one. */
export function outside({ contracts }: FairStrike): FairContract {
  return contracts.reduce((best, next) => (Math.abs(next.delta) < Math.abs(best.delta) ? next : best))
}
