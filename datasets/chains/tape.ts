import { exp, log } from '../../workers/quant/elementary.ts'
import type { Random } from '../random.ts'

/** What a day of trading leaves of a contract. */
export interface Traded {
  volume: number
  openInterest: number
  /** Cents; 0 where it never traded. */
  last: number
}

/** Half of the spread as a fraction of the price: least at a delta of a half, more to either side. */
export function halfSpread(delta: number, usual: number): number {
  const away = 2 * Math.abs(delta) - 1
  return usual * (1 + 3 * away * away)
}

/** Contracts a day of the most traded strike, for so many dollars a day in the shares. */
const CONTRACTS = 400
const DOLLARS = 3e8

/**
 * Volume and open interest of contracts, which gather at the money and in the near months, whatever their
 * prices do: the tape knows nothing of mispricings. Call it for each contract in the order of its days.
 */
export function createTape(dollarVolume: number, random: Random) {
  const before = new Map<number, { openInterest: number; last: number }>()
  const scale = log(CONTRACTS * Math.sqrt(dollarVolume / DOLLARS))
  return (
    contract: number,
    delta: number,
    years: number,
    { bid, ask }: { bid: number; ask: number },
  ): Traded => {
    const away = (Math.abs(delta) - 0.4) / 0.22
    const interest = scale - (away * away) / 2 - 2.5 * years
    const volume = Math.floor(exp(interest + 0.9 * random.normal() - 0.4))
    const known = before.get(contract)
    const opened = known
      ? Math.floor(volume * random.between(-0.2, 0.5))
      : Math.floor(exp(interest + 0.5 * random.normal() + 1))
    const openInterest = Math.max(0, (known?.openInterest ?? 0) + opened)
    // Somebody paid the ask or took the bid; without a trade the old price stands.
    const last = volume > 0 ? (random.chance(0.5) ? bid : ask) : (known?.last ?? 0)
    before.set(contract, { openInterest, last })
    return { volume, openInterest, last }
  }
}
