import { describe, expect, test } from 'vitest'
import { ticketAnomalies } from '../../../../workers/backtest/tickets/anomalies.ts'
import { ticketBands } from '../../../../workers/backtest/tickets/bands.ts'
import { largestUsual } from '../../../../workers/backtest/tickets/largestUsual.ts'
import { ticketMarks } from '../../../../workers/backtest/tickets/marks.ts'
import type { TicketsMarket } from '../../../../workers/backtest/tickets/ticketsMarket.ts'
import { negativeBinomialTail } from '../../../../workers/quant/negativeBinomial.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { moods } from '../../../../workers/quant/demandTables.ts'
import type { TicketsParams } from '../../../../workers/systems/ticketsParams.ts'
import { firstDay, smallDemand, usualCounts, weekdayPanel } from '../../systems/tickets/smallDemand.ts'

const days = 300
const info = systemInfos.find(({ id }) => id === 'tickets')!
const recommended = defaultParams(info, 'recommended') as unknown as TicketsParams
const original = defaultParams(info, 'original') as unknown as TicketsParams

/** Two companies: one whose customers complain on day 200, while an incident is open, one with uptake on day 250. */
const market: TicketsMarket = {
  tables: smallDemand([
    {
      symbol: 'AAA',
      negative: usualCounts(days, { 200: 80, 120: NaN }, 1),
      positive: usualCounts(days, {}, 2),
      incidents: [{ from: 199, to: 206, severity: 'major' }],
      releases: [30],
    },
    { symbol: 'BBB', negative: usualCounts(days, {}, 3), positive: usualCounts(days, { 250: 70 }, 4) },
  ]),
  panel: weekdayPanel(['AAA', 'BBB'], days),
  simulated: false,
  benchmark: null,
}

const flagged = (params: TicketsParams) => {
  const { flagged, product, mood, day, corroborated } = ticketAnomalies(market, params)
  return Array.from(day.keys())
    .filter((row) => flagged[row] === 1)
    .map((row) => [product[row], moods[mood[row]], day[row] - firstDay, corroborated[row] === 1])
}

describe('unusual days', () => {
  test('are those of the rule in force, corroborated where another source agreed', () => {
    expect(flagged(recommended)).toEqual([
      [0, 'negative', 200, true],
      [1, 'positive', 250, false],
    ])
  })

  test('of the other rule are told beside them', () => {
    const strict = ticketAnomalies(market, { ...recommended, falseDiscoveries: 0.001 })
    const lax = ticketAnomalies(market, { ...recommended, negativeThreshold: 1, positiveThreshold: 1 })
    expect(lax.day.length).toBeGreaterThan(strict.day.length)
    expect(lax.flagged.reduce((sum, one) => sum + one, 0)).toBe(2)
  })
})

describe('the band of the usual', () => {
  for (const [name, params] of [
    ['recommended', recommended],
    ['original', original],
    ['laxer', { ...recommended, falseDiscoveries: 0.5 }],
  ] as const) {
    test(`ends where the ${name} rule begins: above it lie the unusual days, and no other`, () => {
      const bands = ticketBands(market, params, [0, 1], firstDay, firstDay + days - 1)
      const above = bands.flatMap(({ product, mood, from, count, upper }) =>
        Array.from(count.keys())
          .filter((i) => count[i] > upper[i])
          .map((i) => [product, mood, from + i - firstDay]),
      )
      expect(above.sort()).toEqual(
        flagged(params)
          .map((row) => row.slice(0, 3))
          .sort(),
      )
      expect(above.length).toBeGreaterThan(0)
    })
  }

  test('is not told before the window is full, and a missing day stays missing', () => {
    const [band] = ticketBands(market, recommended, [0], firstDay, firstDay + 130)
    expect(band.upper[30]).toBeNaN()
    expect(band.upper[100]).toBeGreaterThan(band.expected[100])
    expect(band.count[120]).toBeNaN()
  })

  test('is cut to the days asked for and to those there are', () => {
    const bands = ticketBands(market, recommended, [1], firstDay + 290, firstDay + 400)
    expect(
      bands.map(({ product, mood, from, count }) => [product, mood, from - firstDay, count.length]),
    ).toEqual([
      [1, 'negative', 290, 10],
      [1, 'positive', 290, 10],
    ])
    expect(ticketBands(market, recommended, [1], firstDay + 400, firstDay + 500)).toEqual([])
  })
})

test('the largest usual count is the last that is more probable than the cut', () => {
  for (const expected of [0, 0.3, 4, 90, 120_000])
    for (const size of [0.8, 30, Infinity])
      for (const cut of [0.2, 1e-3, 1e-8]) {
        const most = largestUsual(expected, size, cut)
        if (most > 0) expect(negativeBinomialTail(most, expected, size)).toBeGreaterThan(cut)
        expect(negativeBinomialTail(most + 1, expected, size)).toBeLessThanOrEqual(cut)
      }
  expect(largestUsual(NaN, 3, 0.1)).toBeNaN()
})

test('what else happened is told by company and day', () => {
  const { symbols, incidents, releases } = ticketMarks(market.tables)
  expect(symbols).toEqual(['AAA', 'BBB'])
  expect([...incidents.from, ...incidents.to].map((day) => day - firstDay)).toEqual([199, 206])
  expect([...releases.day].map((day) => day - firstDay)).toEqual([30])
})
