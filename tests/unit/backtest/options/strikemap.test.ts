import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../datasets/random.ts'
import { recommendedStrikemap, rowStates } from '../../../../workers/backtest/api.ts'
import { readingsOf } from '../../../../workers/backtest/options/chainReadings.ts'
import { historyDays } from '../../../../workers/backtest/options/historyZ.ts'
import { strikemap } from '../../../../workers/backtest/options/strikemap.ts'
import { surfaceView } from '../../../../workers/backtest/options/surface.ts'
import { quotedDay, tablesOf } from './manyDays.ts'

const strikes = Array.from({ length: 13 }, (_, i) => 88 + 2 * i)
const random = createRandom(3, 'noise of quotes')
const days = Array.from({ length: historyDays + 2 }, (_, i) =>
  quotedDay(20_000 + i, 100, strikes, [20_060, 20_120], () => random.normal()),
)
const last = days[historyDays + 1]
/** On the last day one call costs a half-spread more than before, which nobody would call dear by itself. */
const at = last.rows.findIndex(({ strike, right }) => strike === 104 && right > 0)
last.rows[at] = { ...last.rows[at], bid: last.rows[at].bid * 1.02, ask: last.rows[at].ask * 1.02 }
const chains = readingsOf(tablesOf('QQQ', days))
const query = (i: number) => ({ symbol: 'QQQ', day: days[i].day, settings: recommendedStrikemap })
const mapOf = (i: number) => strikemap(chains, i, query(i))

describe('the Strikemap of a day', () => {
  const map = mapOf(historyDays + 1)

  it('has a row for every contract, and counts what became of them', () => {
    expect([...map.strike]).toEqual(last.rows.map(({ strike }) => strike))
    expect([...map.right]).toEqual(last.rows.map(({ right }) => right))
    expect(map.states.reduce((sum, count) => sum + count, 0)).toBe(last.rows.length)
    expect(map.states[rowStates.indexOf('used')]).toBe(map.state.filter((code) => code === 0).length)
    expect(map.tradableCount).toBe(map.tradable.filter((value) => value === 1).length)
    expect(map.cheap + map.dear).toBe(map.call.filter((call) => call !== 0).length)
  })

  it('says how far the vendor’s volatilities are away', () => {
    expect(map.vendor.compared).toBeGreaterThan(40)
    expect(map.vendor.median).toBeCloseTo(0.01, 2)
    expect(map.vendor.p95).toBeGreaterThanOrEqual(map.vendor.median)
  })

  it('shows what the other definition would have called, and what its calls would earn after the spread', () => {
    const settings = { ...recommendedStrikemap, definition: 'original' as const }
    const other = strikemap(chains, historyDays + 1, { ...query(historyDays + 1), settings })
    expect([other.cheap, other.dear]).toEqual([map.otherCheap, map.otherDear])
    expect(other.cheap).toBeGreaterThan(0)
    expect(other.meanEdge).toBeLessThan(0)
    expect(map.meanEdge).toBeNaN()
  })
})

describe('z against the history of the bucket', () => {
  it('sees what is unusual for such a contract, though its own day does not', () => {
    const map = mapOf(historyDays + 1)
    expect(map.call[at]).toBe(0)
    expect(map.historyZ[at]).toBeGreaterThan(2.5)
    const others = map.historyZ.filter((z, i) => i !== at && !Number.isNaN(z))
    expect(others.length).toBeGreaterThan(20)
    expect(others.filter((z) => Math.abs(z) > 2.5).length).toBeLessThan(others.length / 10)
  })

  it('says nothing before there are as many days, and nothing of the days after', () => {
    expect([...mapOf(historyDays - 1).historyZ].every(Number.isNaN)).toBe(true)
    const alone = readingsOf(tablesOf('QQQ', days.slice(0, historyDays + 1)))
    expect(strikemap(alone, historyDays, query(historyDays)).historyZ).toEqual(mapOf(historyDays).historyZ)
  })
})

describe('the smiles of a day', () => {
  it('are drawn between their quotes, each quote with its row', () => {
    const view = surfaceView(chains, 3, query(3))
    expect(view.expiries).toHaveLength(2)
    for (const { curve, quotes, fit, forward } of view.expiries) {
      expect(curve.x[0]).toBe(fit.from)
      expect(curve.x.at(-1)).toBe(fit.to)
      expect(curve.strike[0]).toBeCloseTo(forward * Math.exp(fit.from), 10)
      expect(Math.abs(curve.vol[30] - 0.25)).toBeLessThan(0.005)
      quotes.row.forEach((row, i) => {
        expect(quotes.x[i]).toBeCloseTo(Math.log(days[3].rows[row].strike / forward), 10)
        expect(quotes.bid[i]).toBeLessThan(quotes.mid[i])
        expect(quotes.mid[i]).toBeLessThan(quotes.ask[i])
      })
    }
    expect(view.grid.vol).toHaveLength(view.grid.x.length * 2)
    expect([...view.grid.days]).toEqual([57, 117])
  })
})
