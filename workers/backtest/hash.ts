import type { ReportTrade } from './api.ts'
import { exitReasons } from './ledger.ts'

/** Round constants of SHA-256: fractional parts of the cube roots of the first 64 primes (FIPS 180-4). */
const constants = new Uint32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
])

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n))

/**
 * SHA-256 (FIPS 180-4) as hex. The browser's own is asynchronous and missing on pages served without
 * https; a run needs its hash at once and everywhere.
 */
export function sha256(bytes: Uint8Array): string {
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x2000_0000))
  view.setUint32(padded.length - 4, bytes.length << 3)
  const state = new Uint32Array([
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  ])
  const w = new Uint32Array(64)
  for (let block = 0; block < padded.length; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(block + 4 * i)
    for (let i = 16; i < 64; i++) {
      const s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >>> 3)
      const s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >>> 10)
      w[i] = w[i - 16] + s0 + w[i - 7] + s1
    }
    let [a, b, c, d, e, f, g, h] = state
    for (let i = 0; i < 64; i++) {
      const t1 =
        (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + w[i]) | 0
      const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    state[0] += a
    state[1] += b
    state[2] += c
    state[3] += d
    state[4] += e
    state[5] += f
    state[6] += g
    state[7] += h
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
}

/** Prices and shares are hashed to 6 decimals, money to the cent: far above the noise of rounding. */
const places = { price: 1e6, shares: 1e6, money: 1e2 }

/**
 * What makes two results the same: days and equity of the run, and of every trade its symbol, days,
 * direction, exit reason, shares, prices, fees and profit. Days and kinds count exactly; shares and
 * prices rounded to 6 decimals, equity, fees and profit to the cent.
 *
 * @returns the first 128 bits of the SHA-256, 32 hex digits
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
  // Every machine that runs a browser stores the low byte first.
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
  return sha256(bytes).slice(0, 32)
}

/** Adding zero turns −0 into 0, which has other bytes. */
const rounded = (value: number, scale: number): number => Math.round(value * scale) + 0
