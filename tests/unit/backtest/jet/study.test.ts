import { describe, expect, it } from 'vitest'
import type { EventStudyRequest, EventStudyResult } from '../../../../workers/backtest/jet/contract.ts'
import { eventTimeline } from '../../../../workers/backtest/jet/events.ts'
import { runEventStudy, type StudyData } from '../../../../workers/backtest/jet/study.ts'
import { meanIntervals } from '../../../../workers/backtest/study/meanIntervals.ts'
import { studyMarket, studySeries } from '../../../../workers/backtest/study/studySeries.ts'
import { eventKinds, type EventKind } from '../../../../workers/quant/flightTables.ts'
import { normalQuantile } from '../../../../workers/quant/normal.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { Random } from '../../../../workers/quant/random.ts'

const days = 500
const symbols = ['A', 'B', 'C', 'D', 'QQQ']
/** Weekdays from Monday, 2 January 2017. */
const dates = Int32Array.from({ length: days }, (_, i) => 17_168 + 7 * Math.floor(i / 5) + (i % 5))

/** Shares that follow QQQ with beta 1 and a noise of 1 % of their own; `jump` multiplies closes from a day on. */
function panelWith(jumps: { symbol: string; day: number; by: number }[] = []): Panel {
  const random = new Random(5)
  const close = new Float64Array(symbols.length * days)
  const market = Float64Array.from({ length: days }, () => 0.01 * normalQuantile(random.uniform() || 0.5))
  symbols.forEach((symbol, s) => {
    let price = 100
    for (let day = 0; day < days; day++) {
      const own = symbol === 'QQQ' ? 0 : 0.01 * normalQuantile(random.uniform() || 0.5)
      const jump = jumps.find((each) => each.symbol === symbol && each.day === day)
      price *= (1 + market[day] + own) * (jump?.by ?? 1)
      close[s * days + day] = price
    }
  })
  return { dates, symbols, open: close, high: close, low: close, close, volume: close }
}

interface Announced {
  symbol: string
  day: number
  kind?: EventKind
}

function data(panel: Panel, events: Announced[], signals: StudyData['signals'] = []): StudyData {
  const names = [...symbols, 'UNLISTED']
  return {
    panel,
    benchmark: 'QQQ',
    signals,
    tables: {
      companies: {
        symbol: names,
        name: names,
        headquarters: new Int32Array(names.length).fill(-1),
        sector: new Int32Array(names.length).fill(-1),
      },
      events: {
        company: Int32Array.from(events, ({ symbol }) => names.indexOf(symbol)),
        day: Int32Array.from(events, ({ day }) => day),
        kind: Uint8Array.from(events, ({ kind }) => eventKinds.indexOf(kind ?? 'target')),
        counterparty: new Int32Array(events.length).fill(-1),
      },
    },
  }
}

const around: EventStudyRequest = {
  around: 'target',
  estimation: [-250, -65],
  window: [-2, 2],
  from: null,
  to: null,
}

function study(of: StudyData, request: Partial<EventStudyRequest> = {}): EventStudyResult {
  const result = runEventStudy(of, { ...around, ...request })
  if (typeof result === 'string') throw new Error(result)
  return result
}

describe('prices around announcements', () => {
  const jumps = [300, 340, 380].map((day, i) => ({ symbol: symbols[i], day, by: 1.25 }))
  const panel = panelWith(jumps)
  const events = jumps.map(({ symbol, day }) => ({ symbol, day: dates[day] }))

  it('jump on day 0 where the shares do, and every test says so', () => {
    const result = study(data(panel, events))
    expect(result.events).toBe(3)
    expect(Array.from(result.days)).toEqual([-2, -1, 0, 1, 2])
    expect(result.meanAbnormal[2]).toBeGreaterThan(0.22)
    expect(Math.abs(result.meanAbnormal[1])).toBeLessThan(0.03)
    expect(result.meanCar[4] - result.carLow[4]).toBeGreaterThan(0)
    expect(result.carHigh[4]).toBeGreaterThan(result.meanCar[4])
    expect(result.tests.find(({ id }) => id === 'patell')!.p).toBeLessThan(0.001)
    expect(result.each.map(({ symbol }) => symbol)).toEqual(['A', 'B', 'C'])
  })

  it('on a weekend belong to the session after it', () => {
    const monday = jumps[0].day
    const sunday = dates[monday] - 1
    expect(dates[monday] - dates[monday - 1]).toBe(3)
    expect(study(data(panel, [{ symbol: 'A', day: sunday }])).meanAbnormal[2]).toBeGreaterThan(0.22)
  })

  it('of one company on one day count once', () => {
    const result = study(data(panel, [...events, events[0]]))
    expect(result.events).toBe(3)
    expect(result.leftOut).toEqual([
      { count: 1, why: 'Another of the same company on the same day counts already' },
    ])
  })

  it('are told apart by kind and by the days chosen', () => {
    const mixed = data(panel, [...events, { symbol: 'D', day: dates[320], kind: 'earnings' }])
    expect(study(mixed, { around: 'earnings' }).events).toBe(1)
    const late = study(mixed, { from: dates[330] })
    expect(late.events).toBe(2)
    expect(late.leftOut).toEqual([{ count: 1, why: 'Outside of the days chosen' }])
  })

  it('count as overlapping where their windows share a day', () => {
    expect(study(data(panel, events)).overlapping).toBe(0)
    expect(study(data(panel, events), { window: [-20, 20] }).overlapping).toBe(3)
  })
})

describe('events without prices enough', () => {
  const panel = panelWith()
  // B is delisted after day 350, C does not trade around day 400.
  panel.close.fill(NaN, days + 351, 2 * days)
  panel.close.fill(NaN, 2 * days + 398, 2 * days + 402)
  const whyNot = (symbol: string, day: number) =>
    study(data(panel, [{ symbol, day }])).leftOut.map(({ why }) => why)[0]

  it('are left out with the reason', () => {
    expect(whyNot('UNLISTED', dates[300])).toBe('No prices of the company are loaded')
    expect(whyNot('A', dates[0] - 1)).toBe('Announced before the prices begin')
    expect(whyNot('A', dates[days - 1] + 1)).toBe('Announced after the prices end')
    expect(whyNot('B', dates[351])).toBe('Announced after the last price of the company')
    expect(whyNot('A', dates[100])).toMatch(/^Fewer than 120 days of prices/)
    expect(whyNot('A', dates[days - 2])).toBe('The window reaches beyond the prices')
    expect(whyNot('C', dates[399])).toBe('The share did not trade on most days of the window')
    expect(whyNot('B', dates[350])).toBeUndefined()
  })

  it('are rows of the timeline all the same, and the others say what their day brought', () => {
    const jumped = panelWith([{ symbol: 'A', day: 300, by: 0.8 }])
    const rows = eventTimeline(
      data(jumped, [
        { symbol: 'A', day: dates[300] },
        { symbol: 'A', day: dates[20], kind: 'earnings' },
      ]),
    )
    expect(rows[0]).toMatchObject({ symbol: 'A', kind: 'target', studied: true, why: '', counterparty: '' })
    expect(rows[0].dayReturn).toBeLessThan(-0.15)
    expect(rows[1]).toMatchObject({ kind: 'earnings', studied: false, dayReturn: NaN })
    expect(rows[1].why).toMatch(/^Fewer than 120/)
  })

  it('leave a result without numbers where nothing is left', () => {
    const result = study(data(panel, []))
    expect(result.events).toBe(0)
    expect(result.meanCar.every(Number.isNaN)).toBe(true)
    expect(result.tests.every(({ p }) => Number.isNaN(p))).toBe(true)
  })
})

describe('prices around signals', () => {
  const panel = panelWith([{ symbol: 'A', day: 300, by: 1.2 }])

  it('begin with the session after the close at which they were made', () => {
    const signal = { symbol: 'A', day: dates[299], direction: 1 as const }
    const result = study(data(panel, [], [signal]), { around: 'signals', window: [0, 4] })
    expect(result.meanAbnormal[0]).toBeGreaterThan(0.15)
  })

  it('count with the sign turned where the signal was short', () => {
    const signals = (direction: 1 | -1) => [{ symbol: 'A', day: dates[299], direction }]
    const long = study(data(panel, [], signals(1)), { around: 'signals' })
    const short = study(data(panel, [], signals(-1)), { around: 'signals' })
    expect(short.each[0].car).toBeCloseTo(-long.each[0].car, 12)
  })
})

describe('a return over a halt', () => {
  const panel = panelWith()

  it('is that since the last close, and the market is taken over the same days', () => {
    panel.close.fill(NaN, 301, 304)
    const market = studyMarket(panel, 'QQQ')
    const { returns, market: marketReturns } = studySeries(panel, market, 0, 300, 305)
    expect(Array.from(returns.slice(1, 4))).toEqual([NaN, NaN, NaN])
    expect(returns[4]).toBeCloseTo(panel.close[304] / panel.close[300] - 1, 14)
    const start = 4 * days
    expect(marketReturns[4]).toBeCloseTo(panel.close[start + 304] / panel.close[start + 300] - 1, 14)
  })

  it('of more than two weeks is not known', () => {
    panel.close.fill(NaN, 401, 412)
    const { returns } = studySeries(panel, studyMarket(panel, 'QQQ'), 0, 400, 413)
    expect(returns[12]).toBeNaN()
    expect(returns[13]).not.toBeNaN()
  })

  it('has the mean of all shares for a market where no benchmark is loaded', () => {
    const two: Panel = { ...panel, symbols: ['X', 'Y'], dates: dates.slice(0, 3), close: new Float64Array() }
    two.close = Float64Array.of(100, 110, 110, 100, 90, 99)
    const { level, name } = studyMarket(two, null)
    expect(name).toMatch(/mean of all shares/)
    expect(level[1]).toBeCloseTo(1, 14)
    expect(level[2]).toBeCloseTo(1.05, 14)
  })
})

describe('the interval of the mean', () => {
  const curves = [0.02, 0.02, 0.02, -0.01].map((value) => Float64Array.of(value))

  it('is wider where events come on the same day, and unknown where all do', () => {
    const apart = meanIntervals(curves, [1, 2, 3, 4])
    const together = meanIntervals(curves, [1, 1, 1, 4])
    expect(together.high[0] - together.low[0]).toBeGreaterThan(apart.high[0] - apart.low[0])
    expect(meanIntervals(curves, [1, 1, 1, 1]).low[0]).toBeNaN()
  })

  it('covers the truth about as often as it says', () => {
    const random = new Random(3)
    let covered = 0
    for (let run = 0; run < 60; run++) {
      const drawn = Array.from({ length: 40 }, () => Float64Array.of(normalQuantile(random.uniform() || 0.5)))
      const { low, high } = meanIntervals(drawn, [...drawn.keys()])
      if (low[0] < 0 && high[0] > 0) covered++
    }
    expect(covered / 60).toBeGreaterThan(0.85)
  })
})

describe('a study that makes no sense', () => {
  const refused = (request: Partial<EventStudyRequest>) =>
    runEventStudy(data(panelWith(), []), { ...around, ...request })

  it('is refused with a sentence', () => {
    expect(refused({ window: [3, 1] })).toMatch(/ends before it begins/)
    expect(refused({ estimation: [-250, 0] })).toMatch(/has to end before the window begins/)
    expect(refused({ estimation: [-100, -65] })).toMatch(/at least 120 days/)
    expect(refused({ window: [0.5, 2] })).toMatch(/whole numbers/)
    expect(refused({ window: [0, 400] })).toMatch(/more than 250 days/)
  })
})
