import { gzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportPlan } from '../../../workers/data/api.ts'
import { loadBars } from '../../../workers/data/quality/loadBars.ts'
import { isoOf } from '../../../workers/data/read/dates.ts'
import { csv, importAll, openService, valueOf, type OpenedService } from './openService.ts'

describe('price files of many shapes', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  })
  afterAll(() => opened.close())

  async function planOf(file: File): Promise<ImportPlan> {
    return valueOf(await opened.service.inspect([file], 'prices'))[0]
  }

  /** [date, open, high, low, close, volume] of every row, by date. */
  async function barsOf(file: File, edit?: (plan: ImportPlan) => ImportPlan) {
    const report = await importAll(opened.service, [file], 'prices', edit)
    expect(report.failed).toEqual([])
    const [bars] = await loadBars(opened.database, report.datasets[0].id)
    return [...bars.day].map((day, i) => [
      isoOf(day),
      ...([bars.open, bars.high, bars.low, bars.close, bars.volume] as const).map((column) => column[i]),
    ])
  }

  const twoDays = [
    ['2015-01-02', 10.5, 12.25, 9.75, 11, 1234567],
    ['2015-01-13', 11, 13.5, 10.25, 12.5, 2000],
  ]

  it('Nasdaq: dollar signs, Close/Last, newest first, month first', async () => {
    const file = csv(
      'HistoricalData_1700000000000.csv',
      'Date,Close/Last,Volume,Open,High,Low\n01/13/2015,$12.50,2000,$11.00,$13.50,$10.25\n' +
        '01/02/2015,$11.00,"1,234,567",$10.50,$12.25,$9.75\n',
    )
    const plan = await planOf(file)
    expect([plan.shape, plan.symbol, plan.dateFormat]).toEqual(['Nasdaq', '', 'month-first'])
    expect(plan.problems).toEqual([expect.stringContaining('Type the symbol')])
    expect(plan.sample[1].dateInWords).toBe('2 January 2015')
    expect(await barsOf(file, (p) => ({ ...p, symbol: 'aapl' }))).toEqual(twoDays)
  })

  it('names above a second line of names: the names decide, not the places (yfinance writes the close first)', async () => {
    const file = csv(
      'AAPL.csv',
      'Price,Close,High,Low,Open,Volume\nTicker,AAPL,AAPL,AAPL,AAPL,AAPL\nDate,,,,,\n' +
        '2015-01-02,11,12.25,9.75,10.5,1234567\n2015-01-13,12.5,13.5,10.25,11,2000\n',
    )
    expect((await planOf(file)).columns).toEqual({ date: 0, close: 1, high: 2, low: 3, open: 4, volume: 5 })
    expect(await barsOf(file)).toEqual(twoDays)
  })

  it('names in other languages, and shares before the turnover that is called volume', async () => {
    const ariva = csv(
      'SAP.csv',
      'Datum;Erster;Hoch;Tief;Schlusskurs;Stuecke;Volumen\n' +
        '13.01.2015;11,00;13,50;10,25;12,50;2.000;25.000\n02.01.2015;10,50;12,25;9,75;11,00;1.234.567;13.580.237\n',
    )
    expect(await barsOf(ariva)).toEqual(twoDays)
    const polish = csv(
      'PKN.csv',
      'Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen\n2015-01-02,10.5,12.25,9.75,11,1234567\n' +
        '2015-01-13,11,13.5,10.25,12.5,2000\n',
    )
    expect(await barsOf(polish)).toEqual(twoDays)
  })

  it('Yahoo copied from its page: long names, dividends and splits between the rows are refused', async () => {
    const file = csv(
      'MSFT.csv',
      'Date\tOpen\tHigh\tLow\tClose Close price adjusted for splits.\tAdj Close Adjusted close price adjusted for ' +
        'splits and dividend and/or capital gain distributions.\tVolume\n' +
        'Jan 13, 2015\t11.00\t13.50\t10.25\t12.50\t12.50\t2,000\nJan 5, 2015\t0.25 Dividend\n' +
        'Jan 2, 2015\t10.50\t12.25\t9.75\t11.00\t11.00\t1,234,567\n',
    )
    const [dataset] = (await importAll(opened.service, [file])).datasets
    expect([dataset.rows, dataset.refused]).toEqual([2, 1])
    expect(valueOf(await opened.service.refused(dataset.id, 5))[0].line).toBe(3)
    expect(await barsOf(file)).toEqual(twoDays)
  })

  it('Stooq: one symbol by name, and the long form with compact dates', async () => {
    const daily = csv(
      'aapl_us_d.csv',
      'Date,Open,High,Low,Close,Volume\n2015-01-02,10.5,12.25,9.75,11,1234567\n2015-01-13,11,13.5,10.25,12.5,2000',
    )
    expect((await planOf(daily)).symbol).toBe('AAPL')
    expect(await barsOf(daily)).toEqual(twoDays)
    const long = csv(
      'aapl.us.txt',
      '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n' +
        'AAPL.US,D,20150102,000000,10.5,12.25,9.75,11,1234567,0\n' +
        'AAPL.US,D,20150113,000000,11,13.5,10.25,12.5,2000,0\n',
    )
    const plan = await planOf(long)
    expect([plan.shape, plan.symbol, plan.dateFormat]).toEqual(['Stooq', null, 'compact'])
    expect(await barsOf(long)).toEqual(twoDays)
  })

  it('LEAN: no header, compact dates with a time, integers × 10,000', async () => {
    const file = csv(
      'spy_daily.csv',
      '20150102 00:00,105000,122500,97500,110000,1234567\n20150113 00:00,110000,135000,102500,125000,2000',
    )
    const plan = await planOf(file)
    expect([plan.shape, plan.symbol, plan.priceScale, plan.header]).toEqual(['LEAN', 'SPY', 10_000, null])
    expect(await barsOf(file)).toEqual(twoDays)
  })

  it('semicolons, decimal commas, points between thousands, day first', async () => {
    const file = csv(
      'SAP.csv',
      'Datum;Schlusskurs;Eröffnung;Hoch;Tief;Volumen\n13.01.2015;12,50;11,00;13,50;10,25;2.000\n' +
        '02.01.2015;11,00;10,50;12,25;9,75;1.234.567\n',
    )
    const plan = await planOf(file)
    expect([plan.delimiter, plan.decimal, plan.dateFormat]).toEqual([';', ',', 'day-first'])
    expect(await barsOf(file)).toEqual(twoDays)
  })

  const body = '2015-01-02,10.5,12.25,9.75,11,1234567\n2015-01-13,11,13.5,10.25,12.5,2000\n'
  const plain = `Date,Open,High,Low,Close,Volume\n${body}`
  const utf16 = (text: string, littleEndian: boolean) => {
    const bytes = new Uint8Array(2 * text.length)
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian)
    return bytes
  }
  it.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['a byte-order mark', `\ufeff${plain}`],
    ['CR LF', plain.replaceAll('\n', '\r\n')],
    ['CR alone', plain.replaceAll('\n', '\r')],
    ['no last line end', plain.trimEnd()],
    ['UTF-16 with a mark', utf16(`\ufeff${plain}`, true)],
    ['UTF-16, big-endian', utf16(`\ufeff${plain}`, false)],
    ['UTF-16 without a mark', utf16(plain, true)],
    ['gzip', new Uint8Array(gzipSync(new TextEncoder().encode(plain)))],
    ['every cell quoted', plain.replace(/[^,\n]+/g, '"$&"')],
    ['tabs', plain.replaceAll(',', '\t')],
    ['bars', plain.replaceAll(',', '|')],
    ['blanks after the commas', plain.replaceAll(',', ', ')],
    ['a comma at the end of every row', plain.replaceAll('\n', ',\n')],
    ['an index without a name', plain.replace('Date', '')],
    ['no header', body],
    ['a title above the header', `Apple Inc., daily\n\n${plain}`],
    ['seconds since 1970', plain.replace('2015-01-02', '1420156800').replace('2015-01-13', '1421107200')],
    ['month names', plain.replace('2015-01-02', '02-Jan-15').replace('2015-01-13', '13-Jan-15')],
    [
      'American month names',
      plain.replace('2015-01-02', '"Jan 2, 2015"').replace('2015-01-13', '"Jan 13, 2015"'),
    ],
    ['slashes, year first', plain.replaceAll('2015-01-', '2015/01/')],
    ['a time and an offset', plain.replace(/2015-01-\d\d/g, '$& 23:30:00-05:00')],
    ['a time east of here', plain.replace(/2015-01-\d\d/g, '$&T00:00:00+09:00')],
    ['a time in UTC', plain.replace(/2015-01-\d\d/g, '$&T00:00:00Z')],
    ['exponents and a plus', plain.replace('10.5', '+1.05e1')],
    ['K and M for volume', plain.replace('2000', '2K').replace('1234567', '1.234567M')],
  ])('%s', async (_, text) => {
    expect(await barsOf(csv('AAPL.csv', text))).toEqual(twoDays)
  })

  it('a row whose quotes hold a line end is one row; a stray quote takes no other row with it', async () => {
    const long = csv(
      'l.csv',
      'symbol,note,date,open,high,low,close\nA,"two\nlines",2015-01-02,1,2,1,2\nA,"open,2015-01-05,1,2,1,2\n' +
        'A,fine,2015-01-06,1,2,1,2\n',
    )
    const report = await importAll(opened.service, [long])
    expect([report.datasets[0].rows, report.datasets[0].refused]).toEqual([2, 1])
    const [refused] = valueOf(await opened.service.refused(report.datasets[0].id, 1))
    expect([refused.line, refused.reason]).toEqual([4, expect.stringContaining('quote')])
  })

  it('days that fit both ways must be chosen by the person, and the choice holds', async () => {
    const file = csv(
      'AAPL.csv',
      plain.replace('2015-01-02', '02/01/2015').replace('2015-01-13', '03/01/2015'),
    )
    const plan = await planOf(file)
    expect(plan.dateAmbiguous).toBe(true)
    expect(plan.problems[0]).toMatch(/day-first or month-first/)
    const refusedPlan = valueOf(await opened.service.importFiles([plan]))
    expect(refusedPlan.failed).toHaveLength(1)
    const chosen = valueOf(
      await opened.service.replan({ ...plan, dateFormat: 'day-first', dateAmbiguous: false }),
    )
    expect(chosen.problems).toEqual([])
    expect(chosen.sample[0].dateInWords).toBe('2 January 2015')
    const bars = await barsOf(file, () => chosen)
    expect(bars.map(([date]) => date)).toEqual(['2015-01-02', '2015-01-03'])
  })

  it('adjusted closes become factors', async () => {
    const file = csv(
      'T.csv',
      'Date,Open,High,Low,Close,Adj Close,Volume\n2015-01-02,10,10,10,10,5,1\n2015-01-05,10,10,10,10,10,1',
    )
    const report = await importAll(opened.service, [file])
    const [bars] = await loadBars(opened.database, report.datasets[0].id)
    expect([...bars.factor]).toEqual([0.5, 1])
  })

  it('every line that is neither blank nor the header is loaded or refused, with its line and reason', async () => {
    const lines = [
      'Date,Open,High,Low,Close,Volume',
      '2015-01-02,10.5,11.25,9.75,10.5,100',
      '{"error":"Too many requests"}',
      '',
      '2015-01-05,10,11,9,null,100',
      '2015-02-30,10,11,9,10,100',
      '2015-01-06,10,11,9,10',
      '2015-01-07,10,11,9,"1,5",100',
      '2015-01-08,10,11,9,10,100,extra',
      'Date,Open,High,Low,Close,Volume',
      '2015-01-09,10,11,9,Infinity,100',
      '2015-01-12,=1+1,11,9,10,100',
    ]
    const report = await importAll(opened.service, [csv('AAPL.csv', lines.join('\n'))])
    const [{ id, rows, refused }] = report.datasets
    expect(rows + refused).toBe(lines.filter((line) => line !== '').length - 1)
    const kept = valueOf(await opened.service.refused(id, Infinity))
    expect(kept.map(({ line, column, value }) => [line, column, value])).toEqual([
      [3, '', '{"error":"Too many requests"}'],
      [5, 'Close', 'null'],
      [6, 'Date', '2015-02-30'],
      [7, '', '2015-01-06,10,11,9,10'],
      [8, 'Close', '1,5'],
      [9, '', '2015-01-08,10,11,9,10,100,extra'],
      [10, '', 'Date'],
      [11, 'Close', 'Infinity'],
      [12, 'Open', '=1+1'],
    ])
    const text = await valueOf(await opened.service.refusedCsv(id)).text()
    expect(text.split('\r\n')[0]).toBe('file,line,column,value,reason')
    expect(text).toContain(`AAPL.csv,12,Open,'=1+1,`)
  })
})
