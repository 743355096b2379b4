import type { Strikemap } from '../../../../../workers/backtest/api.ts'

/** The contracts of a chain that have a price, as somebody chooses them. */
export interface ChainContract {
  /** Row of the map. */
  row: number
  strike: number
  delta: number
  mid: number
}

type Chain = Pick<Strikemap, 'expiry' | 'strike' | 'right' | 'mid' | 'delta' | 'day'>

/** Expiries with a price, ascending epoch days after that of the chain. */
export function expiriesOf({ expiry, mid, day }: Chain): number[] {
  const found = new Set<number>()
  expiry.forEach((each, row) => {
    if (mid[row] > 0 && each > day) found.add(each)
  })
  return [...found].sort((a, b) => a - b)
}

/** Calls or puts of one expiry with a price, by strike. */
export function contractsOf(
  { expiry, strike, right, mid, delta }: Chain,
  wanted: number,
  side: 1 | -1,
): ChainContract[] {
  const found: ChainContract[] = []
  for (let row = 0; row < expiry.length; row++)
    if (expiry[row] === wanted && right[row] === side && mid[row] > 0)
      found.push({ row, strike: strike[row], delta: delta[row], mid: mid[row] })
  return found.sort((a, b) => a.strike - b.strike)
}

/** The expiry nearest to so many days on; NaN where there is none. */
export function expiryNear(chain: Chain, days: number): number {
  const miss = (expiry: number): number => Math.abs(expiry - chain.day - days)
  return expiriesOf(chain).reduce((best, each) => (miss(best) <= miss(each) ? best : each), NaN)
}

/** The contract whose delta, without its sign, is nearest; undefined where none has a delta. */
export function nearestDelta(contracts: ChainContract[], wanted: number): ChainContract | undefined {
  const miss = ({ delta }: ChainContract): number => Math.abs(Math.abs(delta) - wanted)
  return contracts
    .filter(({ delta }) => Number.isFinite(delta))
    .reduce<ChainContract | undefined>(
      (best, each) => (best && miss(best) <= miss(each) ? best : each),
      undefined,
    )
}
