import Papa from 'papaparse'
import type { Panel } from '../../workers/quant/panel.ts'
import { sharedText } from './shared.ts'

/** Seven real shares and funds on the same 2,477 days, 2015-01-02 to 2024-11-04, split- and dividend-adjusted. */
export const benchmarkSymbols = ['AAPL', 'MSFT', 'NVDA', 'QQQ', 'SPY', 'TSLA', 'VOO']

interface Bar {
  day: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

/** Epoch day of the date written in the cell, whatever offset follows it. */
function epochDay(cell: string): number {
  return Date.parse(`${cell.slice(0, 10)}T00:00:00Z`) / 86_400_000
}

function benchmarkBars(symbol: string): Bar[] {
  const { data } = Papa.parse<Record<string, string>>(
    sharedText('realdata', 'prices', 'benchmark', `${symbol}.csv`),
    { header: true, skipEmptyLines: true },
  )
  return data.map((row) => ({
    day: epochDay(row.Date),
    open: Number(row.Open),
    high: Number(row.High),
    low: Number(row.Low),
    close: Number(row.Close),
    volume: Number(row.Volume),
  }))
}

/** The real prices as one panel; a day on which a symbol has no row is NaN. */
export function realPanel(symbols: string[] = benchmarkSymbols): Panel {
  const bars = symbols.map(benchmarkBars)
  const dates = Int32Array.from(new Set(bars.flatMap((rows) => rows.map((row) => row.day)))).sort()
  const dayIndex = new Map(Array.from(dates, (day, index) => [day, index]))
  const cells = () => new Float64Array(symbols.length * dates.length).fill(NaN)
  const panel = {
    dates,
    symbols,
    open: cells(),
    high: cells(),
    low: cells(),
    close: cells(),
    volume: cells(),
  }
  bars.forEach((rows, symbol) => {
    for (const row of rows) {
      const at = symbol * dates.length + (dayIndex.get(row.day) ?? NaN)
      panel.open[at] = row.open
      panel.high[at] = row.high
      panel.low[at] = row.low
      panel.close[at] = row.close
      panel.volume[at] = row.volume
    }
  })
  return panel
}
