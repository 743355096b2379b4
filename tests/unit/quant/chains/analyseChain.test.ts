import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../datasets/random.ts'
import { analyseChain } from '../../../../workers/quant/chains/analyseChain.ts'
import {
  recommendedStrikemap,
  rowStates,
  type StrikemapSettings,
} from '../../../../workers/quant/chains/analysis.ts'
import { americanImpliedVol, americanPrice } from '../../../../workers/quant/options.ts'
import { day, fairRows, fairVol, rate, sliceOfRows, spot, strikesFrom, type FairRow } from './fairChain.ts'

const settings: StrikemapSettings = { ...recommendedStrikemap, rate }
const original: StrikemapSettings = { ...settings, definition: 'original' }
const strikes = strikesFrom(82, 118, 3)
const rows = fairRows([21, 49, 91], strikes)
const analyse = (of: readonly FairRow[], by = settings) => analyseChain(sliceOfRows(of), by)
const rowOf = (of: readonly FairRow[], days: number, strike: number, right: 1 | -1) =>
  of.findIndex((row) => row.expiry === day + days && row.strike === strike && row.right === right)
/** The chain with one contract changed. */
const changed = (at: number, change: (row: FairRow) => Partial<FairRow>) =>
  rows.map((row, i) => (i === at ? { ...row, ...change(row) } : row))

describe('a chain of fair quotes', () => {
  const found = analyse(rows)

  it('has the volatilities it was made with, and nothing cheap or dear', () => {
    rows.forEach(({ expiry, strike }, i) => {
      const fair = fairVol(expiry - day, strike)
      if (found.state[i] === 0) expect(Math.abs(found.vol[i] - fair)).toBeLessThan(2e-4)
      if (!Number.isNaN(found.residual[i])) expect(Math.abs(found.fitVol[i] - fair)).toBeLessThan(6e-4)
    })
    expect([...found.call]).not.toContain(1)
    expect([...found.call]).not.toContain(-1)
    expect(found.arbitrage).toEqual([])
  })

  it('would lose the spread in every contract', () => {
    const edges = found.edge.filter((_, i) => found.tradable[i] === 1)
    expect(edges.length).toBeGreaterThan(30)
    expect(Math.max(...edges)).toBeLessThan(0)
  })

  it('has American volatilities of bid, mid and ask, and the greeks of an American option', () => {
    const at = rowOf(rows, 91, 106, -1)
    const contract = { right: 'put' as const, spot, strike: 106, years: 91 / 365, rate, dividendYield: 0.01 }
    const volOf = (price: number) => americanImpliedVol({ ...contract, price })
    expect(Math.abs(found.vol[at] - volOf(found.mid[at]))).toBeLessThan(1e-4)
    expect(Math.abs(found.volBid[at] - volOf(rows[at].bid))).toBeLessThan(2e-4)
    expect(Math.abs(found.volAsk[at] - volOf(rows[at].ask))).toBeLessThan(2e-4)
    const price = (change: Partial<typeof contract & { vol: number }>) =>
      americanPrice({ ...contract, vol: found.vol[at], ...change })
    expect(Math.abs(found.delta[at] - (price({ spot: 100.1 }) - price({ spot: 99.9 })) / 0.2)).toBeLessThan(
      2e-3,
    )
    const vega = (price({ vol: found.vol[at] + 1e-3 }) - price({ vol: found.vol[at] - 1e-3 })) / 2e-3
    expect(Math.abs(found.vega[at] / vega - 1)).toBeLessThan(0.01)
    const theta = (price({ years: 90.9 / 365 }) - price({ years: 91.1 / 365 })) / (0.2 / 365)
    expect(Math.abs(found.theta[at] / theta - 1)).toBeLessThan(0.03)
  })
})

describe('a chain of fair quotes on a smile of another family', () => {
  it('has nothing cheap or dear either: what the fit misses is in its error', () => {
    const step = (days: number, strike: number) => {
      const k = Math.log(strike / spot) / (0.25 * Math.sqrt(days / 365))
      return 0.25 * (1 - 0.18 * Math.tanh(k)) + 0.02 * k * k
    }
    const odd = fairRows([21, 49, 91], strikesFrom(82, 118, 3), 0.01, step).filter(({ bid }) => bid > 0.1)
    const found = analyse(odd)
    expect(found.tradable.filter((value) => value === 1).length).toBeGreaterThan(20)
    expect(found.expiries[1].fit.error).toBeGreaterThan(0.003)
    expect([...found.call].every((call) => call === 0)).toBe(true)
  })
})

describe('a contract away from the smile', () => {
  const shift = (by: number) => (row: FairRow) => ({ bid: row.bid + by, ask: row.ask + by })
  const at = rowOf(rows, 49, 106, 1)
  const half = (rows[at].ask - rows[at].bid) / 2

  it('is called dear or cheap beyond the spread and chance, with what would be left of it', () => {
    for (const sign of [1, -1]) {
      const found = analyse(changed(at, shift(sign * 6 * half)))
      expect(found.call[at]).toBe(sign)
      expect(sign * found.z[at]).toBeGreaterThan(4)
      expect(found.pValue[at]).toBeLessThan(1e-4)
      expect(found.edge[at]).toBeGreaterThan(4 * half)
      expect(found.edge[at]).toBeLessThan(6 * half)
      expect([...found.call].filter((call) => call !== 0)).toHaveLength(1)
    }
  })

  it('is not called within the spread, however fair the rest is', () => {
    expect(analyse(changed(at, shift(0.9 * half))).call[at]).toBe(0)
  })

  it('is not called where it cannot be traded', () => {
    const dear = shift(6 * half)
    for (const silent of [{ volume: 49 }, { openInterest: 99 }]) {
      const found = analyse(changed(at, (row) => ({ ...dear(row), ...silent })))
      expect(found.tradable[at]).toBe(0)
      expect(found.call[at]).toBe(0)
      expect(found.z[at]).toBeGreaterThan(4)
    }
  })

  it('can be traded where the file has no column of volume at all', () => {
    const silent = changed(at, shift(6 * half)).map((row) => ({ ...row, volume: NaN, openInterest: NaN }))
    expect(analyse(silent).call[at]).toBe(1)
  })
})

describe('the original definition', () => {
  it('calls a sixth of a fair chain cheap, because its measure is what it finds', () => {
    // Quotes off by a tenth of the spread at random: nobody could live on that.
    const random = createRandom(5, 'noise of quotes')
    const noisy = fairRows([21, 49, 91], strikesFrom(85, 115, 1)).map((row) => {
      const by = 0.1 * (row.ask - row.bid) * random.normal()
      return { ...row, bid: row.bid + by, ask: row.ask + by }
    })
    const found = analyse(noisy, original)
    const tradable = found.tradable.reduce((sum, value) => sum + value, 0)
    const cheap = found.call.filter((call) => call < 0).length
    expect(cheap / tradable).toBeGreaterThan(0.08)
    expect(cheap / tradable).toBeLessThan(0.3)
    expect([...analyse(noisy).call].filter((call) => call !== 0)).toEqual([])
    expect(found.otherZ).toEqual(analyse(noisy).z)
  })
})

describe('quotes that are none', () => {
  const stateOf = (at: number, change: Partial<FairRow>) =>
    rowStates[analyse(changed(at, () => change)).state[at]]
  const at = rowOf(rows, 49, 106, 1)

  it('are told apart and kept out of the smile', () => {
    expect(stateOf(at, {})).toBe('used')
    expect(stateOf(at, { bid: 0 })).toBe('zero bid')
    expect(stateOf(at, { ask: 0 })).toBe('no ask')
    expect(stateOf(at, { bid: NaN, ask: NaN })).toBe('no quote')
    expect(stateOf(at, { bid: rows[at].ask, ask: rows[at].bid })).toBe('crossed')
    expect(stateOf(at, { bid: 120, ask: 121 })).toBe('outside bounds')
    const deep = rowOf(rows, 21, 109, -1)
    expect(stateOf(deep, {})).toBe('in the money')
    expect(stateOf(deep, { bid: 8.8, ask: 9 })).toBe('outside bounds')
    const found = analyse(changed(at, () => ({ bid: 0 })))
    expect(found.residual[at]).toBeNaN()
    expect(found.tradable[at]).toBe(0)
  })

  it('are all there is in a file of closing prices: residuals and the original z are told, and nothing is called', () => {
    const closes = rows.map((row) => ({ ...row, bid: NaN, ask: NaN }))
    const at = rowOf(rows, 49, 106, 1)
    closes[at].last *= 1.1
    const found = analyse(closes, original)
    expect(found.quoted).toBe(false)
    expect(found.residual[at]).toBeGreaterThan(0.01)
    expect(found.z[at]).toBeGreaterThan(3)
    expect(found.otherZ[at]).toBeNaN()
    expect(found.call[at]).toBe(0)
    expect(found.edge[at]).toBeNaN()
  })

  it('may be anything, and nothing is thrown', () => {
    const random = createRandom(6, 'garbage')
    const one = (of: number[]) => of[Math.floor(random.uniform() * of.length)]
    const any = () => one([NaN, 0, 0.01, 1, 3, 40, 1e6]) * random.uniform()
    for (let run = 0; run < 40; run++) {
      const garbage = rows.map((row) =>
        random.chance(0.3) ? row : { ...row, bid: any(), ask: any(), last: any(), volume: any() },
      )
      const found = analyseChain(sliceOfRows(garbage, one([spot, NaN, 3])), settings)
      expect(found.z).toHaveLength(rows.length)
      expect([...found.z].some((z) => Math.abs(z) === Infinity)).toBe(false)
    }
  })

  it('may be all there is: then there is no smile, and no exception', () => {
    const found = analyse(rows.map((row) => ({ ...row, bid: NaN, ask: NaN, last: NaN })))
    expect(found.expiries.map(({ fit }) => fit.kind)).toEqual(['none', 'none', 'none'])
    expect(analyse([]).expiries).toEqual([])
  })
})
