import type { Payout, SymbolPath } from './bars.ts'
import type { Company } from './companies.ts'
import { leakedReturns, OFFER_CALM, type Deal } from './deals.ts'
import { asFactor, type Factor } from './factors.ts'
import { exp, log } from '../workers/quant/elementary.ts'
import {
  daily,
  MOST_SURPRISE,
  OVERNIGHT,
  OWN_GARCH,
  OWN_VOLATILITY,
  PREMIUM,
  usualVariance,
  VOLUME_PER_SURPRISE,
} from './parameters.ts'
import { createRandom } from './random.ts'
import {
  drawEpisodes,
  edgeOn,
  expectedReturns,
  scalePredictability,
  type Episode,
  type RegimeWorld,
} from './regimes.ts'
import { demandEdgeOn, type DemandWorld } from './demand/demandWorld.ts'
import { driftReturns, type Spell } from './demand/spells.ts'
import { garch, YEAR } from './returns.ts'

export interface Surroundings {
  days: number
  seed: number
  strength: number
  world: RegimeWorld
  market: Factor
  breadth: Factor
  sector: Factor
  deal: Deal | undefined
  /** Deals in which the company is the buyer. */
  slips: Deal[]
  demand: DemandWorld
  /** Of this company. */
  spells: Spell[]
}

/** What a company is like throughout. */
export interface Character {
  beta: number
  /** A year. */
  ownVolatility: number
  startPrice: number
  dollarVolume: number
  payout: Payout
}

export function drawCharacter({ symbol }: Company, seed: number): Character {
  const random = createRandom(seed, `character ${symbol}`)
  const beta = random.between(0.7, 1.5)
  const ownVolatility = OWN_VOLATILITY * random.between(0.75, 1.25)
  const startPrice = exp(random.between(log(18), log(220)))
  const dollarVolume = exp(random.between(log(15e6), log(500e6)))
  const pays = random.chance(0.55)
  const payout = {
    yield: pays ? random.between(0.005, 0.03) : 0,
    firstDay: 5 + random.below(63),
    splitAbove: random.between(140, 320),
  }
  return { beta, ownVolatility, startPrice, dollarVolume, payout }
}

export interface CompanyPath extends SymbolPath {
  episodes: Episode[]
}

/**
 * Draws how one company moves: the latent states that make expected returns, and the shocks on top, day by
 * day. What the states foretell is scaled by strength; everything else is not.
 */
export function drawCompany(
  company: Company,
  { beta, ownVolatility, ...character }: Character,
  symbol: number,
  around: Surroundings,
): CompanyPath {
  const { days, seed, strength, world, market, breadth, sector, deal, demand, spells } = around
  const stream = (label: string) => createRandom(seed, `${label} ${company.symbol}`)
  const deviation = daily(ownVolatility)
  const own = asFactor(garch(days, { deviation, ...OWN_GARCH }, stream('own')), stream('own overnight'))
  const usual = usualVariance(beta, ownVolatility)
  const drift = (beta * PREMIUM) / YEAR - usual / 2

  // Latent states and what they let one expect, while the price is not an offer.
  const freeDays = deal ? deal.announced : days
  const episodes = drawEpisodes(symbol, freeDays, world, stream('episodes'))
  const expected = expectedReturns(episodes, deviation, freeDays, days, world)
  scalePredictability(expected, freeDays, (day) => strength * edgeOn(day, world), stream('permuted'))
  if (deal) {
    const leak = leakedReturns(deal, days)
    scalePredictability(leak, freeDays, () => strength, stream('permuted leak'))
    for (let day = 0; day < freeDays; day++) expected[day] = expected[day] + leak[day]
  }
  if (spells.length > 0) {
    const answer = driftReturns(spells, freeDays, days, demand)
    scalePredictability(
      answer,
      freeDays,
      (day) => strength * demandEdgeOn(day, demand),
      stream('permuted demand'),
    )
    for (let day = 0; day < freeDays; day++) expected[day] = expected[day] + answer[day]
  }
  const impulse = new Float64Array(days)
  const unusual = new Float64Array(days)
  for (const episode of episodes) {
    impulse[episode.day] = episode.direction * episode.impulse * deviation
    unusual[episode.day] = episode.volume
  }
  const news = new Float64Array(days)
  for (const { announced, slip } of around.slips) news[announced] = news[announced] + slip
  if (deal) {
    news[deal.announced] = news[deal.announced] + deal.premium * (1 - deal.leaked) - deal.spread
    if (deal.outcome === 'broken') news[deal.ends] = news[deal.ends] - deal.fall
  }

  const total = new Float64Array(days)
  const overnight = new Float64Array(days)
  const intraday = new Float64Array(days)
  const volume = new Float64Array(days)
  const crowd = stream('volume')
  let mood = 0
  let excitement = 0
  for (let day = 0; day < days; day++) {
    const underOffer =
      deal !== undefined && day >= deal.announced && !(deal.outcome === 'broken' && day >= deal.ends)
    const calm = underOffer ? OFFER_CALM : 1
    const converging = underOffer ? deal.spread / Math.max(1, deal.ends - deal.announced) : 0
    const foreseen = underOffer ? converging : drift + expected[day] + impulse[day]
    const shock = beta * market.value[day] + breadth.value[day] + sector.value[day] + own.value[day]
    total[day] = foreseen + calm * shock + news[day]
    overnight[day] =
      OVERNIGHT * foreseen +
      calm *
        (beta * market.overnight[day] + breadth.overnight[day] + sector.overnight[day] + own.overnight[day]) +
      news[day]
    const variance =
      beta * beta * market.deviation[day] * market.deviation[day] +
      breadth.deviation[day] * breadth.deviation[day] +
      sector.deviation[day] * sector.deviation[day] +
      own.deviation[day] * own.deviation[day]
    intraday[day] = calm * Math.sqrt((1 - OVERNIGHT) * variance)

    mood = 0.85 * mood + 0.12 * crowd.normal()
    excitement = 0.6 * excitement + (news[day] === 0 ? 0 : Math.min(1.6, 25 * Math.abs(news[day])))
    const surprise = Math.min(MOST_SURPRISE, Math.abs(foreseen + shock) / Math.sqrt(usual))
    volume[day] = mood + 0.18 * crowd.normal() + VOLUME_PER_SURPRISE * surprise + unusual[day] + excitement
  }
  return {
    ...character,
    total,
    overnight,
    intraday,
    volume,
    endDay: deal?.outcome === 'completed' ? deal.ends + 1 : days,
    lastPayoutDay: freeDays,
    episodes,
  }
}
