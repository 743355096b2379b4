import type { Sign } from '../../workers/quant/options/european.ts'
import { createRandom, type Random } from '../random.ts'
import type { ChainWorld, MispricingWorld } from './chainWorld.ts'
import { expiriesOn } from './expiries.ts'
import { listExpiry, type Ladder } from './listing.ts'
import { weeksUntilGone, type Mispricing } from './mispricing.ts'
import { fairSmile, outside, type FairSmile } from './smile.ts'
import { halfSpread } from './tape.ts'
import type { Underlying } from './underlyings.ts'

/** A mispricing, and the strike it is in. */
export interface MispricedStrike extends Mispricing {
  underlying: number
  strikeId: number
  expiry: number
  /** Dollars on the day it appears. */
  strike: number
}

/** A strike of an expiry through its life. */
export interface StrikeLife {
  id: number
  /** Fraction of the fair price by which it is always off. */
  richness: number
  /** Indices into the mispricings of the symbol. */
  mispricings: number[]
  /** Week from which it may be mispriced again. */
  freeFrom: number
}

/** What is listed of one symbol on a quote day. */
export interface ListedWeek {
  week: number
  expiries: ListedExpiry[]
}

export interface ListedExpiry {
  expiry: number
  smile: FairSmile
  /** Of the strikes of the smile. */
  lives: StrikeLife[]
}

/** Mispricings begin so long before expiry, at deltas, without sign, between these. */
const ONSET = { fromDays: 21, fromDelta: 0.2, toDelta: 0.5, most: 0.09 }
/** Every strike is a little rich or poor for good, by so many half-spreads. */
const RICHNESS = 0.3

/** What is listed from week to week, and which strikes become mispriced. */
export function listChains(
  underlying: Underlying,
  index: number,
  days: readonly number[],
  dates: Int32Array,
  world: ChainWorld,
  seed: number,
): { listed: ListedWeek[]; mispricings: MispricedStrike[] } {
  const random = createRandom(seed, `chains ${underlying.symbol}`)
  const surface = world.surfaces[underlying.symbol]
  const ladders = new Map<number, Ladder>()
  const lives = new Map<string, StrikeLife>()
  const listed: ListedWeek[] = []
  const mispricings: MispricedStrike[] = []
  days.forEach((day, week) => {
    const spot = underlying.spot[day]
    if (spot === 0) return
    const expiries: ListedExpiry[] = []
    listed.push({ week, expiries })
    for (const expiry of expiriesOn(dates[day])) {
      const usual = Math.sqrt(underlying.view[day].longRun)
      const ladder = ladders.get(expiry) ?? listExpiry(expiry, spot, usual, underlying.split[day])
      ladders.set(expiry, ladder)
      const smile = fairSmile(ladder, underlying, day, dates[day], surface)
      const ofSmile = smile.strikes.map(({ rung }) => {
        const key = `${expiry} ${rung}`
        const life = lives.get(key) ?? {
          id: lives.size,
          richness: RICHNESS * surface.halfSpread * random.normal(),
          mispricings: [],
          freeFrom: 0,
        }
        lives.set(key, life)
        return life
      })
      expiries.push({ expiry, smile, lives: ofSmile })
      if (expiry - dates[day] < ONSET.fromDays) continue
      smile.strikes.forEach((fair, i) => {
        const life = ofSmile[i]
        const { right, delta } = outside(fair)
        const size = Math.abs(delta)
        if (week < life.freeFrom || size < ONSET.fromDelta || size > ONSET.toDelta) return
        if (!random.chance(world.mispricing.onset)) return
        const mispricing = drawMispricing(week, right, smile, i, surface.halfSpread, world.mispricing, random)
        life.mispricings.push(mispricings.length)
        life.freeFrom = mispricing.kind === 'standing' ? Infinity : week + weeksUntilGone(world.mispricing)
        mispricings.push({ underlying: index, strikeId: life.id, expiry, strike: fair.strike, ...mispricing })
      })
    }
  })
  return { listed, mispricings }
}

function drawMispricing(
  week: number,
  right: Sign,
  { strikes }: FairSmile,
  at: number,
  usualHalfSpread: number,
  world: MispricingWorld,
  random: Random,
): Mispricing {
  const priceAt = (i: number) => strikes[i]?.contracts.find((contract) => contract.right === right)
  const own = priceAt(at)!
  const half = halfSpread(own.delta, usualHalfSpread)
  const wanted = world.size * random.between(0.7, 1.3) * half
  // Beyond this the neighbours would make a butterfly with it that pays for nothing.
  const below = priceAt(at - 1)
  const above = priceAt(at + 1)
  const bend = below && above ? (below.price + above.price) / 2 / own.price - 1 : Infinity
  const size = Math.min(wanted, ONSET.most, 0.8 * (bend + half))
  return {
    week,
    right,
    size: random.chance(0.5) ? size : -size,
    kind: random.chance(world.shareReverting) ? 'reverting' : 'standing',
  }
}
