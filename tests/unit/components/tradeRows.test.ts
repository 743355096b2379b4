import { describe, expect, it } from 'vitest'
import { choices, filterTrades, sortTrades, tradeRows } from '../../../src/components/report/tradeRows.ts'
import { reportFixture } from './reportFixture.ts'

const report = reportFixture()
const all = [...tradeRows(report, 'inSample'), ...tradeRows(report, 'outOfSample')]

describe('rows of trades', () => {
  it('belong to the part of their entry, each to exactly one', () => {
    expect(all.map((row) => row.index).sort((a, b) => a - b)).toEqual(report.trades.map((_, i) => i))
    for (const row of tradeRows(report, 'outOfSample'))
      expect(row.trade.entryDay).toBeGreaterThanOrEqual(report.split)
  })

  it('sort by number and by name, both ways, and keep ties in order', () => {
    const profits = sortTrades(all, { column: 'profit', descending: true }).map((row) => row.trade.profit)
    expect(profits).toEqual([...profits].sort((a, b) => b - a))
    const symbols = sortTrades(all, { column: 'symbol', descending: false })
    for (let i = 1; i < symbols.length; i++) {
      expect(symbols[i].symbol >= symbols[i - 1].symbol).toBe(true)
      if (symbols[i].symbol === symbols[i - 1].symbol)
        expect(symbols[i].index).toBeGreaterThan(symbols[i - 1].index)
    }
  })

  it('do not change the report when sorted', () => {
    const before = all.map((row) => row.index)
    sortTrades(all, { column: 'return', descending: false })
    expect(all.map((row) => row.index)).toEqual(before)
  })

  it('filter by symbol, signal and exit together', () => {
    const shown = filterTrades(all, { symbol: 'VEGA', signal: '', exit: 'stop' })
    expect(shown.length).toBeGreaterThan(0)
    for (const row of shown) expect([row.symbol, row.trade.exitReason]).toEqual(['VEGA', 'stop'])
    expect(filterTrades(all, { symbol: '', signal: '', exit: '' })).toHaveLength(all.length)
  })

  it('offer only what occurs', () => {
    const offered = choices(all, (row) => row.symbol)
    expect(offered).toEqual([...new Set(offered)].sort())
  })
})
