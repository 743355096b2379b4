import { describe, expect, it } from 'vitest'
import { findForwards } from '../../../../workers/quant/chains/forwards.ts'
import { readQuotes } from '../../../../workers/quant/chains/quotes.ts'
import { readChain } from '../../../../workers/quant/chains/readChain.ts'
import { day, dividendYield, fairRows, rate, sliceOfRows, spot, strikesFrom } from './fairChain.ts'

const strikes = strikesFrom(80, 120, 5)
const forwardIn = (days: number) => spot * Math.exp(((rate - dividendYield) * days) / 365)

function forwardsOf(rows: Parameters<typeof sliceOfRows>[0], spotKnown?: number) {
  const slice = sliceOfRows(rows, spotKnown)
  return findForwards(slice, readQuotes(slice), rate)
}

describe('the forward of an expiry', () => {
  it('comes from American pairs near the money, once early exercise is off', () => {
    const { expiries } = forwardsOf(fairRows([30, 90, 300], strikes))
    expiries.forEach((expiry, e) => {
      expect(expiry.forwardFrom).toBe('pairs')
      expect(Math.abs(expiry.forward / forwardIn([30, 90, 300][e]) - 1)).toBeLessThan(3e-4)
      expect(expiry.dividendYield).toBeCloseTo(dividendYield, 3)
      expect(expiry.parityBreaks).toBe(0)
    })
  })

  it('is as good as exact where the exact price of early exercise is asked', () => {
    const slice = sliceOfRows(fairRows([30, 300], strikes))
    readChain(slice, rate).expiries.forEach(({ forward }, e) => {
      expect(Math.abs(forward / forwardIn([30, 300][e]) - 1)).toBeLessThan(5e-5)
    })
  })

  it('leads back to the spot where the prices do not have it', () => {
    const { spot: found } = forwardsOf(fairRows([30, 60, 90], strikes), NaN)
    expect(Math.abs(found / spot - 1)).toBeLessThan(5e-4)
  })

  it('is hardly moved by one pair that is wrong', () => {
    const rows = fairRows([60], strikes).map((row) =>
      row.strike === 100 && row.right > 0 ? { ...row, bid: row.bid + 1, ask: row.ask + 1 } : row,
    )
    const { expiries } = forwardsOf(rows)
    expect(Math.abs(expiries[0].forward - forwardIn(60))).toBeLessThan(0.1)
    expect(expiries[0].parityBreaks).toBe(1)
  })

  it('takes the yield of the neighbours where there are no pairs, and none where there are none at all', () => {
    const calls = (days: number) => fairRows([days], strikes).filter(({ right }) => right > 0)
    const { expiries } = forwardsOf([...fairRows([30], strikes), ...calls(60), ...fairRows([90], strikes)])
    expect(expiries.map(({ forwardFrom }) => forwardFrom)).toEqual(['pairs', 'neighbour', 'pairs'])
    expect(expiries[1].forward).toBeCloseTo(forwardIn(60), 1)
    const alone = forwardsOf(calls(60)).expiries[0]
    expect(alone.forwardFrom).toBe('spot')
    expect(alone.forward).toBeCloseTo(spot * Math.exp((rate * 60) / 365), 10)
    expect(forwardsOf(calls(60), NaN).spot).toBeNaN()
  })

  it('is not asked of what has expired', () => {
    const rows = [
      ...fairRows([10], strikes).map((row) => ({ ...row, expiry: day })),
      ...fairRows([30], strikes),
    ]
    expect(forwardsOf(rows).expiries.map(({ expiry }) => expiry)).toEqual([day + 30])
  })
})
