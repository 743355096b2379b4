import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benchPanel } from '../../../bench/backtestPanel.ts'
import { columnsOf, roundApart } from '../../../../workers/backtest/gpu/columns.ts'
import { ruleSweepOf } from '../../../../workers/backtest/gpu/ruleSweep.ts'
import type { Axis } from '../../../../workers/backtest/sweep/contract.ts'
import { bandDistance, sma } from '../../../../workers/quant/indicators.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'

describe('rounding to float32', () => {
  const levels = [20, 30, 30.1, 70, 70.3]

  it('keeps a value on its side of every level, however near', () => {
    const near = fc.tuple(fc.constantFrom(...levels), fc.integer({ min: -40, max: 40 }))
    fc.assert(
      fc.property(near, ([level, ulps]) => {
        const value = level + ulps * 3e-15 * level
        const rounded = roundApart(value, levels)
        for (const other of levels) {
          expect(Math.sign(rounded - Math.fround(other))).toBe(Math.sign(value - other))
        }
        expect(rounded).toBe(Math.fround(rounded))
        expect(Math.abs(rounded - value)).toBeLessThan(2e-7 * value)
      }),
    )
  })

  it('is the usual one away from the levels', () => {
    expect(roundApart(51.234567891, levels)).toBe(Math.fround(51.234567891))
    expect(roundApart(0.1, [])).toBe(Math.fround(0.1))
  })
})

const panel = benchPanel(2, 260, 9)

function columns(on: string, axes: Axis[], from: number | null = null) {
  const params = {
    ...defaultParams(
      systemInfos.find(({ id }) => id === 'options')!,
      'recommended',
    ),
    ...{
      rsiOn: false,
      averagesOn: false,
      volumeOn: false,
      macdOn: false,
      bollingerOn: false,
      momentumOn: false,
    },
    [on]: true,
  }
  const sweep = ruleSweepOf(
    panel,
    { system: 'options', params, from, to: null, outOfSampleFrom: null, benchmark: 'QQQ', seed: 1 },
    axes,
  )
  if (typeof sweep === 'string') throw new Error(sweep)
  return columnsOf(panel, sweep)
}

const close = panel.close.subarray(260)

describe('the columns of a sweep', () => {
  it('order moving averages as float64 does, each length once', () => {
    const { values, count, columnOf } = columns('averagesOn', [
      { param: 'averageFast', values: [3, 5, 8] },
      { param: 'averageSlow', values: [8, 13, 21] },
    ])
    expect(count).toBe(5)
    const lengths = [3, 5, 8, 13, 21]
    const averages = lengths.map((n) => sma(close, n))
    for (let day = 20; day < 260; day++) {
      for (let a = 0; a < 5; a++) {
        for (let b = 0; b < 5; b++) {
          const at = (n: number) => values[(day + 1) * count + columnOf('average')(n)]
          expect(Math.sign(at(lengths[a]) - at(lengths[b]))).toBe(
            Math.sign(averages[a][day] - averages[b][day]),
          )
        }
      }
    }
  })

  it('have no value before the first bar, nor while an average warms up', () => {
    const { values, count, columnOf } = columns('averagesOn', [
      { param: 'averageFast', values: [3] },
      { param: 'averageSlow', values: [8] },
    ])
    const slow = columnOf('average')(8)
    for (let row = 0; row <= 7; row++) expect(values[row * count + slow]).toBe(-1)
    expect(values[8 * count + slow]).toBeGreaterThanOrEqual(0)
  })

  it('begin with the bar before a run that starts later', () => {
    const { values } = columns('bollingerOn', [{ param: 'bollingerDays', values: [10] }], panel.dates[100])
    expect(values[0]).toBeCloseTo(bandDistance(close, 10)[99], 6)
    expect(values[1]).toBeCloseTo(bandDistance(close, 10)[100], 6)
  })

  it('keep behind the values what rounding took from them', () => {
    const { values } = columns('bollingerOn', [{ param: 'bollingerDays', values: [10] }])
    const wanted = bandDistance(close, 10)
    for (let day = 10; day < 260; day++) {
      expect(values[day + 1] + values[261 + day + 1]).toBeCloseTo(wanted[day], 12)
    }
  })
})
