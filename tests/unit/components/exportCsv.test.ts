import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { equityCsv, numberCell, textCell, tradesCsv } from '../../../src/components/report/exportCsv.ts'
import { reportFixture } from './reportFixture.ts'

const report = reportFixture({ days: 300, trades: 25 })
const read = (text: string): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data

describe('text cells', () => {
  it('defuse what a spreadsheet would run', () => {
    for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\u00a0=1', '＝1'])
      expect(textCell(formula)).toMatch(/^"?'/)
  })

  it('leave ordinary names alone', () => {
    for (const name of ['QQQ', 'BRK.B', 'BF-B', 'Moving averages', 'a@b']) expect(textCell(name)).toBe(name)
  })

  it('quote separators, quotes and line ends', () => {
    expect(textCell('a,b')).toBe('"a,b"')
    expect(textCell('say "x"')).toBe('"say ""x"""')
    expect(Papa.parse(textCell('two\nlines')).data).toEqual([['two\nlines']])
  })
})

describe('number cells', () => {
  it('read back as the same number', () => {
    for (const value of [0.1 + 0.2, 1 / 3, -1e-7, 123_456_789.123])
      expect(Number(numberCell(value))).toBe(value)
  })

  it('are empty where there is no number', () => {
    expect(numberCell(NaN)).toBe('')
  })
})

describe('the export of trades', () => {
  it('has every trade with names, ISO dates and full precision', () => {
    const rows = read(tradesCsv(report))
    expect(rows).toHaveLength(25)
    const trade = report.trades[7]
    expect(rows[7].symbol).toBe(report.symbols[trade.symbol])
    expect(rows[7].entry_date).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(Number(rows[7].profit)).toBe(trade.profit)
    expect(Number(rows[7].entry_price)).toBe(trade.entryPrice)
    expect(rows[7].sample).toBe(trade.outOfSample ? 'out of sample' : 'in sample')
  })

  it('has the legs of structures, and no such columns for shares alone', () => {
    const expiry = Date.UTC(2025, 0, 17) / 86_400_000
    const instrument = {
      kind: 'long-option' as const,
      legs: [{ right: 1 as const, quantity: 1, strike: 350, expiry }],
      contracts: 2,
      marks: { quoted: 18, surface: 0, model: 3 },
      mostLoss: Infinity,
    }
    const trades = report.trades.map((trade, i) => (i === 3 ? { ...trade, instrument } : trade))
    const rows = read(tradesCsv({ ...report, trades }))
    expect(rows[3]).toMatchObject({
      structure: 'long-option',
      legs: '2 × 350 call, 17 Jan 2025',
      contracts: '2',
      most_loss: '',
      marks_quoted: '18',
      marks_model: '3',
    })
    expect(rows[4]).toMatchObject({ structure: 'shares', legs: '' })
    expect(read(tradesCsv(report))[0]).not.toHaveProperty('structure')
  })

  it('defuses a symbol that is a formula', () => {
    const hostile = { ...report, symbols: report.symbols.map(() => '=HYPERLINK("x")') }
    expect(read(tradesCsv(hostile)).every((row) => row.symbol.startsWith("'="))).toBe(true)
  })
})

describe('the export of equity', () => {
  it('has every day', () => {
    const rows = read(equityCsv(report))
    expect(rows).toHaveLength(300)
    expect(Number(rows[299].equity)).toBe(report.equity[299])
    expect(rows[0].sample).toBe('in sample')
    expect(rows[299].sample).toBe('out of sample')
  })

  it('has no columns of a benchmark where there is none', () => {
    expect(
      Object.keys(read(equityCsv(reportFixture({ days: 30, trades: 0, benchmark: false })))[0]),
    ).not.toContain('benchmark_drawdown')
  })
})
