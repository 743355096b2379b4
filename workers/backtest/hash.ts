import type { ReportTrade } from './api.ts'
import { exitReasons } from './ledger.ts'

const rotate = (x: number, n: number): number => (x << n) | (x >>> (32 - n))

/** Spreads every bit over the whole word. */
function avalanche(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}

/**
 * MurmurHash3 (A. Appleby, public domain), the 128-bit form for 32-bit machines, seed 0, as hex. Integer
 * arithmetic only, so that it is the same everywhere, and fast enough to be taken after every run. It tells
 * results apart; it does not protect against somebody who wants two to look alike.
 */
export function murmur128(bytes: Uint8Array): string {
  const padded = new Uint8Array(Math.ceil(bytes.length / 16) * 16)
  padded.set(bytes)
  // Every machine that runs a browser stores the low byte first.
  const words = new Int32Array(padded.buffer)
  const whole = (bytes.length >> 4) * 4
  const [c1, c2, c3, c4] = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93]
  let h1 = 0
  let h2 = 0
  let h3 = 0
  let h4 = 0
  for (let i = 0; i < words.length; i += 4) {
    const k1 = Math.imul(rotate(Math.imul(words[i], c1), 15), c2)
    const k2 = Math.imul(rotate(Math.imul(words[i + 1], c2), 16), c3)
    const k3 = Math.imul(rotate(Math.imul(words[i + 2], c3), 17), c4)
    const k4 = Math.imul(rotate(Math.imul(words[i + 3], c4), 18), c1)
    if (i >= whole) {
      h1 ^= k1
      h2 ^= k2
      h3 ^= k3
      h4 ^= k4
      continue
    }
    h1 = (Math.imul((rotate(h1 ^ k1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0
    h2 = (Math.imul((rotate(h2 ^ k2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0
    h3 = (Math.imul((rotate(h3 ^ k3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0
    h4 = (Math.imul((rotate(h4 ^ k4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0
  }
  h1 ^= bytes.length
  h2 ^= bytes.length
  h3 ^= bytes.length
  h4 ^= bytes.length
  h1 = (h1 + h2 + h3 + h4) | 0
  h2 = (h2 + h1) | 0
  h3 = (h3 + h1) | 0
  h4 = (h4 + h1) | 0
  h1 = avalanche(h1)
  h2 = avalanche(h2)
  h3 = avalanche(h3)
  h4 = avalanche(h4)
  h1 = (h1 + h2 + h3 + h4) | 0
  return [h1, h2 + h1, h3 + h1, h4 + h1].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** Prices and shares are hashed to 6 decimals, money to the cent: far above the noise of rounding. */
const places = { price: 1e6, shares: 1e6, money: 1e2 }

/**
 * What makes two results the same: days and equity of the run, and of every trade its symbol, days,
 * direction, exit reason, shares, prices, fees and profit. Days and kinds count exactly; shares and
 * prices rounded to 6 decimals, equity, fees and profit to the cent.
 *
 * @returns 128 bits, 32 hex digits
 */
export function resultHash(
  dates: Int32Array,
  symbols: string[],
  equity: Float64Array,
  trades: ReportTrade[],
): string {
  const names = new TextEncoder().encode(symbols.join('\n'))
  const perTrade = 13
  const header = 8 * Math.ceil(names.length / 8)
  const bytes = new Uint8Array(header + 8 * (3 + 2 * dates.length + perTrade * trades.length))
  bytes.set(names)
  const values = new Float64Array(bytes.buffer, header)
  let at = 0
  values[at++] = names.length
  values[at++] = dates.length
  for (let i = 0; i < dates.length; i++) {
    values[at++] = dates[i]
    values[at++] = rounded(equity[i], places.money)
  }
  values[at++] = trades.length
  for (const trade of trades) {
    values[at++] = trade.symbol
    values[at++] = trade.direction
    values[at++] = dates[trade.signalDay]
    values[at++] = dates[trade.entryDay]
    values[at++] = dates[trade.exitDay]
    values[at++] = exitReasons.indexOf(trade.exitReason)
    values[at++] = trade.ambiguous ? 1 : 0
    values[at++] = trade.breach ? 1 : 0
    values[at++] = rounded(trade.shares, places.shares)
    values[at++] = rounded(trade.entryPrice, places.price)
    values[at++] = rounded(trade.exitPrice, places.price)
    values[at++] = rounded(trade.fees, places.money)
    values[at++] = rounded(trade.profit, places.money)
  }
  return murmur128(bytes)
}

/** Adding zero turns −0 into 0, which has other bytes. */
const rounded = (value: number, scale: number): number => Math.round(value * scale) + 0
