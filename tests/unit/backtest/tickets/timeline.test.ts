import { describe, expect, test } from 'vitest'
import { ticketTimelineHeight, ticketTimelineOption } from '../../../../src/charts/ticketTimelineOption.ts'
import { timelineTable } from '../../../../src/components/tickets/product/timelineTable.ts'
import type { ChartTheme } from '../../../../src/charts/frame.ts'
import type { FinishedRun } from '../../../../workers/backtest/engine.ts'
import { productTimeline } from '../../../../workers/backtest/tickets/timeline.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import type { TicketsParams } from '../../../../workers/systems/ticketsParams.ts'
import { firstDay, smallDemand, usualCounts, weekdayPanel } from '../../systems/tickets/smallDemand.ts'

const days = 280
const info = systemInfos.find(({ id }) => id === 'tickets')!
const params = defaultParams(info, 'recommended') as unknown as TicketsParams
const downloads = usualCounts(days, { 210: NaN }, 5)
const tables = smallDemand([
  { symbol: 'AAA', negative: usualCounts(days, {}, 1), positive: usualCounts(days, {}, 2) },
  {
    symbol: 'BBB',
    negative: usualCounts(days, { 205: 90, 206: NaN }, 3),
    positive: usualCounts(days, {}, 4),
    downloads,
    incidents: [
      { from: 100, to: 101, severity: 'minor' },
      { from: 203, to: 209, severity: 'major' },
    ],
    news: [{ day: 204, sentiment: -0.5 }],
  },
])
const panel = weekdayPanel(['AAA', 'BBB'], days)
const trade = { symbol: 1, direction: -1, entryDay: 150, exitDay: 153, entryPrice: 100, exitPrice: 99 }
const run = {
  report: {
    symbols: panel.symbols,
    dates: panel.dates,
    trades: [
      { ...trade, stop: 105, target: 92, exitReason: 'time', return: 0.01 },
      { ...trade, entryDay: 10, exitDay: 12, stop: 105, target: 92, exitReason: 'time', return: 0.01 },
      { ...trade, symbol: 0, stop: 105, target: 92, exitReason: 'time', return: 0.01 },
    ],
  },
} as unknown as FinishedRun
const from = firstDay + 190
const to = firstDay + 230
const timeline = productTimeline(
  { tables, panel, simulated: false, benchmark: null },
  run,
  params,
  1,
  from,
  to,
)

describe('a timeline of one product', () => {
  test('holds what concerns its company in the range, and nothing else', () => {
    expect(timeline.symbol).toBe('BBB')
    expect(timeline.bands.map(({ mood, from: first, count }) => [mood, first, count.length])).toEqual([
      ['negative', from, 41],
      ['positive', from, 41],
    ])
    expect([...timeline.prices.date]).toEqual([...panel.dates].filter((day) => day >= from && day <= to))
    expect(timeline.incidents.map(({ severity }) => severity)).toEqual(['major'])
    expect(timeline.news.map(({ sentiment }) => sentiment)).toEqual([-0.5])
    expect(timeline.lots.map(({ entryDay }) => entryDay)).toEqual([panel.dates[150]])
  })

  test('tells the unusual day and what agreed with it', () => {
    expect(
      timeline.candidates.map(({ day, direction, count }) => [day - firstDay, direction, count]),
    ).toEqual([[205, -1, 90]])
    const found = timeline.candidates[0].parts.filter(({ part }) => part > 0).map(({ id }) => id)
    expect(found).toEqual(['base', 'incident', 'news'])
  })

  test('marks the gap in downloads', () => {
    const [adoption] = timeline.adoption
    expect([adoption.metric, adoption.gaps.map((day) => day - firstDay)]).toEqual(['downloads', [210]])
  })

  test('as a table says which day is unusual and which is missing', () => {
    const { head, rows } = timelineTable(timeline, [from, to])
    expect(head).toEqual(['Day', 'Close', 'negative', 'usual up to', 'positive', 'usual up to'])
    const row = (day: number) => rows[to - firstDay - day]
    expect(row(205)[0]).toContain('unusual')
    expect(row(205)[2]).toBe('90')
    expect(row(206)[2]).toBe('missing')
  })

  test('is drawn with a lane each, and says of a day what was there', () => {
    const theme = new Proxy({}, { get: () => '#000' }) as ChartTheme
    const frame = { width: 800, height: ticketTimelineHeight(timeline), theme }
    const picture = ticketTimelineOption(timeline, [from, to], firstDay + 205, frame)!
    expect((picture.option.grid as object[]).length).toBe(5)
    const tip = picture.tip((firstDay + 205) * 86_400_000)!
    expect(tip.rows.map(({ name }) => name)).toEqual([
      'Close',
      'positive',
      'negative',
      'confidence',
      'incident, major',
      'downloads',
    ])
    expect(
      picture.tip((firstDay + 206) * 86_400_000)!.rows.find(({ name }) => name === 'negative')!.values,
    ).toEqual(['missing'])
  })
})
