import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bars } from '../../../workers/data/quality/bars.ts'
import { jumps } from '../../../workers/data/quality/jumps.ts'

interface Event {
  /** Raw open ÷ close before. */
  open: number
  /** Close ÷ open of that day. */
  intraday: number
  /** Volume ÷ usual volume. */
  volume: number
  /** Volume of all bars after it ÷ usual volume; 1 unless given. */
  later?: number
  /** Calendar days since the bar before. */
  gap?: number
  /** The next bars return to the level before. */
  back?: boolean
}

const usual = 1_000_000
const eventBar = 60

/** 120 quiet bars with one event in the middle. */
function seriesWith(event: Event, noise = 0.01): Bars {
  const n = 120
  const bars: Bars = {
    symbol: 'X',
    day: new Int32Array(n),
    open: new Float64Array(n),
    high: new Float64Array(n),
    low: new Float64Array(n),
    close: new Float64Array(n),
    volume: new Float64Array(n),
    factor: new Float64Array(n).fill(1),
  }
  let price = 100
  let day = 18_000
  const level = event.open * event.intraday
  for (let i = 0; i < n; i++) {
    const wave = noise * Math.sin(i * 1.7)
    const isEvent = i === eventBar
    day += isEvent ? (event.gap ?? 1) : 1
    if (i === eventBar + 1 && event.back) price /= level
    bars.day[i] = day
    bars.open[i] = isEvent ? price * event.open : price * (1 + wave / 2)
    bars.close[i] = isEvent ? bars.open[i] * event.intraday : price * (1 + wave)
    bars.high[i] = Math.max(bars.open[i], bars.close[i])
    bars.low[i] = Math.min(bars.open[i], bars.close[i])
    bars.volume[i] = usual * (isEvent ? event.volume : i > eventBar ? (event.later ?? 1) : 1)
    price = isEvent ? bars.close[i] : price
  }
  return bars
}

const factorFor = (event: Event, noise?: number) => jumps(seriesWith(event, noise)).map((jump) => jump.factor)

describe('jumps', () => {
  it('a quiet series has none', () => {
    expect(factorFor({ open: 1, intraday: 1, volume: 1 })).toEqual([])
  })

  it('any usual split is found with its factor, the day’s own move set apart', () => {
    const splits = fc.constantFrom(1.5, 2, 3, 4, 5, 7, 10, 20, 50, 1 / 2, 1 / 4, 1 / 10, 1 / 20)
    const move = fc.double({ min: 0.98, max: 1.02, noNaN: true })
    fc.assert(
      fc.property(
        splits,
        move,
        move,
        fc.double({ min: 0.5, max: 1.4, noNaN: true }),
        (factor, gap, day, busy) => {
          expect(factorFor({ open: gap / factor, intraday: day, volume: busy * factor })).toEqual([factor])
        },
      ),
    )
  })

  it('a fall by half on a day of news is no split: the volume, in new shares, is many times the usual', () => {
    expect(factorFor({ open: 0.502, intraday: 0.98, volume: 12 })).toEqual([null])
  })

  it('a fall by half on five times the volume is none either, although a busy split is one', () => {
    expect(factorFor({ open: 0.5, intraday: 1, volume: 5 })).toEqual([null])
    expect(factorFor({ open: 0.5, intraday: 1, volume: 5, later: 2.2 })).toEqual([2])
    expect(factorFor({ open: 1 / 3, intraday: 1, volume: 10 })).toEqual([null])
  })

  it('a split on a night when the market moves by five per cent keeps its factor', () => {
    const splits = fc.constantFrom(2, 3, 4, 5, 10, 20, 1 / 2, 1 / 5, 1 / 10, 1 / 20)
    fc.assert(
      fc.property(splits, fc.double({ min: 0.952, max: 1.05, noNaN: true }), (factor, gap) => {
        const event = { open: gap / factor, intraday: 1, volume: factor, later: factor }
        expect(factorFor(event)).toEqual([factor])
      }),
    )
  })

  it('a rare factor is named where the price opens on it', () => {
    for (const factor of [9, 12, 18, 1 / 9]) {
      expect(factorFor({ open: 1 / factor, intraday: 1, volume: factor, later: factor })).toEqual([factor])
    }
  })

  it('a jump to the double on heavy volume is no reverse split, for volume would have halved', () => {
    expect(factorFor({ open: 2, intraday: 1, volume: 8 })).toEqual([null])
  })

  it('a fall that opens far from a usual ratio is no split', () => {
    expect(factorFor({ open: 0.58, intraday: 0.8, volume: 2 })).toEqual([null])
  })

  it('a fall that goes on after the open is no split', () => {
    expect(factorFor({ open: 0.5, intraday: 0.7, volume: 2 })).toEqual([null])
  })

  it('a jump across a hole in the dates is never taken for a split', () => {
    expect(factorFor({ open: 0.5, intraday: 1, volume: 2, gap: 7 })).toEqual([null])
    expect(factorFor({ open: 0.5, intraday: 1, volume: 2, gap: 4 })).toEqual([2])
  })

  it('a level that comes back the next day was a misprint', () => {
    expect(factorFor({ open: 0.1, intraday: 1, volume: 10, back: true })[0]).toBeNull()
  })

  it('in weeks as wild as the jump nothing is taken for a split', () => {
    expect(factorFor({ open: 1 / 1.5, intraday: 1, volume: 1.5 }, 0.15)).not.toContain(1.5)
  })

  it('prices whose factor adjusts for the split already show no jump', () => {
    const bars = seriesWith({ open: 0.25, intraday: 1, volume: 4 })
    bars.factor.fill(0.25, 0, eventBar)
    expect(jumps(bars)).toEqual([])
  })
})
