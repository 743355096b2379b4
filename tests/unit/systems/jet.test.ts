import { describe, expect, it } from 'vitest'
import type { Panel } from '../../../workers/quant/panel.ts'
import { defaultParams, systemInfos } from '../../../workers/systems/api.ts'
import type { JetCandidates } from '../../../workers/systems/jet/candidates.ts'
import { jet, usualMove } from '../../../workers/systems/jet.ts'
import type { JetParams } from '../../../workers/systems/jetParams.ts'

const info = systemInfos.find(({ id }) => id === 'jet')!
const recommended = defaultParams(info, 'recommended') as unknown as JetParams
const original = defaultParams(info, 'original') as unknown as JetParams

const days = 600
const close = Float64Array.from({ length: 2 * days }, (_, i) => 100 * (1 + 0.01 * (i % 2)))
const panel: Panel = {
  dates: Int32Array.from({ length: days }, (_, i) => 19_000 + i),
  symbols: ['BUY', 'TGT'],
  open: close,
  high: close,
  low: close,
  close,
  volume: close,
}

/** A visit every ten days; that of day 500 stands out. */
function candidates(change: Partial<JetCandidates> = {}): JetCandidates {
  const day = Int32Array.from({ length: 50 }, (_, i) => 20 + 10 * i)
  const event = Float64Array.from(day, (at) => (at === 500 ? 0.9 : 0.2 + (at % 7) / 100))
  return {
    day,
    visitor: day.map(() => 0),
    visited: day.map(() => 1),
    visits: day.map((at) => (at === 500 ? 3 : 1)),
    announced: new Uint8Array(day.length),
    models: [
      {
        kind: 'hrm',
        event,
        conviction: event.map((p) => p - 0.1),
        confidence: event.map(() => 0.75),
        risk: event.map(() => 0.2),
        fresh: 0,
      },
    ],
    deals: { day: Int32Array.of(530), symbol: Int32Array.of(1) },
    ...change,
  }
}

function decide(params: Partial<JetParams> = {}, given = candidates(), from: JetParams = recommended) {
  const inputs = { panel, tradable: Uint8Array.of(1, 1), jet: { candidates: given } }
  const signals = jet.signals(inputs, { ...from, ...params })
  return Array.from(signals.day.keys(), (i) => ({
    day: signals.day[i],
    symbol: panel.symbols[signals.symbol[i]],
    direction: signals.direction[i],
    size: signals.size![i],
    stop: signals.stopFraction![i],
    target: signals.targetFraction![i],
    horizon: signals.horizon[i],
    reason: jet.reasons[signals.reason![i]],
  }))
}

describe('a convincing visit', () => {
  it('buys the visited company, with a stop by its own moves and no target', () => {
    const signal = decide({ signalsPerYear: 1 }).find(({ day }) => day === 500)!
    expect(signal).toMatchObject({
      symbol: 'TGT',
      direction: 1,
      size: 0.1,
      horizon: 42,
      reason: 'Third visit or later',
    })
    expect(signal.stop).toBeCloseTo(3 * usualMove(panel, 1, 500), 12)
    expect(signal.target).toBeNaN()
  })

  it('is sold when the takeover is announced, where that is asked for', () => {
    const closes = (exitOnDeal: boolean) => decide({ exitOnDeal }).filter(({ direction }) => direction === 0)
    expect(closes(true)).toMatchObject([{ day: 530, symbol: 'TGT', reason: 'Takeover announced' }])
    expect(closes(false)).toEqual([])
  })

  it('also sells the visitor short, where that is allowed and asked for', () => {
    const shorts = (params: Partial<JetParams>) => decide(params).filter(({ direction }) => direction < 0)
    expect(shorts({ shortVisitor: true })).toEqual([])
    expect(shorts({ shortVisitor: true, allowShort: true })[0]).toMatchObject({
      symbol: 'BUY',
      reason: 'Visitor short',
    })
  })

  it('is no signal where the takeover is announced already', () => {
    const given = candidates()
    const announced = given.announced.map((_, row) => Number(given.day[row] === 500))
    expect(decide({}, candidates({ announced })).some(({ day }) => day === 500)).toBe(false)
  })

  it('is no signal by a model that has not scored it', () => {
    expect(decide({ model: 'gru' })).toEqual([])
    expect(decide({}, candidates({ models: [] }))).toEqual([])
  })
})

describe('the original rules', () => {
  it('ask for a conviction, confidence and risk fixed beforehand, and size by all three', () => {
    const [signal, ...others] = decide({}, candidates(), original)
    expect(others).toEqual([])
    expect(signal.day).toBe(500)
    expect(signal.size).toBeCloseTo(0.02 * 0.8 * 0.75 * 0.8, 12)
    expect(signal.stop).toBeCloseTo(0.02 * 1.2, 12)
    expect(signal.target).toBeCloseTo(0.05 * 0.8, 12)
    expect(signal.horizon).toBe(21)
  })

  it('find nothing where forecasts are calibrated and modest', () => {
    expect(decide({ leastConviction: 0.95 }, candidates(), original)).toEqual([])
  })
})
