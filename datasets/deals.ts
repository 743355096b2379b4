import type { Company } from './companies.ts'
import { log } from '../workers/quant/elementary.ts'
import type { Random } from './random.ts'

/** A takeover: public from the morning of `announced`, over on `ends`. */
export interface Deal {
  /** Indices of companies. */
  target: number
  acquirer: number
  /** Index of the first trading day that opens with the news. */
  announced: number
  outcome: 'completed' | 'broken' | 'pending'
  /** Last trading day of a completed target, or the day that opens with the news of the break. */
  ends: number
  /** Log premium over the price without the deal. */
  premium: number
  /** Share of the premium that drifts in beforehand, over so many trading days; 0 for a well-kept secret. */
  leaked: number
  leakDays: number
  /** Log return of the acquirer on the news. */
  slip: number
  /** Log distance to the offer after the news: what may be lost, times the odds. */
  spread: number
  /** Log fall on a break. */
  fall: number
}

/** The calm of a stock whose price is an offer: share of its usual moves that is left. */
export const OFFER_CALM = 0.12

/** No deal in the first days, so that every target has a history to compare with. */
export const FIRST_DAY = 140
/** Chance that a buyer is sought in the sector of the target alone. */
export const SAME_SECTOR = 0.6

const SHARE_BROKEN = 0.12

/** One deal per target, spread evenly over the market. @param dates [days] epoch days */
export function drawDeals(companies: readonly Company[], dates: Int32Array, random: Random): Deal[] {
  const targets = random.shuffle([...companies.keys()].filter((i) => companies[i].role === 'target'))
  const operators = [...companies.keys()].filter((i) => companies[i].role === 'operator')
  const last = dates.length - 5
  return targets.map((target, i) => {
    const announced = FIRST_DAY + Math.floor(((i + random.uniform()) / targets.length) * (last - FIRST_DAY))
    // Up to four more days pass until the exchange is open: 60 to 180 in all.
    const closesOn = dates[announced] + 60 + random.below(117)
    const broken = random.chance(SHARE_BROKEN)
    let ends = announced
    while (ends < dates.length && dates[ends] < closesOn) ends++
    const premium = log(1 + Math.max(0.08, 0.25 + 0.08 * random.normal()))
    const leaks = random.chance(0.45)
    const fall = premium * random.between(0.7, 1.1)
    const sameSector = operators.filter((o) => companies[o].sector === companies[target].sector)
    const candidates = random.chance(SAME_SECTOR) ? sameSector : operators
    return {
      target,
      acquirer: candidates[random.below(candidates.length)],
      announced,
      outcome: ends >= dates.length ? 'pending' : broken ? 'broken' : 'completed',
      ends: Math.min(ends, dates.length - 1),
      premium,
      leaked: leaks ? random.between(0.1, 0.4) : 0,
      leakDays: leaks ? 5 + random.below(36) : 0,
      slip: -random.between(0.003, 0.04),
      spread: (SHARE_BROKEN / (1 - SHARE_BROKEN)) * fall,
      fall,
    }
  })
}

/** [days] expected returns of a target before its news: the part of the premium that leaks. */
export function leakedReturns(deal: Deal, days: number): Float64Array {
  const expected = new Float64Array(days)
  const daily = deal.leakDays > 0 ? (deal.leaked * deal.premium) / deal.leakDays : 0
  for (let day = deal.announced - deal.leakDays; day < deal.announced; day++) expected[day] = daily
  return expected
}
