import { expect, it } from 'vitest'
import type { ReportTrade } from '../../../workers/backtest/api.ts'
import { murmur128, resultHash } from '../../../workers/backtest/hash.ts'

it('is MurmurHash3, 128 bits for 32-bit machines: the published example', () => {
  const example = new TextEncoder().encode("I will not buy this tobacconist's, it is scratched.")
  expect(murmur128(example)).toBe('9b5b7ba2ef3f7866889adeaf00f3f98e')
  expect(murmur128(new Uint8Array(0))).toBe('0'.repeat(32))
})

const trade: ReportTrade = {
  symbol: 0,
  direction: 1,
  shares: 10,
  signalDay: 0,
  entryDay: 1,
  entryPrice: 100,
  exitDay: 2,
  exitPrice: 110,
  exitReason: 'target',
  ambiguous: false,
  fees: 1,
  profit: 99,
  return: 0.099,
  bars: 2,
  adverse: 0,
  favourable: 0.1,
  stop: NaN,
  target: 110,
  reason: 0,
  conviction: 1,
  breach: false,
  outOfSample: false,
}
const dates = Int32Array.of(100, 101, 102)
const equity = Float64Array.of(1000, 1010, 1099)
const hash = (change: Partial<ReportTrade> = {}, values = equity, symbols = ['A']) =>
  resultHash(dates, symbols, values, [{ ...trade, ...change }])

it('the hash is 128 bits in hex, and the same for noise in the last bit', () => {
  expect(hash()).toMatch(/^[0-9a-f]{32}$/)
  expect(hash({ exitPrice: 110 + 1e-12 }, Float64Array.of(1000, 1010 + 1e-10, 1099))).toBe(hash())
})

it('anything that a person would see changes the hash', () => {
  const others = [
    hash({ exitDay: 1 }),
    hash({ direction: -1 }),
    hash({ exitReason: 'stop' }),
    hash({ ambiguous: true }),
    hash({ exitPrice: 110.001 }),
    hash({ shares: 11 }),
    hash({ profit: 99.01 }),
    hash({}, Float64Array.of(1000, 1010.01, 1099)),
    hash({}, equity, ['B']),
  ]
  expect(new Set([hash(), ...others]).size).toBe(others.length + 1)
})
