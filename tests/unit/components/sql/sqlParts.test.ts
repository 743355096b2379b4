import { expect, it } from 'vitest'
import { cellText } from '../../../../src/components/sql/sqlCells.ts'
import { resultChartOption, suggestedChart } from '../../../../src/components/sql/resultChart.ts'
import { forgetHistory, readHistory, remember } from '../../../../src/components/sql/sqlHistory.ts'
import type { SqlColumn } from '../../../../workers/data/api.ts'
import { theme } from '../../charts/theme.ts'

const columns: SqlColumn[] = [
  { name: 'symbol', type: 'text' },
  { name: 'month', type: 'date' },
  { name: 'change', type: 'number' },
]
const frame = { width: 800, height: 360, theme }

it('a chart of days is suggested as a line over time, one of words as bars', () => {
  expect(suggestedChart(columns)).toEqual({ x: 1, y: 2, kind: 'line' })
  expect(suggestedChart([columns[0], columns[2]])).toEqual({ x: 0, y: 1, kind: 'bar' })
  expect(suggestedChart([columns[0]])).toBeNull()
})

it('a line runs from left to right whatever the order of the rows, without the missing ones', () => {
  const picture = resultChartOption(
    columns,
    [
      ['A', '2024-02-01', 2],
      ['A', '2024-01-01', 1],
      ['A', '2024-03-01', null],
      ['A', null, 9],
    ],
    { x: 1, y: 2, kind: 'line' },
    frame,
  )!
  const [{ data }] = (picture.option as { series: { data: number[][] }[] }).series
  expect(data).toEqual([
    [Date.UTC(2024, 0, 1), 1],
    [Date.UTC(2024, 1, 1), 2],
  ])
  expect(picture.tip(Date.UTC(2024, 1, 2))).toMatchObject({ title: '2024-02-01', rows: [{ values: ['2'] }] })
})

it('bars keep the order of the rows and start at zero', () => {
  const picture = resultChartOption(
    columns,
    [
      ['B', null, 4],
      ['A', null, 5],
    ],
    { x: 0, y: 2, kind: 'bar' },
    frame,
  )!
  const { xAxis, yAxis } = picture.option as { xAxis: { data: string[] }; yAxis: { min: number } }
  expect(xAxis.data).toEqual(['B', 'A'])
  expect(yAxis.min).toBeLessThanOrEqual(0)
})

it('nothing to draw is no picture', () => {
  expect(resultChartOption(columns, [['A', null, null]], { x: 0, y: 2, kind: 'bar' }, frame)).toBeNull()
})

it('a number is shown without the noise of the arithmetic and without commas', () => {
  expect([0.1 + 0.2, 2024, null, true, '12345678901234567890'].map(cellText)).toEqual([
    '0.3',
    '2024',
    null,
    'true',
    '12345678901234567890',
  ])
})

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

it('the history keeps the last hundred statements, each once, the newest first', () => {
  const kept = storage()
  let history: string[] = []
  for (let i = 0; i < 120; i++) history = remember(`SELECT ${i}`, history, kept)
  history = remember(' SELECT 50 ', history, kept)
  expect(readHistory(kept)).toEqual(history)
  expect(history).toHaveLength(100)
  expect(history.slice(0, 2)).toEqual(['SELECT 50', 'SELECT 119'])
  expect(forgetHistory(kept)).toEqual([])
  expect(readHistory(kept)).toEqual([])
})

it('a storage that is broken or forbidden loses the history, nothing else', () => {
  expect(readHistory({ getItem: () => '{"a":' })).toEqual([])
  expect(readHistory({ getItem: () => '[1, "SELECT 1"]' })).toEqual(['SELECT 1'])
  const full = {
    setItem: () => {
      throw new Error('quota')
    },
  }
  expect(remember('SELECT 1', [], full)).toEqual(['SELECT 1'])
  expect(readHistory(null)).toEqual([])
})
