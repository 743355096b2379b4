import { describe, expect, it } from 'vitest'
import { defaultParams, systemInfos } from '../../../workers/systems/api.ts'
import { custom, leftOutSignals } from '../../../workers/systems/custom.ts'
import type { CustomParams } from '../../../workers/systems/customParams.ts'
import type { Inputs, SignalRows } from '../../../workers/systems/system.ts'
import { closesMarket } from './closesMarket.ts'

const recommended = defaultParams(systemInfos[1], 'recommended') as CustomParams

interface Line {
  symbol?: string
  date?: number
  direction?: number
  conviction?: number
  horizon?: number
  size?: number
  stop?: number
  target?: number
}
function fileOf(lines: Line[]): SignalRows {
  return {
    symbol: lines.map((line) => line.symbol ?? 'S0'),
    date: Int32Array.from(lines, (line) => line.date ?? 1000),
    direction: Int8Array.from(lines, (line) => line.direction ?? 1),
    conviction: Float64Array.from(lines, (line) => line.conviction ?? 0.5),
    horizon: Int32Array.from(lines, (line) => line.horizon ?? 0),
    size: Float64Array.from(lines, (line) => line.size ?? NaN),
    stop: Float64Array.from(lines, (line) => line.stop ?? NaN),
    target: Float64Array.from(lines, (line) => line.target ?? NaN),
  }
}

/** Four trading days: a Thursday, a Friday, and the Monday and Tuesday after. */
function inputsOf(lines: Line[]): Inputs {
  const panel = closesMarket([
    [10, 11, 12, 13],
    [20, 21, 22, 23],
  ])
  panel.dates.set([1000, 1001, 1004, 1005])
  return { panel, tradable: Uint8Array.of(1, 1), signals: fileOf(lines) }
}
const signalsOf = (lines: Line[], params = recommended) => custom.signals(inputsOf(lines), params)

describe('rows of an uploaded file', () => {
  it('belong to the last trading day on or before their date', () => {
    const { day } = signalsOf([
      { date: 1000 },
      { date: 1001 },
      { date: 1002 },
      { date: 1003 },
      { date: 1004 },
    ])
    expect(Array.from(day)).toEqual([0, 1, 1, 1, 2])
  })
  it('come in the order of the days, and in the order of the file within one', () => {
    const found = signalsOf([
      { date: 1004, conviction: 0.1 },
      { date: 1000, conviction: 0.2 },
      { date: 1003, conviction: 0.3 },
      { date: 1001, conviction: 0.9 },
    ])
    expect(Array.from(found.day)).toEqual([0, 1, 1, 2])
    expect(Array.from(found.conviction)).toEqual([0.2, 0.3, 0.9, 0.1])
  })
  it('find their symbol by name, whatever its case and the blanks around it', () => {
    expect(Array.from(signalsOf([{ symbol: ' s1 ' }, { symbol: 'S0' }]).symbol)).toEqual([1, 0])
  })
  it('that cannot be used are left out and counted by reason', () => {
    const inputs = inputsOf([
      { symbol: 'NONE' },
      { symbol: 'GONE' },
      { symbol: 'gone' },
      { symbol: 'S1' },
      { date: 999 },
      { conviction: NaN },
      { direction: 5 },
      {},
    ])
    inputs.tradable = Uint8Array.of(1, 0)
    expect(custom.signals(inputs, recommended).day).toHaveLength(1)
    expect(leftOutSignals(inputs)).toEqual({
      unknownSymbols: [
        { symbol: 'GONE', rows: 2 },
        { symbol: 'NONE', rows: 1 },
      ],
      notTradable: 1,
      beforeFirstDay: 1,
      unusable: 2,
    })
  })
  it('are counted anew when other symbols may be traded', () => {
    const inputs = inputsOf([{ symbol: 'S0' }, { symbol: 'S1' }])
    expect(leftOutSignals(inputs).notTradable).toBe(0)
    expect(leftOutSignals({ ...inputs, tradable: Uint8Array.of(0, 1) }).notTradable).toBe(1)
  })
  it('close without needing a conviction', () => {
    const { direction, conviction } = signalsOf([{ direction: 0, conviction: NaN }])
    expect([direction[0], conviction[0]]).toEqual([0, 1])
  })
  it('have convictions clipped to 0–1 and horizons of at least 0', () => {
    const { conviction, horizon } = signalsOf([
      { conviction: 7, horizon: -3 },
      { conviction: -1, horizon: 5 },
    ])
    expect(Array.from(conviction)).toEqual([1, 0])
    expect(Array.from(horizon)).toEqual([0, 5])
  })
  it('keep their own size, stop and target, and leave the rest to the rules', () => {
    const found = signalsOf([{ size: 0.05, stop: 9, target: 12 }, { size: 0 }])
    expect([found.size, found.stop, found.target].map((column) => Array.from(column ?? []))).toEqual([
      [0.05, NaN],
      [9, NaN],
      [12, NaN],
    ])
  })
  it('state stops as quoted on their day: they are brought to the adjusted prices', () => {
    const inputs = inputsOf([{ date: 1001, stop: 36, target: 48 }])
    inputs.panel.rawFactor = Float64Array.of(4, 4, 1, 1, 1, 1, 1, 1)
    const { stop, target } = custom.signals(inputs, recommended)
    expect([stop?.[0], target?.[0]]).toEqual([9, 12])
  })
  it('below the conviction asked for are no entries, but still close', () => {
    const lines = [{ conviction: 0.4 }, { conviction: 0.6 }, { direction: 0, conviction: 0.1 }]
    const { conviction } = signalsOf(lines, { ...recommended, minimumConviction: 0.5 })
    expect(Array.from(conviction)).toEqual([0.6, 0.1])
  })
  it('are no signals at all where there is no file', () => {
    const { panel, tradable } = inputsOf([])
    expect(custom.signals({ panel, tradable }, recommended).day).toHaveLength(0)
    expect(leftOutSignals({ panel, tradable }).unknownSymbols).toEqual([])
  })
})

describe('the size of a position', () => {
  it('follows the rule chosen', () => {
    const sizing = (kind: string) => custom.rules({ ...recommended, sizing: kind }).sizing
    expect(sizing('conviction')).toEqual({ kind: 'conviction', scale: 0.15, max: 0.2 })
    expect(sizing('equal')).toEqual({ kind: 'equal', fraction: 0.1 })
    expect(sizing('risk')).toEqual({ kind: 'risk', budget: 0.005 })
    expect(sizing('volatility')).toEqual({ kind: 'volatility', target: 0.02, days: 20 })
  })
})
