import type { ChainProblem, ChainTables } from '../../quant/chainTables.ts'
import { isoOf } from '../read/dates.ts'
import { listed, plural } from '../quality/findings.ts'
import { chainLevel, type ChainLevel } from './chainLevel.ts'
import type { ChainRows } from './chainRows.ts'
import type { SharePrices } from './sharePrices.ts'

/** Yahoo writes 1e-5 where its solver gave up; LEAN writes 0. */
const placeholderVol = 1e-4

/** A day of an underlying on its way into the tables. */
interface Slice {
  underlying: number
  day: number
  spot: number
  /** Rows kept. */
  rows: number[]
}

/** Quotes made into tables: what is no price is taken out, shares are joined, and what is odd is told once. */
export function settleChains(rows: ChainRows, priceOf: SharePrices): ChainTables {
  const told = new Told()
  told.repeated = rows.repeated
  const quoted = quotedOf(rows)
  const vendorVol = withoutPlaceholders(rows.vendorVol, told)
  const last = tradesOfTheDay(rows, quoted, told)
  const priced = { ...rows, last, vendorVol }
  const slices: Slice[] = []
  for (const [from, to] of slicesOf(rows)) {
    const slice = settleSlice(priced, from, to, priceOf, told)
    if (slice) slices.push(slice)
  }
  const kept = slices.flatMap((slice) => slice.rows)
  const first = new Int32Array(slices.length + 1)
  slices.forEach((slice, i) => (first[i + 1] = first[i] + slice.rows.length))
  const present = [...new Set(slices.map(({ underlying }) => underlying))]
  const place = new Map(present.map((underlying, i) => [underlying, i]))
  const days = (column: Int32Array) => Int32Array.from(kept, (row) => column[row])
  const numbers = (column: Float64Array) => Float64Array.from(kept, (row) => column[row])
  return {
    underlyings: {
      symbol: present.map((underlying) => rows.symbols[underlying]),
      quoted: present.map((underlying) => quoted[underlying]),
    },
    slices: {
      underlying: Int32Array.from(slices, ({ underlying }) => place.get(underlying)!),
      day: Int32Array.from(slices, ({ day }) => day),
      spot: Float64Array.from(slices, ({ spot }) => spot),
      first,
    },
    rows: {
      expiry: days(rows.expiry),
      strike: numbers(rows.strike),
      right: Int8Array.from(kept, (row) => rows.right[row]),
      bid: numbers(rows.bid),
      ask: numbers(rows.ask),
      last: numbers(last),
      volume: numbers(rows.volume),
      openInterest: numbers(rows.openInterest),
      vendorVol: numbers(vendorVol),
    },
    problems: told.problems(),
  }
}

/** First row of each day of an underlying, and the one behind its last. */
function* slicesOf({ underlying, day }: ChainRows): Generator<[from: number, to: number]> {
  let from = 0
  for (let row = 1; row <= day.length; row++) {
    if (row < day.length && day[row] === day[from] && underlying[row] === underlying[from]) continue
    yield [from, row]
    from = row
  }
}

/** Rows of a slice in which the chain and the share speak of the same thing; null where nothing has a price. */
function settleSlice(
  rows: ChainRows,
  from: number,
  to: number,
  priceOf: SharePrices,
  told: Told,
): Slice | null {
  const underlying = rows.underlying[from]
  const day = rows.day[from]
  const symbol = rows.symbols[underlying]
  const unpriced = countUnpriced(rows, from, to)
  if (unpriced === to - from) {
    told.emptyDays.push(`${symbol} ${isoOf(day)}`)
    return null
  }
  told.unpriced += unpriced
  const listedPrice = priceOf(symbol, day)
  const level = chainLevel(rows, from, to, listedPrice)
  const spot = spotOf(symbol, day, listedPrice, level, told)
  const kept: number[] = []
  for (let row = from; row < to; row++) if (level?.foreign[row - from] !== 1) kept.push(row)
  if (kept.length < to - from) told.foreign(`${symbol} ${isoOf(day)}`, to - from - kept.length)
  return { underlying, day, spot, rows: kept }
}

/** Price of the share where the chain agrees with it; NaN otherwise, and then the chain speaks for itself. */
function spotOf(symbol: string, day: number, price: number, level: ChainLevel | null, told: Told): number {
  if (!(price > 0)) return NaN
  if (level === null || level.agrees) return price
  told.apart(symbol, day, price, level)
  return NaN
}

function countUnpriced({ bid, ask, last }: ChainRows, from: number, to: number): number {
  let count = 0
  for (let row = from; row < to; row++) if (!(bid[row] > 0 || ask[row] > 0 || last[row] > 0)) count++
  return count
}

/** [underlyings] whether there is any bid or ask. */
function quotedOf({ symbols, underlying, bid, ask }: ChainRows): boolean[] {
  const quoted = symbols.map(() => false)
  underlying.forEach((place, row) => {
    if (bid[row] > 0 || ask[row] > 0) quoted[place] = true
  })
  return quoted
}

function withoutPlaceholders(vendorVol: Float64Array, told: Told): Float64Array {
  return vendorVol.map((vol) => {
    if (!(vol <= placeholderVol)) return vol
    told.placeholders++
    return NaN
  })
}

/**
 * The price of a contract that nobody traded that day is of an earlier one, and zero is none. In files without bids
 * and asks it stays: some (LEAN) write the middle of the closing quotes there.
 */
function tradesOfTheDay(
  { underlying, last, volume, oldTrade }: ChainRows,
  quoted: boolean[],
  told: Told,
): Float64Array {
  return last.map((price, row) => {
    if (!(price > 0)) return NaN
    const untraded = volume[row] === 0
    if (oldTrade[row] === 1 || (untraded && quoted[underlying[row]])) return NaN
    if (untraded) told.untraded++
    return price
  })
}

/** What was noticed, to be told in a sentence each. */
class Told {
  repeated = 0
  placeholders = 0
  unpriced = 0
  untraded = 0
  emptyDays: string[] = []
  #foreign: { where: string; rows: number }[] = []
  #scaled: { where: string; times: number; before: boolean }[] = []
  #apart: { where: string; price: number; implied: number }[] = []

  foreign(where: string, rows: number): void {
    this.#foreign.push({ where, rows })
  }

  apart(symbol: string, day: number, price: number, { implied, times }: ChainLevel): void {
    const where = `${symbol} ${isoOf(day)}`
    if (times === null) this.#apart.push({ where, price, implied })
    else this.#scaled.push({ where, times, before: implied > price })
  }

  problems(): ChainProblem[] {
    const foreignRows = this.#foreign.reduce((sum, { rows }) => sum + rows, 0)
    return [
      ...this.#scaled.map(({ where, times, before }) => scaledProblem(where, times, before)),
      one(
        foreignRows,
        `${plural(foreignRows, 'quote is', 'quotes are')} of contracts as they were before a split ` +
          `(${listed(this.#foreign.map(({ where, rows }) => `${where}: ${rows}`, 3))}), beside those after it: left out.`,
      ),
      one(
        this.#apart.length,
        `On ${plural(this.#apart.length, 'day')} the chain says another price of the share than the prices in use (${listed(
          this.#apart.map(({ where, price, implied }) => `${where}: ${money(implied)}, not ${money(price)}`),
          3,
        )}). They may be adjusted for dividends. The price of the chain is used, and nothing is traded on these days’ quotes.`,
      ),
      one(
        this.emptyDays.length,
        `${plural(this.emptyDays.length, 'chain has', 'chains have')} no price at all (${listed(this.emptyDays, 3)}): left out.`,
      ),
      one(
        this.repeated,
        `${plural(this.repeated, 'quote comes', 'quotes come')} again for the same contract and day: the one loaded last that has a price is used.`,
      ),
      one(
        this.unpriced,
        `${plural(this.unpriced, 'contract has', 'contracts have')} neither a bid nor an ask nor a trade of the day.`,
      ),
      one(
        this.untraded,
        `${plural(this.untraded, 'price is', 'prices are')} of contracts not traded that day, in a file without bids and asks: ` +
          'taken for the middle of the closing quotes.',
      ),
      one(
        this.placeholders,
        `${plural(this.placeholders, 'implied volatility is a placeholder', 'implied volatilities are placeholders')} (0.0001 or less) and left aside.`,
      ),
    ].filter(({ count }) => count > 0)
  }
}

function scaledProblem(where: string, times: number, before: boolean): ChainProblem {
  const [symbol, day] = where.split(' ')
  return one(
    1,
    `The chain of ${day} (${symbol}) seems to be quoted ${before ? 'before' : 'after'} the split, and the prices in use ` +
      `${before ? 'after' : 'before'} it: strikes and quotes are ${times} times too ${before ? 'large' : 'small'} for them. ` +
      'The price of the share is read from the chain, and nothing is traded on its quotes.',
  )
}

function one(count: number, text: string): ChainProblem {
  return { count, text }
}

function money(price: number): string {
  return price.toFixed(2)
}
