import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { DeskLot, OptionsDesk } from '../../../../workers/backtest/api.ts'
import { deskCsv } from '../../../../src/components/options/desk/deskCsv.ts'
import { closesWords, moveWords, pointsText } from '../../../../src/components/options/desk/deskWords.ts'

const day = Date.UTC(2025, 0, 2) / 86_400_000
const lot = {
  symbol: '=QQQ',
  kind: 'vertical',
  legs: [
    { right: 1, quantity: 1, strike: 350, expiry: day + 15 },
    { right: 1, quantity: -1, strike: 370, expiry: day + 15 },
  ],
  contracts: 2,
  entryDay: day - 5,
  reason: 'MACD',
  greeks: { delta: 50, gamma: 1, vega: 20, theta: -9, rho: 3 },
  markFrom: 'quoted',
  stop: 300,
  stopMove: -0.02,
  target: NaN,
  targetMove: NaN,
  closesOn: day + 8,
  closesBy: 'roll',
} as unknown as DeskLot

describe('the desk in words', () => {
  it('says when and why a structure closes', () => {
    expect(closesWords(lot)).toBe('10 Jan 2025, roll')
    expect(closesWords({ closesOn: 0, closesBy: 'none' })).toBe('–')
  })

  it('says how far the share has to go for a level, or that it cannot', () => {
    expect(moveWords(300, -0.021)).toBe('share −2.1\u2009%')
    expect(moveWords(300, NaN)).toBe('out of reach of the share')
    expect(moveWords(NaN, NaN)).toBe('')
  })

  it('writes volatility in points', () => {
    expect([-0.05, 0, 0.025].map(pointsText)).toEqual(['−5', '0', '+2.5'])
  })

  it('exports every structure, defused, and nothing where there is no level', () => {
    const { data } = Papa.parse<Record<string, string>>(deskCsv({ day, lots: [lot] } as OptionsDesk), {
      header: true,
      skipEmptyLines: true,
    })
    expect(data).toHaveLength(1)
    expect(data[0]).toMatchObject({
      day: '2025-01-02',
      symbol: "'=QQQ",
      legs: '350 call − 370 call, 17 Jan 2025',
      stop_move: '-0.02',
      target_value: '',
      closes_on: '2025-01-10',
      closes_by: 'roll',
    })
  })
})
