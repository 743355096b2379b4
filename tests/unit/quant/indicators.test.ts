import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as indicators from '../../../workers/quant/indicators.ts'
import { describeShared, sharedJson, sharedText } from '../shared.ts'

const { adx, atr, bandDistance, bollinger, ema, macd, obv, rsi, sma, stochastic, roc, zscore } = indicators
const { rollingMedian, rollingMad } = indicators

/** Columns of numbers of a CSV with a header; an empty cell is NaN. */
function columns(text: string): Map<string, Float64Array> {
  const [header, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
  return new Map(
    header.map((name, at) => [
      name.trim(),
      Float64Array.from(rows, (row) => (row[at] ? Number(row[at]) : NaN)),
    ]),
  )
}

function column(table: Map<string, Float64Array>, name: string): Float64Array {
  const found = table.get(name)
  if (!found) throw new Error(`no column ${name} among ${[...table.keys()].join(', ')}`)
  return found
}

describeShared('indicators of Skender.Stock.Indicators, 502 bars', () => {
  const folder = ['oracles', 'indicators-skender'] as const
  const lines = sharedText(...folder, 'quotes.default.csv')
    .trim()
    .split(/\r?\n/)
  const quotes = columns([lines[0], ...lines.slice(1).sort()].join('\n'))
  const [high, low, close, volume] = ['high', 'low', 'close', 'volume'].map((name) => column(quotes, name))

  function expectEqual(file: string, field: string, values: Float64Array) {
    const expected = sharedJson<Record<string, number | null>[]>(
      ...folder,
      'results',
      `${file}.standard.json`,
    ).map((row) => row[field])
    expect(values.length).toBe(expected.length)
    for (let i = 0; i < expected.length; i++) {
      const value = expected[i]
      if (value === null) expect(values[i], `${field} at ${i} is warm-up`).toBeNaN()
      else expect(Math.abs(values[i] - value), `${field} at ${i}`).toBeLessThanOrEqual(1e-9)
    }
  }

  it('agrees on averages', () => {
    expectEqual('sma', 'sma', sma(close, 20))
    expectEqual('ema', 'ema', ema(close, 20))
  })
  it('agrees on the relative strength index', () => {
    expectEqual('rsi', 'rsi', rsi(close, 14))
  })
  it('agrees on MACD, its signal and histogram', () => {
    const lines = macd(close, 12, 26, 9)
    expectEqual('macd', 'macd', lines.macd)
    expectEqual('macd', 'signal', lines.signal)
    expectEqual('macd', 'histogram', lines.histogram)
  })
  it('agrees on the average true range', () => {
    expectEqual('atr', 'atr', atr(high, low, close, 14))
  })
  it('agrees on Bollinger bands and the distance from their middle', () => {
    const bands = bollinger(close, 20, 2)
    expectEqual('bb', 'sma', bands.middle)
    expectEqual('bb', 'upperBand', bands.upper)
    expectEqual('bb', 'lowerBand', bands.lower)
    const population = Math.sqrt(20 / 19)
    expectEqual(
      'bb',
      'zScore',
      zscore(close, 20).map((z) => z * population),
    )
  })
  it('agrees on on-balance volume, but for the first volume it starts at', () => {
    expectEqual(
      'obv',
      'obv',
      obv(close, volume).map((total) => total - volume[0]),
    )
  })
  it('agrees on the stochastic oscillator', () => {
    const lines = stochastic(high, low, close, 14, 3, 3)
    expectEqual('stoch', 'k', lines.k)
    expectEqual('stoch', 'd', lines.d)
  })
  it('agrees on the directional index', () => {
    expectEqual('adx', 'adx', adx(high, low, close, 14))
  })
  it('agrees on the rate of change, which it states in percent', () => {
    expectEqual(
      'roc',
      'roc',
      roc(close, 14).map((change) => 100 * change),
    )
  })
})

describeShared('indicators of LEAN, which rounds its closes', () => {
  const table = (name: string) => columns(sharedText('oracles', 'indicators-greeks-lean', `${name}.txt`))

  function expectNear(values: Float64Array, expected: Float64Array, tolerance: number, from = 0) {
    let compared = 0
    for (let i = from; i < expected.length; i++) {
      if (Number.isNaN(expected[i])) continue
      expect(Math.abs(values[i] - expected[i]), `row ${i}`).toBeLessThanOrEqual(tolerance)
      compared++
    }
    expect(compared).toBeGreaterThan(50)
  }

  it('agrees on SMA, EMA and RSI', () => {
    const file = table('spy_with_indicators')
    const close = column(file, 'Close')
    expectNear(sma(close, 14), column(file, 'SMA14'), 1e-2)
    expectNear(ema(close, 14), column(file, 'EMA14'), 1e-2)
    expectNear(rsi(close, 14), column(file, 'RSI 14 Wilder'), 1e-4)
  })
  it('agrees on Bollinger bands', () => {
    const file = table('spy_bollinger_bands')
    const bands = bollinger(column(file, 'Close'), 20, 2)
    expectNear(bands.upper, column(file, 'Bollinger Bands® 20 2 Top'), 1e-2)
    expectNear(bands.lower, column(file, 'Bollinger Bands® 20 2 Bottom'), 1e-2)
  })
  it('agrees on the average true range of Wilder', () => {
    const file = table('spy_atr_wilder')
    const values = atr(column(file, 'High'), column(file, 'Low'), column(file, 'Close'), 14)
    // LEAN counts the range of the first bar as its true range; the difference decays by 13/14 a bar.
    expectNear(values, column(file, 'Average True Range 14'), 1e-2, 60)
  })
  it('agrees on slow stochastics', () => {
    const file = table('spy_with_stoch12k3')
    const lines = stochastic(column(file, 'High'), column(file, 'Low'), column(file, 'Close'), 12, 3, 5)
    expectNear(lines.k, column(file, 'Stochastics 12 %K 3'), 1e-2)
    expectNear(lines.d, column(file, '%D 5'), 1e-2)
  })
  it('agrees on the directional index', () => {
    const file = table('spy_with_adx')
    expectNear(
      adx(column(file, 'High'), column(file, 'Low'), column(file, 'Close'), 14),
      column(file, 'ADX 14'),
      1e-2,
    )
  })
  it('agrees on the changes of on-balance volume', () => {
    const file = table('spy_with_obv')
    const ours = obv(column(file, 'Close'), column(file, 'Volume'))
    const theirs = column(file, 'OBV')
    const start = theirs.findIndex((value) => !Number.isNaN(value))
    const shift = theirs[start] - ours[start]
    expectNear(
      ours.map((total) => (total + shift) / 1e6),
      theirs.map((total) => total / 1e6),
      1,
    )
  })
})

/** A series as rough as prices are: steps of either sign, levels from cents to millions. */
const prices = fc
  .record({
    level: fc.constantFrom(0.01, 1, 300, 1e6),
    steps: fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 120 }),
  })
  .map(({ level, steps }) => {
    let price = level
    return Float64Array.from(steps, (step) => (price *= 1 + step / 1000))
  })
const windows = fc.integer({ min: 1, max: 25 })

function direct(x: Float64Array, n: number, measure: (window: Float64Array) => number): Float64Array {
  return Float64Array.from(x, (_, i) => (i + 1 < n ? NaN : measure(x.subarray(i + 1 - n, i + 1))))
}
function meanOf(x: Float64Array): number {
  return x[0] + x.reduce((sum, value) => sum + (value - x[0]), 0) / x.length
}
function sumOfSquares(x: Float64Array): number {
  const mean = meanOf(x)
  return x.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}
function medianOf(x: Float64Array): number {
  const sorted = Float64Array.from(x).sort()
  const half = sorted.length >> 1
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
function expectClose(values: Float64Array, expected: Float64Array, tolerance: number) {
  for (let i = 0; i < expected.length; i++) {
    if (Number.isNaN(expected[i])) expect(values[i]).toBeNaN()
    else expect(Math.abs(values[i] - expected[i])).toBeLessThanOrEqual(tolerance * Math.max(1, expected[i]))
  }
}

describe('windows', () => {
  it('equal the measure taken on each window by itself', () => {
    fc.assert(
      fc.property(prices, windows, (x, n) => {
        expectClose(sma(x, n), direct(x, n, meanOf), 1e-14)
        expectClose(rollingMedian(x, n), direct(x, n, medianOf), 0)
        expectClose(
          rollingMad(x, n),
          direct(x, n, (window) => {
            const centre = medianOf(window)
            return medianOf(window.map((value) => Math.abs(value - centre)))
          }),
          1e-15,
        )
        const highest = direct(x, n, (window) => Math.max(...window))
        const lowest = direct(x, n, (window) => Math.min(...window))
        const { k } = stochastic(x, x, x, n, 1, 1)
        expectClose(
          k,
          x.map((value, i) =>
            highest[i] === lowest[i] ? 0 : (100 * (value - lowest[i])) / (highest[i] - lowest[i]),
          ),
          1e-12,
        )
      }),
    )
  })

  it('do not drift over 200,000 bars at a price of a million', () => {
    const x = new Float64Array(200_000)
    let state = 1
    for (let i = 0; i < x.length; i++) {
      state = (state * 16807) % 2147483647
      x[i] = 1e6 + state / 2147483647
    }
    const bands = bollinger(x, 20, 2)
    const average = sma(x, 200)
    for (let i = 199; i < x.length; i += 97) {
      const window = x.subarray(i - 19, i + 1)
      const width = 2 * Math.sqrt(sumOfSquares(window) / 20)
      expect(Math.abs(bands.upper[i] - (meanOf(window) + width))).toBeLessThanOrEqual(1e-9)
      expect(Math.abs(bands.lower[i] - (meanOf(window) - width))).toBeLessThanOrEqual(1e-9)
      expect(Math.abs(average[i] - meanOf(x.subarray(i - 199, i + 1)))).toBeLessThanOrEqual(1e-9)
    }
  })

  it('are spoilt by the missing values they hold and by no other', () => {
    fc.assert(
      fc.property(prices, windows, fc.array(fc.nat(119), { maxLength: 6 }), (x, n, missing) => {
        for (const i of missing) if (i < x.length) x[i] = NaN
        expectClose(sma(x, n), direct(x, n, meanOf), 1e-14)
        const spread = direct(x, n, (window) => meanOf(window) + 2 * Math.sqrt(sumOfSquares(window) / n))
        expectClose(bollinger(x, n, 2).upper, spread, 1e-12)
      }),
    )
  })

  it('keep their digits beside a single price that is a million times as large', () => {
    const x = Float64Array.from({ length: 100 }, (_, i) => 1 + (i % 7) / 1000)
    for (const outlier of [40, 59, 60]) x[outlier] = 1e6
    const { middle, upper } = bollinger(x, 20, 1)
    for (let i = 19; i < x.length; i++) {
      const window = x.subarray(i - 19, i + 1)
      const deviation = Math.sqrt(sumOfSquares(window) / 20)
      expect(Math.abs(middle[i] / meanOf(window) - 1)).toBeLessThan(1e-15 * 1e6)
      expect(Math.abs((upper[i] - middle[i]) / deviation - 1)).toBeLessThan(1e-9)
    }
    expect(Math.abs(upper[99] - middle[99] - 0.002)).toBeLessThan(1e-4)
  })

  it('of whole prices with the same mean are equal, so that no crossing is made of rounding', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 12, maxLength: 60 }), (values) => {
        const x = Float64Array.from(values)
        const fast = sma(x, 4)
        const slow = sma(x, 12)
        for (let i = 11; i < x.length; i++) {
          const sumOf = (n: number) => x.subarray(i - n + 1, i + 1).reduce((sum, value) => sum + value, 0)
          expect(Math.sign(fast[i] - slow[i])).toBe(Math.sign(3 * sumOf(4) - sumOf(12)))
        }
      }),
    )
  })

  it('find no spread at all in a constant price, even one without an exact binary form', () => {
    const flat = new Float64Array(100).fill(0.1)
    const bands = bollinger(flat, 20, 2)
    expect(bands.upper.slice(19).every((value) => value === 0.1)).toBe(true)
    expect(bands.lower.slice(19).every((value) => value === 0.1)).toBe(true)
    expect(
      sma(flat, 7)
        .slice(6)
        .every((value) => value === 0.1),
    ).toBe(true)
    expect(zscore(flat, 10).every(Number.isNaN)).toBe(true)
    expect(
      macd(flat, 12, 26, 9)
        .histogram.slice(33)
        .every((value) => value === 0),
    ).toBe(true)
  })
})

type Named = [name: string, compute: (x: Float64Array, n: number) => Float64Array]
const bar = (x: Float64Array) => ({
  high: x.map((v, i) => v * (1 + (i % 5) / 500)),
  low: x.map((v, i) => v * (1 - (i % 3) / 500)),
})
const all: Named[] = [
  ['sma', sma],
  ['ema', ema],
  ['rsi', rsi],
  ['macd signal', (x, n) => macd(x, n, n + 3, 4).signal],
  ['atr', (x, n) => atr(bar(x).high, bar(x).low, x, n)],
  ['bollinger', (x, n) => bollinger(x, n, 2).upper],
  ['bandDistance', bandDistance],
  ['obv', (x) => obv(x, x)],
  ['stochastic', (x, n) => stochastic(bar(x).high, bar(x).low, x, n, 3, 2).d],
  ['adx', (x, n) => adx(bar(x).high, bar(x).low, x, n)],
  ['roc', roc],
  ['zscore', zscore],
  ['rollingMedian', rollingMedian],
  ['rollingMad', rollingMad],
]

describe.each(all)('%s', (name, compute) => {
  it('knows nothing of later values, to the bit', () => {
    fc.assert(
      fc.property(prices, windows, fc.nat(120), (x, n, cut) => {
        expect(compute(x.slice(0, cut), n)).toEqual(compute(x, n).slice(0, cut))
      }),
    )
  })
  it('comes back after a missing value', () => {
    const x = Float64Array.from({ length: 80 }, (_, i) => 100 + Math.sin(i) * 3 + i / 10)
    x[30] = NaN
    const values = compute(x, 5)
    if (name !== 'obv') expect(values[30]).toBeNaN()
    expect(values[79]).not.toBeNaN()
  })
  it('is as long as its input, and all warm-up where that is too short', () => {
    expect(compute(new Float64Array(0), 5)).toHaveLength(0)
    const short = compute(Float64Array.of(1, 2, 3), 9)
    expect(short).toHaveLength(3)
    if (name !== 'obv') expect(short.every(Number.isNaN)).toBe(true)
  })
})

describe('a result that is handed in', () => {
  const x = Float64Array.from({ length: 60 }, (_, i) => 100 + Math.sin(i) * 3)
  x[25] = NaN
  const used = () => new Float64Array(60).fill(7)

  it('is written over from end to end', () => {
    for (const n of [1, 5, 25, 59, 60, 61]) {
      expect(sma(x, n, used())).toEqual(sma(x, n))
      expect(rsi(x, n, used())).toEqual(rsi(x, n))
      expect(bandDistance(x, n, used())).toEqual(bandDistance(x, n))
      for (const slow of [2, 30, 70]) {
        const room = { macd: used(), signal: used(), histogram: used() }
        expect(macd(x, n, slow, 4, room)).toEqual(macd(x, n, slow, 4))
        const line = ema(x, n).map((value, i) => value - ema(x, slow)[i])
        expect(room.macd).toEqual(line)
        expect(room.signal).toEqual(ema(line, 4))
      }
    }
  })
})

describe('the distance from the middle of the bands', () => {
  it('is the k of the band on which the close lies', () => {
    const x = Float64Array.from({ length: 80 }, (_, i) => 50 + Math.sin(i * i))
    const distance = bandDistance(x, 14)
    for (let i = 13; i < 80; i++) expect(bollinger(x, 14, distance[i]).upper[i]).toBeCloseTo(x[i], 10)
    expect(bandDistance(new Float64Array(40).fill(0.1), 14).every(Number.isNaN)).toBe(true)
  })
})

describe('lengths', () => {
  it('that are no whole number of at least 1 are refused', () => {
    for (const n of [0, -1, 2.5, NaN]) expect(() => sma(Float64Array.of(1, 2, 3), n)).toThrow(RangeError)
  })
})

describe('the relative strength index', () => {
  it('is 100 while nothing ever fell, and 0 while nothing ever rose', () => {
    const rising = Float64Array.from({ length: 20 }, (_, i) => 10 + i)
    expect(rsi(rising, 5)[19]).toBe(100)
    expect(rsi(rising.toReversed(), 5)[19]).toBe(0)
  })
})
