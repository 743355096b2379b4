import { describe, expect, test } from 'vitest'
import { exampleSignalsCsv } from '../../../../src/components/data/exampleSignals.ts'

const day = (text: string) => Date.parse(text) / 86_400_000
const market = {
  symbols: ['AAPL', 'BRK,B', 'MSFT', 'NVDA', 'QQQ', 'TSLA'],
  from: day('2020-01-02'),
  to: day('2020-12-31'),
}
const rows = (text: string) => text.trimEnd().split('\n')

describe('the example of a file of signals', () => {
  test('has the columns of the format and a row for each of four symbols in each month', () => {
    const [header, ...body] = rows(exampleSignalsCsv(market, 'QQQ'))
    expect(header).toBe('symbol,date,direction,conviction,horizon')
    expect(body).toHaveLength(12 * 4)
    expect(body[0]).toBe('AAPL,2020-01-08,1,0.6,15')
  })

  test('is dated on second Wednesdays, within the prices', () => {
    const dates = rows(exampleSignalsCsv({ ...market, symbols: ['AAPL'] }, null))
      .slice(1)
      .map((row) => row.split(',')[1])
    for (const date of dates) {
      expect(new Date(date).getUTCDay()).toBe(3)
      const inMonth = Number(date.slice(8))
      expect(inMonth >= 8 && inMonth <= 14).toBe(true)
    }
    expect(exampleSignalsCsv({ ...market, from: day('2020-01-09'), to: day('2020-02-11') }, null)).toBe(
      'symbol,date,direction,conviction,horizon\n',
    )
  })

  test('never trades the benchmark, and quotes a symbol that holds a comma', () => {
    const text = exampleSignalsCsv(market, 'AAPL')
    expect(text).not.toContain('AAPL')
    expect(text).toContain('"BRK,B",2020-01-08')
  })
})
