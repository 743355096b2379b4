import { expect, it } from 'vitest'
import type { EventStudyRequest } from '../../../../workers/backtest/jet/contract.ts'
import { eventTimeline } from '../../../../workers/backtest/jet/events.ts'
import { runEventStudy, type StudyData } from '../../../../workers/backtest/jet/study.ts'
import { eventKinds, type EventKind } from '../../../../workers/quant/flightTables.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { realPanel } from '../../realPrices.ts'
import { describeShared, sharedText } from '../../shared.ts'

const epochDay = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000

/** Closes of a file with seven cells a line, the last row of each date; other lines are errors of its server. */
function closesOf(symbol: string): Map<number, number> {
  const closes = new Map<number, number>()
  for (const line of sharedText('realdata', 'prices', 'targets', `${symbol}.csv`).split('\n')) {
    const cells = line.trim().split(',')
    if (cells.length === 7 && /^\d{4}-\d\d-\d\d$/.test(cells[0]) && Number(cells[4]) > 0)
      closes.set(epochDay(cells[0]), Number(cells[4]))
  }
  return closes
}

/** Apple, Microsoft and three targets beside QQQ. */
function pricesOfTargets(): Panel {
  const base = realPanel(['AAPL', 'MSFT', 'QQQ'])
  const targets = ['ATVI', 'RHT', 'SPLK']
  const added = targets.map((symbol) => {
    const closes = closesOf(symbol)
    return Float64Array.from(base.dates, (day) => closes.get(day) ?? NaN)
  })
  const close = Float64Array.from([...base.close, ...added.flatMap((each) => [...each])])
  return {
    ...base,
    symbols: [...base.symbols, ...targets],
    open: close,
    high: close,
    low: close,
    close,
    volume: close,
  }
}

const buyers: Record<string, string> = { Apple: 'AAPL', Microsoft: 'MSFT' }

describeShared('real announcements', () => {
  const panel = pricesOfTargets()
  const targets = [
    { symbol: 'ATVI', day: epochDay('2022-01-18'), kind: 'target' },
    { symbol: 'SPLK', day: epochDay('2023-09-21'), kind: 'target' },
    // A Sunday, two months after the last price of the file.
    { symbol: 'RHT', day: epochDay('2018-10-28'), kind: 'target' },
  ]
  const bought = sharedText('realdata', 'events', 'wikipedia_acquisitions_2020.tsv')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([buyer, date]) => buyer in buyers && date >= '2016')
    .map(([buyer, date]) => ({ symbol: buyers[buyer], day: epochDay(date), kind: 'acquirer' }))
  const events = [...targets, ...bought]
  const { symbols } = panel
  const data: StudyData = {
    panel,
    benchmark: 'QQQ',
    signals: [],
    tables: {
      companies: {
        symbol: symbols,
        name: symbols,
        headquarters: new Int32Array(6),
        sector: new Int32Array(6),
      },
      events: {
        company: Int32Array.from(events, ({ symbol }) => symbols.indexOf(symbol)),
        day: Int32Array.from(events, ({ day }) => day),
        kind: Uint8Array.from(events, ({ kind }) => eventKinds.indexOf(kind as EventKind)),
        counterparty: new Int32Array(events.length).fill(-1),
      },
    },
  }
  const study = (request: Partial<EventStudyRequest>) => {
    const result = runEventStudy(data, {
      around: 'target',
      estimation: [-250, -65],
      window: [-1, 1],
      from: null,
      to: null,
      ...request,
    })
    if (typeof result === 'string') throw new Error(result)
    return result
  }

  it('of targets jump by a quarter on the day; the one whose prices end before is left out', () => {
    const result = study({})
    expect(result.each.map(({ symbol }) => symbol)).toEqual(['ATVI', 'SPLK'])
    expect(result.leftOut).toEqual([{ count: 1, why: 'Announced after the last price of the company' }])
    for (const { car } of result.each) expect(car).toBeGreaterThan(0.2)
    const days = eventTimeline(data).filter(({ kind }) => kind === 'target')
    // 65.39 to 82.31, on a day on which QQQ fell by 2.5 %.
    expect(days[0].dayReturn).toBeGreaterThan(0.26)
    expect(days[0].dayReturn).toBeLessThan(0.3)
  })

  it('of two giants that buy small companies move their shares by less than half a percent', () => {
    const result = study({ around: 'acquirer' })
    expect(result.events).toBeGreaterThan(50)
    // None is dropped without a word.
    expect(result.leftOut.reduce((sum, { count }) => sum + count, result.events)).toBe(bought.length)
    expect(Math.abs(result.meanCar[2])).toBeLessThan(0.005)
    expect(result.carLow[2]).toBeLessThan(result.meanCar[2])
  })
})
