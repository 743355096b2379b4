import { describe, expect, test } from 'vitest'
import { contractQuotesOption } from '../../../src/charts/contractQuotesOption.ts'
import { payoffOption } from '../../../src/charts/payoffOption.ts'
import { termOption } from '../../../src/charts/termOption.ts'
import {
  positionFacts,
  quoteFacts,
  quotedDays,
} from '../../../src/components/options/contract/contractFacts.ts'
import { arbitrageSentence } from '../../../src/components/options/surface/arbitrageWords.ts'
import { volTable } from '../../../src/components/options/surface/volTable.ts'
import type { ContractView, StructureView } from '../../../workers/backtest/api.ts'
import { frame } from './theme.ts'

const column = (...values: number[]) => Float64Array.from(values)
/** A call that is not yet listed on the first two days, and has no bid on the last. */
const view: ContractView = {
  symbol: 'AAA',
  title: 'AAA 100 call, 17 January 2025',
  days: Int32Array.from([20_000, 20_007, 20_014, 20_021]),
  bid: column(NaN, NaN, 1.9, NaN),
  ask: column(NaN, NaN, 2.1, 2.4),
  mid: column(NaN, NaN, 2, NaN),
  vol: column(NaN, NaN, 0.2, NaN),
  fitVol: column(NaN, NaN, 0.21, NaN),
  z: column(NaN, NaN, -1.5, NaN),
  spot: column(98, 99, 100, 101),
  volume: column(NaN, NaN, 60, 0),
  openInterest: column(NaN, NaN, 200, 200),
  row: 3,
  structure: {} as StructureView,
}
interface Axis {
  min: number
  max: number
}

describe('a contract through time', () => {
  test('is drawn over the days on which it was quoted', () => {
    const { option, tip } = contractQuotesOption(view, 20_014, frame())!
    const [axis] = (option as unknown as { xAxis: Axis[] }).xAxis
    expect([axis.min, axis.max]).toEqual([20_014 * 86_400_000, 20_021 * 86_400_000])
    expect(quotedDays(view)).toEqual([2, 3])
    expect(tip(axis.min)?.rows.find(({ name }) => name === 'z')?.values).toEqual(['−1.50'])
  })

  test('is not drawn where it never was', () => {
    const none = column(NaN, NaN, NaN, NaN)
    expect(contractQuotesOption({ ...view, bid: none, ask: none, mid: none }, 20_014, frame())).toBeNull()
  })

  test('tells the quote of the day that is looked at', () => {
    const facts = new Map(quoteFacts(view, 20_014).map(({ name, text }) => [name, text]))
    expect(facts.get('Bid, ask')).toBe('1.90 – 2.10')
    expect(facts.get('AAA')).toBe('100.00')
    expect(quoteFacts(view, 20_015)).toEqual([])
  })
})

describe('the payoff of a position', () => {
  const x = column(90, 100, 110)
  const lines = [{ name: 'At expiry', profit: column(-200, -200, 800), kind: 'expiry' as const }]

  test('says what is gained at the price under the pointer, and always shows nought', () => {
    const { option, tip } = payoffOption({ x, lines, marks: [] }, frame())!
    expect(tip(106)?.rows[0].values).toEqual(['+$800'])
    expect(tip(80)).toBeNull()
    const { yAxis } = option as unknown as { yAxis: Axis }
    expect(yAxis.min).toBeLessThan(-200)
    expect(yAxis.max).toBeGreaterThan(800)
    expect(payoffOption({ x: column(90), lines, marks: [] }, frame())).toBeNull()
  })

  test('leaves out marks beyond its prices', () => {
    const marks = [100, 300].map((at) => ({ x: at, name: 'even at' }))
    const { option } = payoffOption({ x, lines, marks }, frame())!
    const drawn = JSON.stringify(option)
    expect(drawn).toContain('even at 100')
    expect(drawn).not.toContain('even at 300')
  })

  test('has no number for what has no bound, and none for a chance without a smile', () => {
    const facts = positionFacts({
      cost: -150,
      spreadCost: 20,
      breakEvens: [98.5],
      mostProfit: 150,
      mostLoss: -Infinity,
      probabilityOfProfit: NaN,
      margin: 2_000,
    } as StructureView).map(({ name, text }) => `${name}: ${text}`)
    expect(facts).toContain('Received: $150')
    expect(facts).toContain('Break-even: 98.50')
    expect(facts).toContain('Most loss: without bound')
    expect(facts).toContain('Chance of profit: not told: no smile')
  })
})

describe('the surface', () => {
  test('at the money leaves out expiries without a smile, and finds the nearest', () => {
    const terms = [7, 30, 90].map((days, i) => ({
      expiry: 20_000 + days,
      days,
      forward: 100,
      atmVol: i === 1 ? NaN : 0.2,
    }))
    const { tip } = termOption(terms, frame())!
    expect(tip(40)?.title).toContain('7 days')
    expect(termOption(terms.slice(1, 2), frame())).toBeNull()
  })

  test('as a table has no number beyond the quotes', () => {
    const grid = { x: column(Math.log(0.9), 0), days: column(7), vol: column(NaN, 0.2) }
    const table = volTable({
      grid,
      expiries: [{ expiry: 20_007 }] as Parameters<typeof volTable>[0]['expiries'],
    })
    expect(table.head.slice(1)).toEqual(['90\u2009%', '100\u2009%'])
    expect(table.rows[0].slice(1)).toEqual(['–', '20.0\u2009%'])
  })

  test('says where the fit contradicts itself', () => {
    const found = { kind: 'calendar' as const, expiry: 20_105, at: Math.log(0.9), amount: 0.002 }
    expect(arbitrageSentence(found, 100)).toMatch(
      /around a strike of 90 the total variance of 17 Jan 2025 is lower/,
    )
  })
})
