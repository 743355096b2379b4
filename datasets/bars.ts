import { exp, log } from '../workers/quant/elementary.ts'
import type { Random } from './random.ts'

/** Split and dividend habits of a symbol. */
export interface Payout {
  /** Dividends of a year as a fraction of the price; 0 for none. */
  yield: number
  /** The first ex-dividend day; then every 63 trading days. */
  firstDay: number
  /** Raw price from which the board thinks of a split. */
  splitAbove: number
}

export interface SymbolPath {
  /** Raw price in dollars before the first day. */
  startPrice: number
  /** [days] log total return of the day and the part of it before the open. */
  total: Float64Array
  overnight: Float64Array
  /** [days] deviation of the move within the day, for the range. */
  intraday: Float64Array
  /** [days] log of volume over its usual level. */
  volume: Float64Array
  /** Usual volume in dollars a day. */
  dollarVolume: number
  /** The symbol trades on days before this one. */
  endDay: number
  /** No split and no dividend from this day on. */
  lastPayoutDay: number
  /** Days without trading. */
  halt?: { from: number; to: number }
  payout: Payout
}

/** [symbols × days], symbol-major; 0 where the symbol did not trade. */
export interface RawBars {
  /** Raw prices in cents. */
  open: Int32Array
  high: Int32Array
  low: Int32Array
  close: Int32Array
  /** Raw shares. */
  volume: Float64Array
  /** Adjusted price = raw price × this; the last one of a symbol is 1. */
  adjFactor: Float64Array
  /** The part of `adjFactor` that comes from splits. */
  splitFactor: Float64Array
}

/** Decimals of `adj_factor`: a whole number divided by this is the double that its text parses to. */
const FACTOR_UNIT = 1e8

const DIVIDEND_EVERY = 63

/** Writes the bars of one symbol at `offset` of the columns. */
export function writeBars(path: SymbolPath, bars: RawBars, offset: number, random: Random): void {
  const { endDay, halt, payout } = path
  /** What the prices before a day are multiplied with because of that day. */
  const dayFactor = new Float64Array(endDay).fill(1)
  const daySplit = new Float64Array(endDay).fill(1)
  let price = path.startPrice
  let sharesScale = 1
  let previousCents = 0

  for (let day = 0; day < endDay; day++) {
    const halted = halt !== undefined && day >= halt.from && day < halt.to
    const resumes = halt?.to === day
    if (day > 0 && !halted && !resumes && day < path.lastPayoutDay) {
      const ratio = splitRatio(price, payout, random)
      if (ratio !== 1) {
        daySplit[day] = 1 / ratio
        dayFactor[day] = 1 / ratio
        price /= ratio
        sharesScale *= ratio
      } else if (
        payout.yield > 0 &&
        day >= payout.firstDay &&
        (day - payout.firstDay) % DIVIDEND_EVERY === 0
      ) {
        const dividend = Math.round((price * payout.yield * 100) / 4)
        dayFactor[day] = 1 - dividend / previousCents
        price -= dividend / 100
      }
    }
    const open = price * exp(path.overnight[day])
    const within = path.total[day] - path.overnight[day]
    const sd = path.intraday[day]
    const spread = 2 * sd * sd
    // Highest and lowest point of a Brownian bridge between open and close.
    const top = (within + Math.sqrt(within * within - spread * log(random.uniform()))) / 2
    const bottom = (within - Math.sqrt(within * within - spread * log(random.uniform()))) / 2
    price = open * exp(within)
    if (halted) continue

    const at = offset + day
    bars.open[at] = cents(open)
    bars.close[at] = cents(price)
    bars.high[at] = cents(open * exp(top))
    bars.low[at] = cents(open * exp(bottom))
    bars.volume[at] = Math.max(
      100,
      Math.round((path.dollarVolume / path.startPrice) * sharesScale * exp(path.volume[day])),
    )
    previousCents = bars.close[at]!
  }

  let factor = 1
  let split = 1
  for (let day = endDay - 1; day >= 0; day--) {
    const at = offset + day
    if (bars.close[at] !== 0) {
      bars.adjFactor[at] = Math.round(factor * FACTOR_UNIT) / FACTOR_UNIT
      bars.splitFactor[at] = Math.round(split * FACTOR_UNIT) / FACTOR_UNIT
    }
    factor *= dayFactor[day]
    split *= daySplit[day]
  }
}

function cents(dollars: number): number {
  return Math.max(1, Math.round(dollars * 100))
}

/** Shares that one share becomes this morning; 1 on nearly every day. */
function splitRatio(price: number, payout: Payout, random: Random): number {
  if (price > payout.splitAbove && random.chance(1 / 50)) {
    const wanted = price / 80
    return wanted < 2.5 ? 2 : wanted < 3.5 ? 3 : wanted < 7 ? 4 : 10
  }
  if (price < 4 && random.chance(1 / 30)) return 0.1
  return 1
}
