import { expect, it } from 'vitest'
import { checkLookAhead } from '../../../workers/backtest/lookAhead.ts'
import { defaultParams, systemInfos } from '../../../workers/systems/api.ts'
import { custom } from '../../../workers/systems/custom.ts'
import type { CustomParams } from '../../../workers/systems/customParams.ts'
import { options } from '../../../workers/systems/options.ts'
import type { OptionsParams } from '../../../workers/systems/optionsParams.ts'
import type { Inputs, SignalRows, Signals } from '../../../workers/systems/system.ts'
import { benchmarkSymbols, realPanel } from '../realPrices.ts'
import { describeShared, hasShared } from '../shared.ts'

const panel = hasShared ? realPanel() : null
function inputs(): Inputs {
  if (!panel) throw new Error('real prices are absent')
  return { panel, tradable: Uint8Array.from(panel.symbols, (name) => Number(name !== 'QQQ')) }
}
const defaults = (id: string) => {
  const info = systemInfos.find((system) => system.id === id)
  if (!info) throw new Error(`no system ${id}`)
  return defaultParams(info, 'recommended')
}
const optionsDefaults = defaults('options') as OptionsParams
const fiftyDays = { days: 50, seed: 7 }

const switches = ['rsiOn', 'averagesOn', 'volumeOn', 'macdOn', 'bollingerOn', 'momentumOn'] as const
function only(signal: (typeof switches)[number]): OptionsParams {
  return { ...optionsDefaults, ...Object.fromEntries(switches.map((name) => [name, name === signal])) }
}

/** Long whenever the close stands above the level that the rule gives for this symbol and day. */
function rule(levels: (close: Float64Array) => (day: number) => number) {
  return {
    signals({ panel }: Inputs): Signals {
      const day: number[] = []
      const days = panel.dates.length
      const close = panel.close.subarray(0, days)
      const level = levels(close)
      for (let d = 0; d < days; d++) if (close[d] > level(d)) day.push(d)
      return {
        day: Int32Array.from(day),
        symbol: new Int32Array(day.length),
        direction: new Int8Array(day.length).fill(1),
        conviction: new Float64Array(day.length).fill(1),
        horizon: new Int32Array(day.length),
      }
    },
  }
}

describeShared('on the real prices of seven symbols, another future after 50 random days', () => {
  it.each(switches)('changes no decision of the signal switched on by %s', (signal) => {
    const decisions = options.signals(inputs(), only(signal))
    expect(decisions.day.length).toBeGreaterThan(10)
    expect(checkLookAhead(options, inputs(), only(signal), fiftyDays)).toEqual({ days: 50, failures: [] })
  })

  it('changes no decision of all six together, short sales included', () => {
    const params = { ...optionsDefaults, allowShort: true }
    expect(checkLookAhead(options, inputs(), params, fiftyDays).failures).toEqual([])
  })

  it('changes no decision taken from an uploaded file', () => {
    const { panel } = inputs()
    const rows = 400
    const signals: SignalRows = {
      symbol: Array.from({ length: rows }, (_, i) => benchmarkSymbols[i % 6]),
      // Every third day of the calendar: weekends and holidays among them.
      date: Int32Array.from({ length: rows }, (_, i) => panel.dates[0] + 8 * i),
      direction: Int8Array.from({ length: rows }, (_, i) => (i % 3) - 1),
      conviction: new Float64Array(rows).fill(0.5),
      horizon: new Int32Array(rows),
      size: new Float64Array(rows).fill(NaN),
      stop: new Float64Array(rows).fill(NaN),
      target: new Float64Array(rows).fill(NaN),
    }
    const given = { ...inputs(), signals }
    expect(checkLookAhead(custom, given, defaults('custom') as CustomParams, fiftyDays).failures).toEqual([])
  })

  it('exposes a rule that looks at the close of tomorrow', () => {
    const tomorrow = rule((close) => (day) => close[day] * 2 - close[day + 1])
    expect(checkLookAhead(tomorrow, inputs(), null, fiftyDays).failures.length).toBeGreaterThan(20)
  })

  it('exposes a rule that compares with the mean of the whole sample', () => {
    const wholeSample = rule((close) => {
      const mean = close.reduce((sum, value) => sum + value, 0) / close.length
      const deviation = Math.sqrt(close.reduce((sum, value) => sum + (value - mean) ** 2, 0) / close.length)
      return () => mean + deviation
    })
    expect(checkLookAhead(wholeSample, inputs(), null, fiftyDays).failures.length).toBeGreaterThan(10)
  })

  it('exposes a rare leak, one decision in a hundred days, of one day', () => {
    const rare = rule((close) => (day) => (close[day + 1] / close[day] > 1.04 ? 0 : Infinity))
    expect(rare.signals(inputs()).day.length).toBeLessThan(60)
    expect(checkLookAhead(rare, inputs(), null, fiftyDays).failures.length).toBeGreaterThan(10)
  })

  it('names the days by their dates, and the same days for the same seed', () => {
    const tomorrow = rule((close) => (day) => close[day] * 2 - close[day + 1])
    const first = checkLookAhead(tomorrow, inputs(), null, { days: 10, seed: 1 })
    const { dates } = inputs().panel
    expect(first.failures.every((day) => dates.includes(day))).toBe(true)
    expect(checkLookAhead(tomorrow, inputs(), null, { days: 10, seed: 1 })).toEqual(first)
  })

  it('finds the same when it is asked for a few days at a time', () => {
    const tomorrow = rule((close) => (day) => close[day] * 2 - close[day + 1])
    const whole = checkLookAhead(tomorrow, inputs(), null, fiftyDays)
    const parts = [0, 20, 40, 60].map((from) =>
      checkLookAhead(tomorrow, inputs(), null, { ...fiftyDays, from, to: from + 20 }),
    )
    expect(parts.flatMap((part) => part.failures)).toEqual(whole.failures)
    expect(parts.map((part) => part.days)).toEqual([20, 20, 10, 0])
  })
})
