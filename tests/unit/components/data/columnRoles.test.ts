import { describe, expect, test } from 'vitest'
import {
  columnChoices,
  looksLikeSignals,
  mostListedColumns,
  roleLabel,
  rolesOf,
  withRole,
} from '../../../../src/components/data/columnRoles.ts'
import { formatColumns } from '../../../../src/components/data/formats.ts'
import { plan } from './datasets.ts'

describe('what a column may mean', () => {
  test('every column of the schema can be chosen and has a name for people', () => {
    expect(rolesOf('prices')).toEqual(expect.arrayContaining(['date', 'close', 'adjClose', 'adjFactor']))
    expect(rolesOf('signals').slice(0, 5)).toEqual(['symbol', 'date', 'direction', 'conviction', 'horizon'])
    for (const role of [...rolesOf('prices'), ...rolesOf('signals')]) expect(roleLabel(role)).toBeTruthy()
  })

  test('repeated headers are told apart by their number, missing ones by the first cell', () => {
    const repeated = plan('a.csv', { header: ['Date', 'Close', 'Close', ''] })
    expect(
      columnChoices(repeated)
        .map((choice) => choice.label)
        .slice(0, 4),
    ).toEqual(['Date', 'Close (column 2)', 'Close (column 3)', 'Column 4 (no header)'])
    const headless = plan('a.csv', {
      header: null,
      sample: [{ cells: ['20150102', '7'], dateInWords: null }],
    })
    expect(columnChoices(headless)[0].label).toBe('Column 1 (20150102)')
  })

  test('ten thousand columns are not listed, the chosen ones are', () => {
    const header = Array.from({ length: 10_000 }, (_, i) => `c${i}`)
    const choices = columnChoices(plan('wide.csv', { header, columns: { date: 9_999 } }))
    expect(choices).toHaveLength(mostListedColumns + 1)
    expect(choices.at(-1)).toEqual({ index: 9_999, label: 'c9999' })
  })

  test('a column of symbols and one symbol for the file exclude each other', () => {
    const file = plan('AAPL.csv')
    expect(withRole(file, 'symbol', 5)).toEqual({ columns: { ...file.columns, symbol: 5 }, symbol: null })
    expect(withRole({ ...file, symbol: null }, 'symbol', null).symbol).toBe('')
    expect(withRole(file, 'volume', null).columns).not.toHaveProperty('volume')
  })

  test('a file with a direction and without prices is taken for signals', () => {
    const header = ['Ticker', 'Date', 'Side', 'Confidence']
    expect(looksLikeSignals(plan('ideas.csv', { header, columns: { symbol: 0, date: 1 } }))).toBe(true)
    expect(looksLikeSignals(plan('AAPL.csv'))).toBe(false)
    expect(looksLikeSignals(plan('both.csv', { header: [...plan('').header!, 'Signal'] }))).toBe(false)
  })
})

describe('the formats as people read them', () => {
  test('say of every column whether it is needed and what it means', () => {
    const prices = formatColumns('prices')
    expect(prices.find((column) => column.name === 'symbol')?.needed).toBe('with several symbols in a file')
    expect(prices.find((column) => column.name === 'close')?.needed).toBe('yes')
    expect(prices.find((column) => column.name === 'volume')?.needed).toBe('no')
    const direction = formatColumns('signals').find((column) => column.name === 'direction')
    expect(direction?.meaning).toContain('long')
    expect(direction?.aliases).not.toContain('direction')
  })
})
