import { describe, expect, it } from 'vitest'
import { fillOrder, ORIGINAL_EXITS, RECOMMENDED_EXITS } from '../../../../datasets/demand/exitRules.ts'

/** One symbol; each bar is open, high, low, close in dollars. */
function view(...bars: [number, number, number, number][]) {
  const column = (k: number) => Int32Array.from(bars, (bar) => Math.round(100 * bar[k]))
  return {
    dates: Int32Array.from(bars, (_, day) => day),
    prices: { open: column(0), high: column(1), low: column(2), close: column(3) },
    adjFactor: new Float64Array(bars.length).fill(1),
  }
}
const order = { symbol: 0, direction: 1 as const, entryDay: 0, bars: 5 }
const quiet: [number, number, number, number] = [100, 101, 99, 100]
/** Slippage and commission of both sides, about. */
const costs = 0.0012

describe('an order of the oracle', () => {
  it('gains the target less costs when a bar reaches it', () => {
    const fill = fillOrder(view(quiet, [101, 109, 100, 103], quiet), order, RECOMMENDED_EXITS)!
    expect(fill.exitDay).toBe(1)
    expect(fill.gain).toBeCloseTo(0.08 - costs + 0.0005, 3)
  })

  it('loses the stop when a bar reaches both', () => {
    const fill = fillOrder(view(quiet, [101, 109, 94, 103]), order, RECOMMENDED_EXITS)!
    expect(fill.gain).toBeCloseTo(-0.05 - costs + 0.0005, 3)
  })

  it('is checked against its stop on the day of the entry too', () => {
    const fill = fillOrder(view([100, 101, 94, 100], quiet), order, RECOMMENDED_EXITS)!
    expect(fill.exitDay).toBe(0)
    expect(fill.gain).toBeLessThan(-0.05)
  })

  it('fills at the open that passed the stop, and loses more', () => {
    const fill = fillOrder(view(quiet, [90, 91, 89, 90]), order, RECOMMENDED_EXITS)!
    expect(fill.gain).toBeCloseTo(-0.1 - costs, 3)
  })

  it('ends at the close of its last bar', () => {
    const fill = fillOrder(
      view(quiet, quiet, [100, 104, 100, 103], quiet),
      { ...order, bars: 3 },
      RECOMMENDED_EXITS,
    )!
    expect(fill.exitDay).toBe(2)
    expect(fill.gain).toBeCloseTo(0.03 - costs, 3)
  })

  it('ends at the last price of a symbol that stops trading', () => {
    const gone: [number, number, number, number] = [0, 0, 0, 0]
    const fill = fillOrder(view(quiet, [100, 103, 100, 102], gone, gone), order, RECOMMENDED_EXITS)!
    expect(fill.exitDay).toBe(1)
    expect(fill.gain).toBeCloseTo(0.02 - costs, 3)
    expect(fillOrder(view(gone, quiet), order, RECOMMENDED_EXITS)).toBeNull()
  })

  it('has a nearer target and a farther stop of its own as an original short', () => {
    const short = { ...order, direction: -1 as const }
    const fall = fillOrder(view(quiet, [99, 99.5, 97.5, 98]), short, ORIGINAL_EXITS)!
    expect(fall.gain).toBeCloseTo(0.02 - costs + 0.0005, 3)
    const climb = fillOrder(view(quiet, [101, 103.5, 100.5, 103]), short, ORIGINAL_EXITS)!
    expect(climb.gain).toBeCloseTo(-0.03 - costs + 0.0005, 3)
  })
})
