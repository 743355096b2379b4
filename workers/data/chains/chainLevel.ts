/** Columns of quotes in the order of expiry, strike, calls before puts. */
export interface LevelColumns {
  expiry: ArrayLike<number>
  strike: ArrayLike<number>
  right: ArrayLike<number>
  bid: ArrayLike<number>
  ask: ArrayLike<number>
  last: ArrayLike<number>
  volume: ArrayLike<number>
}

/** What a chain itself says of the price of the share. */
export interface ChainLevel {
  /** Strike + call − put of the nearest expiry, where both cost alike. */
  implied: number
  /** Whether the price in use is the same but for dividends, interest and noise; true where there is none. */
  agrees: boolean
  /** The split that lies between the two, as shares after for one before; null where it is none. */
  times: number | null
  /** [rows of the slice] 1 = the contract is quoted in shares of before or after a split, unlike the others. */
  isForeign: Uint8Array
}

interface Pair {
  row: number
  expiry: number
  /** Strike + call − put: the price of the share, but for dividends and interest. */
  share: number
  /** |call − put|: least where the pair is at the money. */
  apart: number
  volume: number
}

/** Beyond this two prices of a share are a split apart. */
const splitStep = 1.2
/** Disagreement for nearest expiries, and more a year: dividends and interest until expiry. */
const tolerance = { now: 0.02, year: 0.06 }
/** Pairs at the money by which a chain is judged, of the expiry that is nearest. */
const nearPairs = 3
/** So many pairs, and such a part of all, alike within a fraction, make another chain among the quotes. */
const foreign = { pairs: 5, share: 0.1, alike: 0.15 }
/** Shares after a split for one before it. */
const splits = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 28, 30, 40, 50, 100]

/**
 * The share by put–call parity, held against its price. Quotes that imply a price a split away from that of the
 * others are foreign: data vendors go on listing contracts as they were before a split. Null where no strike has
 * a call and a put with a price.
 * @param price of the share; NaN where unknown
 */
export function chainLevel(
  rows: LevelColumns,
  day: number,
  from: number,
  to: number,
  price: number,
): ChainLevel | null {
  const pairs = pairsOf(rows, from, to)
  if (pairs.length === 0) return null
  const isForeign = new Uint8Array(to - from)
  const main = mainPrice(pairs, price)
  const off = pairs.filter(({ share }) => isSplitApart(share, main))
  const own = pairs.filter(({ share }) => !isSplitApart(share, main))
  const enough = off.length >= Math.max(foreign.pairs, foreign.share * pairs.length)
  if (enough && own.length >= nearPairs) {
    const other = medianOf(off.map(({ share }) => share))
    for (const { row, share } of off) {
      if (Math.abs(share / other - 1) <= foreign.alike) isForeign.fill(1, row - from, row - from + 2)
    }
  }
  const near = nearestToTheMoney(own.length >= nearPairs ? own : pairs)
  const implied = medianOf(near.map(({ share }) => share))
  const years = (near[0].expiry - day) / 365
  const agrees = !(price > 0) || Math.abs(implied / price - 1) <= tolerance.now + tolerance.year * years
  return { implied, agrees, times: agrees ? null : splitBetween(implied, price), isForeign }
}

/** Calls with the put of the same expiry and strike behind them, where both have a price. */
function pairsOf(rows: LevelColumns, from: number, to: number): Pair[] {
  const pairs: Pair[] = []
  for (let row = from; row + 1 < to; row++) {
    if (rows.right[row] !== 1 || rows.right[row + 1] !== -1) continue
    if (rows.expiry[row] !== rows.expiry[row + 1] || rows.strike[row] !== rows.strike[row + 1]) continue
    const difference = priceOf(rows, row) - priceOf(rows, row + 1)
    if (Number.isNaN(difference)) continue
    pairs.push({
      row,
      expiry: rows.expiry[row],
      share: rows.strike[row] + difference,
      apart: Math.abs(difference),
      volume: (rows.volume[row] || 0) + (rows.volume[row + 1] || 0),
    })
  }
  return pairs
}

/** Middle of bid and ask, else the last price; NaN without either. */
function priceOf({ bid, ask, last }: LevelColumns, row: number): number {
  if (ask[row] > 0 && ask[row] >= bid[row]) return (bid[row] + ask[row]) / 2
  return last[row] > 0 ? last[row] : NaN
}

/** The price in use, if any pair agrees with it; else what the pairs that were traded say; else all of them. */
function mainPrice(pairs: readonly Pair[], price: number): number {
  const agreeing = pairs.filter(({ share }) => !isSplitApart(share, price))
  if (price > 0 && agreeing.length >= nearPairs) return price
  const traded = pairs.filter(({ volume }) => volume > 0)
  return medianOf((traded.length >= nearPairs ? traded : pairs).map(({ share }) => share))
}

function nearestToTheMoney(pairs: readonly Pair[]): Pair[] {
  const byExpiry = new Map<number, Pair[]>()
  for (const pair of pairs) byExpiry.set(pair.expiry, [...(byExpiry.get(pair.expiry) ?? []), pair])
  const expiries = [...byExpiry.keys()].sort((a, b) => a - b)
  const chosen = expiries.find((expiry) => byExpiry.get(expiry)!.length >= nearPairs) ?? expiries[0]
  return byExpiry
    .get(chosen)!
    .sort((a, b) => a.apart - b.apart)
    .slice(0, nearPairs)
}

function isSplitApart(a: number, b: number): boolean {
  return !(a / b <= splitStep && b / a <= splitStep)
}

function splitBetween(a: number, b: number): number | null {
  const ratio = Math.max(a / b, b / a)
  if (ratio <= splitStep) return null
  const nearest = splits.reduce((best, times) =>
    Math.abs(Math.log(ratio / times)) < Math.abs(Math.log(ratio / best)) ? times : best,
  )
  return Math.abs(ratio / nearest - 1) <= foreign.alike / 2 ? nearest : Math.round(ratio * 10) / 10
}

function medianOf(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1]
}
