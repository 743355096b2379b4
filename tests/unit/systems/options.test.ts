import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bollinger, macd, rsi } from '../../../workers/quant/indicators.ts'
import type { Panel } from '../../../workers/quant/panel.ts'
import { defaultParams, systemInfos } from '../../../workers/systems/api.ts'
import { options } from '../../../workers/systems/options.ts'
import type { OptionsParams } from '../../../workers/systems/optionsParams.ts'
import { technicalSignals } from '../../../workers/systems/optionsSignals.ts'
import { realPanel } from '../realPrices.ts'
import { describeShared } from '../shared.ts'
import { closesMarket } from './closesMarket.ts'

const info = systemInfos[0]
const recommended = defaultParams(info, 'recommended') as OptionsParams
const switches = ['rsiOn', 'averagesOn', 'volumeOn', 'macdOn', 'bollingerOn', 'momentumOn'] as const
type Switch = (typeof switches)[number]

function only(signals: Switch[], changed: Partial<OptionsParams> = {}): OptionsParams {
  const chosen = Object.fromEntries(switches.map((name) => [name, signals.includes(name)]))
  return { ...recommended, ...chosen, ...changed }
}

interface Row {
  day: number
  symbol: number
  direction: number
  conviction: number
  reason: string
}
function decide(panel: Panel, params: OptionsParams, tradable = panel.symbols.map(() => 1)): Row[] {
  const found = options.signals({ panel, tradable: Uint8Array.from(tradable) }, params)
  return Array.from(found.day, (day, i) => ({
    day,
    symbol: found.symbol[i],
    direction: found.direction[i],
    conviction: found.conviction[i],
    reason: options.reasons[found.reason?.[i] ?? -1],
  }))
}

/** Alternates a little around 100 so that gains and losses balance, then follows the steps. */
function calmThen(steps: number[], calm = 40): number[] {
  const closes = Array.from({ length: calm }, (_, d) => 100 + (d % 2))
  for (const step of steps) closes.push(closes[closes.length - 1] * (1 + step))
  return closes
}
const busyOn = (days: number, busy: number[]) =>
  Array.from({ length: days }, (_, d) => (busy.includes(d) ? 3000 : 1000))

describe('the RSI signal', () => {
  const closes = calmThen([-0.02, -0.03, -0.03, -0.03])
  const index = rsi(Float64Array.from(closes), 14)
  const crossing = index.findIndex((value, d) => value < 30 && index[d - 1] >= 30)

  it('buys on the day the index crosses below 30 on high volume, by a tenth of the distance', () => {
    const rows = decide(closesMarket([closes], [busyOn(closes.length, [crossing])]), only(['rsiOn']))
    expect(rows).toEqual([
      { day: crossing, symbol: 0, direction: 1, conviction: (30 - index[crossing]) / 10, reason: 'RSI' },
    ])
  })
  it('stays out on ordinary volume, unless the condition is switched off', () => {
    expect(decide(closesMarket([closes]), only(['rsiOn']))).toEqual([])
    expect(decide(closesMarket([closes]), only(['rsiOn'], { rsiVolumeRatio: 0 }))).toHaveLength(1)
  })
  it('closes when the index crosses above 70, whatever the volume', () => {
    const rising = calmThen([0.03, 0.03, 0.03, 0.03])
    const above = rsi(Float64Array.from(rising), 14)
    const day = above.findIndex((value, d) => value > 70 && above[d - 1] <= 70)
    expect(decide(closesMarket([rising]), only(['rsiOn']))).toEqual([
      { day, symbol: 0, direction: 0, conviction: Math.min(1, (above[day] - 70) / 10), reason: 'RSI' },
    ])
  })
})

describe('the moving-average signal', () => {
  // Means of two against means of four days.
  const closes = [10, 10, 10, 10, 8, 8, 8, 8, 11, 11, 11, 7]
  const params = only(['averagesOn'], { averageFast: 2, averageSlow: 4 })

  it('closes where the fast average crosses below the slow one and buys where it crosses above', () => {
    expect(decide(closesMarket([closes]), params)).toEqual([
      { day: 4, symbol: 0, direction: 0, conviction: 0.7, reason: 'Moving averages' },
      { day: 8, symbol: 0, direction: 1, conviction: 0.8, reason: 'Moving averages' },
      { day: 11, symbol: 0, direction: 0, conviction: 0.7, reason: 'Moving averages' },
    ])
  })
  it('sells short instead of closing where that is allowed', () => {
    const directions = decide(closesMarket([closes]), { ...params, allowShort: true }).map(
      (row) => row.direction,
    )
    expect(directions).toEqual([-1, 1, -1])
  })
})

describe('the volume signal', () => {
  it('buys a rise of more than 2 % in five days on more than twice the usual volume', () => {
    const closes = [...Array<number>(25).fill(100), 103, 103, 103]
    const day = 26
    const panel = closesMarket([closes], [busyOn(closes.length, [3, day])])
    const ratio = 3000 / ((19 * 1000 + 3000) / 20)
    const rows = decide(panel, only(['volumeOn']))
    expect(rows).toEqual([{ day, symbol: 0, direction: 1, conviction: ratio / 3, reason: 'Volume' }])
  })
})

describe('the MACD signal', () => {
  it('follows the crossings of MACD and its signal', () => {
    const closes = Array.from({ length: 200 }, (_, d) => 100 + 10 * Math.sin(d / 12))
    const { histogram } = macd(Float64Array.from(closes), 12, 26, 9)
    const expected = Array.from(histogram.keys()).flatMap((day) => {
      if (histogram[day - 1] <= 0 && histogram[day] > 0) return [{ day, direction: 1, conviction: 0.6 }]
      if (histogram[day - 1] >= 0 && histogram[day] < 0) return [{ day, direction: 0, conviction: 0.5 }]
      return []
    })
    expect(expected.length).toBeGreaterThan(3)
    const rows = decide(closesMarket([closes]), only(['macdOn']))
    expect(rows.map(({ day, direction, conviction }) => ({ day, direction, conviction }))).toEqual(expected)
  })
})

describe('the Bollinger signal', () => {
  it('buys a close below the lower band and closes one above the upper, by the deviations beyond', () => {
    const closes = calmThen([-0.05, 0, 0.1])
    const { middle, upper, lower } = bollinger(Float64Array.from(closes), 20, 2)
    const deviation = (day: number) => (upper[day] - middle[day]) / 2
    const rows = decide(closesMarket([closes]), only(['bollingerOn']))
    expect(rows.map(({ day, direction }) => [day, direction])).toEqual([
      [40, 1],
      [41, 1],
      [42, 0],
    ])
    expect(rows[1].conviction).toBeCloseTo(Math.min(1, (lower[41] - closes[41]) / deviation(41)), 12)
    expect(rows[2].conviction).toBeCloseTo(Math.min(1, (closes[42] - upper[42]) / deviation(42)), 12)
  })
  it('says nothing of a price that does not move', () => {
    expect(decide(closesMarket([Array<number>(60).fill(0.1)]), recommended)).toEqual([])
  })
})

describe('the momentum signal', () => {
  it('buys a rise over five and ten days on high volume, by ten times the rise', () => {
    const closes = [...Array<number>(30).fill(100), 103, 106]
    const panel = closesMarket([closes], [busyOn(closes.length, [30, 31])])
    const [row, ...others] = decide(panel, only(['momentumOn']))
    expect(others).toEqual([])
    expect(row).toMatchObject({ day: 31, direction: 1, reason: 'Momentum' })
    expect(row.conviction).toBeCloseTo(0.6, 12)
  })
})

describe('several signals', () => {
  const rising = calmThen([0.02, 0.02, 0.02, 0.02])

  it('of one symbol and day: the side with the stronger conviction speaks, the other is silent', () => {
    const panel = closesMarket([rising], [busyOn(rising.length, [43])])
    const winners = [1, 2.7].map((bollingerWidth) => {
      const onDay = (...signals: Switch[]) =>
        decide(panel, only(signals, { bollingerWidth })).filter((row) => row.day === 43)
      const [bands] = onDay('bollingerOn')
      const [momentum] = onDay('momentumOn')
      const stronger = momentum.conviction > bands.conviction ? momentum : bands
      expect(onDay('bollingerOn', 'momentumOn')).toEqual([stronger])
      return stronger.reason
    })
    expect(winners).toEqual(['Bollinger bands', 'Momentum'])
  })
  it('on the same side each give a row, the strongest first', () => {
    const panel = closesMarket([rising], [busyOn(rising.length, [43])])
    const rows = decide(panel, only(['volumeOn', 'momentumOn'])).filter((row) => row.day === 43)
    expect(rows.map((row) => row.reason)).toEqual(['Momentum', 'Volume'])
    expect(rows[0].conviction).toBeGreaterThan(rows[1].conviction)
  })
  it('of equal strength on both sides close', () => {
    // A fall through the lower band and the 30 of the index, so far that both are certain, beside …
    const closes = calmThen([-0.2])
    const certain = only(['bollingerOn', 'rsiOn'], { rsiVolumeRatio: 0 })
    expect(decide(closesMarket([closes]), certain).map((row) => row.direction)).toEqual([1, 1])
    // … an index whose “overbought” is crossed by the same bar seen upside down.
    const mirrored = calmThen([0.2])
    const rows = decide(closesMarket([mirrored], [busyOn(mirrored.length, [40])]), {
      ...only(['rsiOn', 'momentumOn']),
    })
    expect(rows.map(({ direction, conviction }) => [direction, conviction])).toEqual([[0, 1]])
  })
  it('of several symbols stand in the order of the days, the strongest of a day first', () => {
    const panel = closesMarket([calmThen([-0.05, 0.03]), calmThen([-0.2, 0.1]), calmThen([-0.08, 0])])
    const rows = decide(panel, recommended)
    for (let i = 1; i < rows.length; i++) {
      const [before, row] = [rows[i - 1], rows[i]]
      expect(row.day > before.day || (row.day === before.day && row.conviction <= before.conviction)).toBe(
        true,
      )
    }
    expect(new Set(rows.map((row) => row.symbol)).size).toBe(3)
  })
})

describe('the options system', () => {
  it('never trades the benchmark', () => {
    const panel = closesMarket([calmThen([-0.2]), calmThen([-0.2])])
    expect(decide(panel, recommended, [0, 1]).every((row) => row.symbol === 1)).toBe(true)
  })

  const wave = Array.from({ length: 320 }, (_, d) => 100 + 12 * Math.sin(d / 9) + 5 * Math.sin(d / 2.3))

  it('decides the same on the same bars, whatever holidays lie between them', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(wave.length - 1), { maxLength: 40 }), (holidays) => {
        const closes: number[] = []
        const dayOf: number[] = []
        wave.forEach((price, bar) => {
          if (holidays.includes(bar)) closes.push(NaN)
          dayOf.push(closes.length)
          closes.push(price)
        })
        const plain = decide(closesMarket([wave]), recommended)
        expect(decide(closesMarket([closes]), recommended)).toEqual(
          plain.map((row) => ({ ...row, day: dayOf[row.day] })),
        )
      }),
      { numRuns: 30 },
    )
  })

  it('decides after any change of parameters as it would have at first', () => {
    const panel = closesMarket([wave, wave.toReversed()])
    fc.assert(
      fc.property(
        fc.record({
          rsiDays: fc.integer({ min: 2, max: 20 }),
          rsiLow: fc.integer({ min: 10, max: 50 }),
          averageFast: fc.integer({ min: 2, max: 20 }),
          bollingerWidth: fc.integer({ min: 1, max: 3 }),
          volumeDays: fc.integer({ min: 5, max: 30 }),
          macdOn: fc.boolean(),
          allowShort: fc.boolean(),
        }),
        (changed) => {
          const params = { ...recommended, ...changed }
          expect(decide(panel, params)).toEqual(decide({ ...panel }, params))
        },
      ),
    )
  })

  it('leaves what it decided as it was when it decides anew', () => {
    const panel = closesMarket([wave, wave.toReversed()])
    const first = decide(panel, recommended)
    const found = options.signals({ panel, tradable: Uint8Array.of(1, 1) }, recommended)
    decide(panel, { ...recommended, rsiDays: 3, bollingerDays: 7, allowShort: true })
    const kept = Array.from(found.day, (day, i) => [day, found.symbol[i], found.direction[i]])
    expect(kept).toEqual(first.map((row) => [row.day, row.symbol, row.direction]))
  })
  it('decides once where only the rules change', () => {
    const inputs = { panel: closesMarket([wave]), tradable: Uint8Array.of(1) }
    const before = options.signals(inputs, recommended)
    expect(options.signals(inputs, { ...recommended, stop: 0.01, capital: 5000 })).toBe(before)
    expect(options.signals(inputs, { ...recommended, allowShort: true })).not.toBe(before)
    expect(options.signals({ ...inputs, tradable: Uint8Array.of(0) }, recommended).day).toHaveLength(0)
  })
  it('asks again which symbols may be traded, even where the same list of them was changed', () => {
    const inputs = { panel: closesMarket([wave]), tradable: Uint8Array.of(1) }
    expect(options.signals(inputs, recommended).day.length).toBeGreaterThan(0)
    inputs.tradable[0] = 0
    expect(options.signals(inputs, recommended).day).toHaveLength(0)
  })

  it('turns its defaults into the rules of the description', () => {
    expect(options.rules(recommended)).toEqual({
      capital: 100_000,
      sizing: { kind: 'conviction', scale: 0.15, max: 0.2 },
      wholeShares: true,
      stop: 0.08,
      target: 0.15,
      ambiguousBar: 'pessimistic',
      allowShort: false,
      overlap: false,
      onOpposite: 'close',
      sizeOn: 'previousClose',
      trim: { above: 0.25, to: 0.2, everyDays: 30 },
      limits: { position: 0.2, gross: 1, minimumTrade: 1000 },
      costs: { commissionBps: 1, slippageBps: 5, borrowRate: 0.01 },
      cashRate: 0,
      breakers: {},
    })
  })
  it('leaves out a rule that is switched off by its zero', () => {
    const off = { ...recommended, stop: 0, target: 0, trimAbove: 0, minimumTrade: 0 }
    const rules = options.rules(off)
    expect([rules.stop, rules.target, rules.trim, rules.limits.minimumTrade]).toEqual(
      Array(4).fill(undefined),
    )
  })
})

describeShared('on real prices, 2015–2024', () => {
  it('every signal speaks, and none before its window is full', () => {
    const panel = realPanel()
    const rows = decide(panel, recommended)
    for (const reason of options.reasons.slice(0, technicalSignals.length)) {
      expect(rows.filter((row) => row.reason === reason).length, reason).toBeGreaterThan(20)
    }
    const first = (reason: string) => rows.find((row) => row.reason === reason)?.day ?? -1
    expect(first('RSI')).toBeGreaterThan(14)
    expect(first('Moving averages')).toBeGreaterThan(199)
    expect(first('MACD')).toBeGreaterThan(33)
  })
})
