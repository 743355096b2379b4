import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateFormatOf } from '../../../workers/data/inspect/dateFormat.ts'
import { symbolFromName } from '../../../workers/data/inspect/symbolFromName.ts'
import { epochDay, isoOf, noDate, parseDate, parseDateText } from '../../../workers/data/read/dates.ts'
import { LineSplitter, longestLine } from '../../../workers/data/read/lines.ts'
import { parseNumber, parseNumberText } from '../../../workers/data/read/numbers.ts'
import { Refusals } from '../../../workers/data/refusals.ts'
import { roleOf, tableNames, tables } from '../../../workers/data/schema.ts'
import { schemaHash } from '../../../workers/data/schemaHash.ts'
import { quoteIdentifier, quoteLiteral } from '../../../workers/data/sql.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const numberIn = (text: string, decimal: '.' | ',' = '.') => {
  const bytes = bytesOf(text)
  return parseNumber(bytes, 0, bytes.length, decimal.charCodeAt(0))
}

describe('lines', () => {
  const linesOf = (text: string, cuts: number[]) => {
    const found: string[] = []
    const splitter = new LineSplitter((bytes, start, end, line) => {
      found.push(new TextDecoder().decode(bytes.subarray(start, end)))
      expect(line).toBe(found.length)
    })
    const bytes = bytesOf(text)
    const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
    edges.slice(1).forEach((edge, i) => {
      splitter.push(bytes.slice(edges[i], edge))
    })
    splitter.finish()
    return found
  }

  it('are the same however the file is cut into chunks, whatever ends them', () => {
    const part = fc.constantFrom('a', 'é', ',', '"', '\n', '\r', '\r\n', '\n\n', 'row')
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 40 }),
        fc.array(fc.nat(200), { maxLength: 6 }),
        (parts, cuts) => {
          const text = parts.join('')
          const expected = text.split(/\r\n|\n|\r/)
          if (expected.at(-1) === '') expected.pop()
          expect(linesOf(text, cuts)).toEqual(expected)
        },
      ),
    )
  })

  it('that never end are cut, and the line after is read', () => {
    const lengths: number[] = []
    const splitter = new LineSplitter((_, start, end) => lengths.push(end - start))
    for (let i = 0; i < 3; i++) splitter.push(new Uint8Array(longestLine).fill(65))
    splitter.push(bytesOf('A\nnext\n'))
    splitter.finish()
    expect(lengths).toEqual([longestLine, 4])
  })
})

describe('numbers', () => {
  it('are the nearest double, as JavaScript reads them, at any length', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(finite, (x) => {
        expect(numberIn(String(x))).toBe(Number(String(x)))
      }),
    )
    const places = fc.integer({ min: 0, max: 12 })
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), places, (x, n) => {
        expect(numberIn(x.toFixed(n))).toBe(Number(x.toFixed(n)))
        expect(numberIn(x.toFixed(n).replace('.', ','), ',')).toBe(Number(x.toFixed(n)))
      }),
    )
  })

  it.each<[string, '.' | ',', number]>([
    ['1,234,567.5', '.', 1234567.5],
    ['1.234.567,5', ',', 1234567.5],
    ['1 234,5', ',', 1234.5],
    ['1’234.5', '.', 1234.5],
    ['1\u202f234,5', ',', 1234.5],
    ['$1,234.50', '.', 1234.5],
    ['-$5', '.', -5],
    ['12,50 €', ',', 12.5],
    ['1.5e3', '.', 1500],
    ['2.5M', '.', 2_500_000],
    ['+.5', '.', 0.5],
  ])('%s with decimal %s is %d', (text, decimal, value) => {
    expect(numberIn(text, decimal)).toBe(value)
    expect(parseNumberText(text, decimal)).toBe(value)
  })

  it.each<[string, '.' | ',']>([
    ['1,5', '.'],
    ['1.5', ','],
    ['12,34,567', '.'],
    ['1.2.3', '.'],
    ['', '.'],
    ['-', '.'],
    ['.', '.'],
    ['null', '.'],
    ['NaN', '.'],
    ['Infinity', '.'],
    ['0x10', '.'],
    ['12abc', '.'],
    ['1e', '.'],
    ['5%', '.'],
  ])('%s with decimal %s is none', (text, decimal) => {
    expect(numberIn(text, decimal)).toBeNaN()
  })
})

describe('dates', () => {
  it('count days as the calendar does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -80_000, max: 80_000 }), (day) => {
        const iso = isoOf(day)
        expect(parseDateText(iso, 'iso')).toBe(day)
        expect(parseDate(bytesOf(iso), 0, iso.length, 'iso')).toBe(day)
        expect(parseDateText(iso.replaceAll('-', ''), 'compact')).toBe(day)
        const [year, month, date] = iso.split('-')
        expect(parseDateText(`${date}/${month}/${year}`, 'day-first')).toBe(day)
        expect(parseDateText(`${+month}.${+date}.${year}`, 'month-first')).toBe(day)
      }),
    )
  })

  it('are the local day written, whatever the offset', () => {
    for (const text of [
      '2015-01-02 00:00:00-05:00',
      '2015-01-02 23:59:59+14:00',
      '2015-01-02T00:00:00Z',
      '2015-01-02 16:00 EST',
    ]) {
      expect([text, parseDateText(text, 'iso-offset')]).toEqual([text, epochDay(2015, 1, 2)])
    }
  })

  it('that the calendar does not have are none', () => {
    for (const text of [
      '2023-02-29',
      '2023-13-01',
      '2023-00-10',
      '2023-04-31',
      '20230431',
      '2023-1',
      'today',
    ]) {
      expect([text, parseDateText(text, 'iso')]).toEqual([text, noDate])
    }
  })

  it('are ambiguous only where every one of them fits both ways and it matters', () => {
    expect(dateFormatOf(['01/02/2024', '05/06/2024'])).toMatchObject({ ambiguous: true })
    expect(dateFormatOf(['01/02/2024', '13/06/2024'])).toEqual({ format: 'day-first', ambiguous: false })
    expect(dateFormatOf(['01/02/2024', '06/13/2024'])).toEqual({ format: 'month-first', ambiguous: false })
    expect(dateFormatOf(['05/05/2024', '06/06/2024'])).toMatchObject({ ambiguous: false })
    expect(dateFormatOf(['2024-01-31'])).toEqual({ format: 'iso', ambiguous: false })
    expect(dateFormatOf(['hello'])).toBeNull()
  })
})

describe('names', () => {
  it.each([
    ['AAPL.csv', 'AAPL'],
    ['aapl_daily.csv', 'AAPL'],
    ['aapl.us.txt', 'AAPL'],
    ['EURUSD.csv', 'EURUSD'],
    ['BTC-USD.csv', 'BTC-USD'],
    ['BRK.B.csv', 'BRK.B'],
    ['^GSPC.csv', '^GSPC'],
    ['MSFT (2).csv', 'MSFT'],
    ['TSLA_2015-2024.csv.gz', 'TSLA'],
    ['HistoricalData_1700000000000.csv', ''],
    ['prices.csv', ''],
    ['my portfolio export.csv', ''],
    ['AAPL_MSFT.csv', ''],
  ])('%s tells %s', (name, symbol) => {
    expect(symbolFromName(name)).toBe(symbol)
  })

  it('of users are inert in SQL', () => {
    expect(quoteIdentifier('a"; DROP TABLE x; --')).toBe('"a""; DROP TABLE x; --"')
    expect(quoteLiteral("o'clock")).toBe("'o''clock'")
  })
})

describe('the schema', () => {
  it('has one row of truth per column: a type, a unit or text, a sentence, a likeliest alias of its own', async () => {
    const hashes = new Set<string>()
    for (const name of tableNames) {
      const { columns, sources } = tables[name]
      hashes.add(await schemaHash(name))
      const likeliest = [...columns, ...sources].map(({ aliases }) => aliases[0])
      expect(new Set(likeliest).size).toBe(likeliest.length)
      for (const column of columns) {
        expect(column.doc).toMatch(/\.$/)
        expect(column.aliases).toContain(column.name.replaceAll('_', ''))
      }
    }
    expect(hashes.size).toBe(Object.keys(tables).length)
    expect(tables.prices.columns.map(roleOf)).toContain('adjFactor')
  })
})

describe('refused rows as CSV', () => {
  it('defuse formulas and keep quotes, commas and line ends inside their cell', async () => {
    const row = { file: '=cmd.csv', line: 3, column: '@x', value: '-1+"a",b\nc', reason: 'No number.' }
    const refusals = new Refusals()
    refusals.add(row)
    expect(await refusals.csv().text()).toBe(
      `file,line,column,value,reason\r\n'=cmd.csv,3,'@x,"'-1+""a"",b\nc",No number.\r\n`,
    )
  })

  it('are all there and in order, although only the first are kept at hand', async () => {
    const refusals = new Refusals()
    const rows = 25_000
    for (let line = 1; line <= rows; line++)
      refusals.add({ file: 'a.csv', line, column: 'date', value: 'x', reason: 'No date.' })
    const lines = (await refusals.csv().text()).trimEnd().split('\r\n').slice(1)
    expect(refusals.count).toBe(rows)
    expect(lines.map((text) => Number(text.split(',')[1]))).toEqual(lines.map((_, i) => i + 1))
    expect(lines).toHaveLength(rows)
    expect(refusals.first.length).toBeLessThan(rows)
  })
})
