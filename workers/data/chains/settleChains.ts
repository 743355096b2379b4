import type { ChainTables } from '../../quant/chainTables.ts'
import { isoOf } from '../read/dates.ts'
import { chainLevel, type ChainLevel } from './chainLevel.ts'
import { ChainNotes, type ChainNote } from './chainNotes.ts'
import type { ChainRows } from './chainRows.ts'
import type { SharePrices } from './sharePrices.ts'

/** Yahoo writes 1e-5 where its solver gave up; LEAN writes 0. */
const placeholderVol = 1e-4

export interface SettledChains extends ChainTables {
  problems: ChainNote[]
}

/** A day of an underlying on its way into the tables. */
interface Slice {
  underlying: number
  day: number
  spot: number
  /** Rows kept. */
  rows: number[]
}

/** Quotes made into tables: what is no price is taken out, shares are joined, and what is odd is told once. */
export function settleChains(rows: ChainRows, priceOf: SharePrices): SettledChains {
  const notes = new ChainNotes()
  notes.repeated = rows.repeated
  const quoted = quotedOf(rows)
  const last = tradesOfTheDay(rows, quoted)
  const priced = { ...rows, last }
  const slices: Slice[] = []
  for (const [from, to] of slicesOf(rows)) {
    const slice = settleSlice(priced, from, to, priceOf, notes)
    if (slice) slices.push(slice)
  }
  const kept = slices.flatMap((slice) => slice.rows)
  for (const row of kept) {
    if (isPlaceholder(rows.vendorVol[row])) notes.placeholders++
    if (last[row] > 0 && rows.volume[row] === 0) notes.untraded++
  }
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
      vendorVol: numbers(rows.vendorVol).map((vol) => (isPlaceholder(vol) ? NaN : vol)),
    },
    problems: notes.problems(),
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
  notes: ChainNotes,
): Slice | null {
  const underlying = rows.underlying[from]
  const day = rows.day[from]
  const symbol = rows.symbols[underlying]
  if (!anyPrice(rows, from, to)) {
    notes.emptyDays.push(`${symbol} ${isoOf(day)}`)
    return null
  }
  const listedPrice = priceOf(symbol, day)
  const level = chainLevel(rows, day, from, to, listedPrice)
  const spot = spotOf(symbol, day, listedPrice, level, notes)
  const kept: number[] = []
  let foreign = 0
  for (let row = from; row < to; row++) {
    if (level?.isForeign[row - from] === 1) foreign++
    else if (saysNothing(rows, row)) notes.silent++
    else kept.push(row)
  }
  if (foreign > 0) notes.foreign(`${symbol} ${isoOf(day)}`, foreign)
  return { underlying, day, spot, rows: kept }
}

/** Price of the share where the chain agrees with it; NaN otherwise, and then the chain speaks for itself. */
function spotOf(
  symbol: string,
  day: number,
  price: number,
  level: ChainLevel | null,
  notes: ChainNotes,
): number {
  if (!(price > 0)) return NaN
  if (level === null || level.agrees) return price
  notes.apart(symbol, day, price, level)
  return NaN
}

function hasPrice({ bid, ask, last }: ChainRows, row: number): boolean {
  return bid[row] > 0 || ask[row] > 0 || last[row] > 0
}

function anyPrice(rows: ChainRows, from: number, to: number): boolean {
  for (let row = from; row < to; row++) if (hasPrice(rows, row)) return true
  return false
}

/** Listed, but neither priced nor traded nor held by anybody. */
function saysNothing(rows: ChainRows, row: number): boolean {
  return !hasPrice(rows, row) && !(rows.volume[row] > 0) && !(rows.openInterest[row] > 0)
}

/** [underlyings] whether there is any bid or ask. */
function quotedOf({ symbols, underlying, bid, ask }: ChainRows): boolean[] {
  const quoted = symbols.map(() => false)
  underlying.forEach((place, row) => {
    if (bid[row] > 0 || ask[row] > 0) quoted[place] = true
  })
  return quoted
}

function isPlaceholder(vol: number): boolean {
  return vol <= placeholderVol
}

/**
 * The price of a contract that nobody traded that day is of an earlier one, and zero is none. In files without bids
 * and asks it stays: some (LEAN) write the middle of the closing quotes there.
 */
function tradesOfTheDay({ underlying, last, volume, oldTrade }: ChainRows, quoted: boolean[]): Float64Array {
  return last.map((price, row) => {
    const isOld = oldTrade[row] === 1 || (volume[row] === 0 && quoted[underlying[row]])
    return price > 0 && !isOld ? price : NaN
  })
}
