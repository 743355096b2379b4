import { describe, expect, test } from 'vitest'
import { anomaliesCsv } from '../../../../src/components/tickets/wall/anomaliesCsv.ts'
import { CompanyMarks } from '../../../../src/components/tickets/wall/companyMarks.ts'
import { CellFrame, type CellPicture } from '../../../../src/components/tickets/wall/paintCell.ts'
import {
  flaggedByProduct,
  productWords,
  wallOrder,
} from '../../../../src/components/tickets/wall/unusualDays.ts'
import { visibleRows } from '../../../../src/components/tickets/wall/visibleRows.ts'
import type { TicketAnomalies, TicketsStatus } from '../../../../workers/backtest/api.ts'

const product = (symbol: string, name: string): TicketsStatus['products'][number] => ({
  symbol,
  company: `${symbol} Inc.`,
  name,
  weight: 1,
  derived: 0,
  moods: ['negative', 'positive'],
})
const products = [
  product('BBB', 'desk'),
  product('AAA', 'forum'),
  product('AAA', 'desk'),
  { ...product('CCC', 'registry'), moods: [] },
]

/** Unusual days of the given products; of the last only the other rule says so. */
const anomalies: TicketAnomalies = {
  product: Int32Array.of(1, 0, 0, 2),
  mood: Uint8Array.of(0, 2, 0, 0),
  day: Int32Array.of(100, 110, 120, 130),
  count: Float64Array.of(9, 7, 12, 4),
  expected: Float64Array.of(2, 3, 4.5, 2),
  score: Float64Array.of(8, 5, 9, 4.5),
  tail: Float64Array.of(0.001, 0.004, 0.0002, 0.04),
  flagged: Uint8Array.of(1, 1, 1, 0),
  corroborated: Uint8Array.of(0, 1, 1, 0),
}
const flagged = flaggedByProduct(anomalies, products.length)
const order = (by: 'recent' | 'most' | 'name', text = '', range: [number, number] = [0, 200]) =>
  wallOrder(products, anomalies, flagged, by, text, range)

describe('the wall', () => {
  test('marks only what the rule in force flags', () => {
    expect(flagged).toEqual([[1, 2], [0], [], []])
  })

  test('puts the product with the newest unusual day first, then by name; without tickets there is no cell', () => {
    expect(order('recent')).toEqual([0, 1, 2])
    expect(order('name')).toEqual([2, 1, 0])
    expect(order('most', '', [0, 105])).toEqual([1, 2, 0])
  })

  test('is filtered by symbol, company or product', () => {
    expect(order('name', 'DESK')).toEqual([2, 0])
    expect(order('name', 'aaa inc')).toEqual([2, 1])
    expect(order('name', 'nobody')).toEqual([])
  })

  test('tells in words what the picture shows', () => {
    expect(productWords(products[0], anomalies, flagged[0])).toBe(
      'BBB, desk: 2 unusual days, the last on 1 May 1970: 12 negative tickets, 4.5 expected, p <\u20090.001, 9.0 MADs, corroborated',
    )
    expect(productWords(products[2], anomalies, [])).toBe('AAA, desk: no unusual days')
  })

  test('leaves as a table with both rules, of the products shown only', () => {
    const lines = anomaliesCsv(anomalies, products, new Set([0, 2]))
      .trim()
      .split('\r\n')
    expect(lines.slice(1)).toEqual([
      '1970-04-21,BBB,desk,positive,7,3,5,0.004,true,true',
      '1970-05-01,BBB,desk,negative,12,4.5,9,0.0002,true,true',
      '1970-05-11,AAA,desk,negative,4,2,4.5,0.04,false,false',
    ])
  })

  test('draws the rows on screen and a margin, and none beyond the list', () => {
    expect(visibleRows(100, 800, 150, 200, 0)).toEqual([0, 5])
    expect(visibleRows(-15_000, 800, 150, 200, 300)).toEqual([98, 108])
    expect(visibleRows(-29_900, 800, 150, 200, 300)).toEqual([197, 200])
    expect(visibleRows(900, 800, 150, 3, 0)).toEqual([0, 0])
  })
})

describe('a cell', () => {
  const band = (mood: 'negative' | 'positive', count: number[], upper: number[]) => ({
    product: 0,
    mood,
    from: 10,
    count: Float32Array.from(count),
    expected: Float32Array.from(upper),
    upper: Float32Array.from(upper),
    shifts: [],
  })
  const picture = (bands: CellPicture['bands']): CellPicture => ({
    from: 10,
    to: 13,
    bands,
    unusual: [],
    incidents: [],
    releases: [],
    news: [],
  })

  test('lets uptake rise and complaints hang from the line of zero, each by its own scale', () => {
    const frame = new CellFrame(
      picture([
        band('positive', [1, 2, 4, 0], [NaN, 3, 3, 3]),
        band('negative', [100, 0, 0, NaN], [50, 50, 50, 50]),
      ]),
      200,
      104,
    )
    expect(frame.y('positive', 0)).toBe(frame.zero)
    expect(frame.y('positive', 4)).toBeCloseTo(9)
    expect(frame.y('negative', 100)).toBeCloseTo(frame.stripTop - 9)
    expect(frame.y('negative', 50)).toBeCloseTo((frame.zero + frame.stripTop - 9) / 2)
  })

  test('of one mood has the whole height', () => {
    const frame = new CellFrame(picture([band('positive', [1, 2, 4, 0], [3, 3, 3, 3])]), 200, 104)
    expect(frame.zero).toBeCloseTo(frame.stripTop - 9)
  })

  test('finds the day under the pointer', () => {
    const frame = new CellFrame(picture([]), 200, 104)
    expect([0, 49, 50, 199, 500, -3].map((x) => frame.dayAt(x))).toEqual([10, 10, 11, 13, 13, 10])
  })
})

test('marks of a company are cut to the range, and maintenance is no incident', () => {
  const marks = new CompanyMarks({
    symbols: ['AAA', 'BBB'],
    incidents: {
      company: Int32Array.of(0, 1, 1, 1),
      from: Int32Array.of(5, 5, 20, 90),
      to: Int32Array.of(6, 12, 20, 95),
      severity: Uint8Array.of(4, 4, 1, 2),
    },
    releases: { company: Int32Array.of(1, 1), day: Int32Array.of(9, 15) },
    news: { company: Int32Array.of(0, 1), day: Int32Array.of(12, 30), sentiment: Float64Array.of(0.2, -0.4) },
  })
  expect(marks.of('BBB', 10, 40)).toEqual({
    incidents: [{ from: 10, to: 12, grave: true }],
    releases: [15],
    news: [{ day: 30, sentiment: -0.4 }],
  })
  expect(marks.of('ZZZ', 10, 40)).toEqual({ incidents: [], releases: [], news: [] })
})
