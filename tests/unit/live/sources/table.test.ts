import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BarRow, CollectedRow, QuoteRow } from '../../../../workers/live/collectedRows.ts'
import type { Settings } from '../../../../workers/live/contract.ts'
import { table } from '../../../../workers/live/sources/table.ts'
import { tableColumns } from '../../../../workers/live/sources/tableColumns.ts'
import { tableRecords } from '../../../../workers/live/sources/tableRecords.ts'
import { describeShared, sharedText } from '../../shared.ts'
import { startStub, type Stub } from '../stubServer.ts'
import { isoDay, stubWorld } from './stubWorld.ts'
import { Conversation, settingsOf } from './testContext.ts'

const day = 86_400_000
/** A Thursday. */
const noon = Date.UTC(2026, 0, 15, 12)
const today = Math.floor(noon / day)
const host = 'https://vendor.example'
const prices = (changes: Settings = {}) =>
  settingsOf('table', { url: `${host}/prices/{symbol}.csv`, symbols: 'ACME', ...changes })
const json = (path: string, changes: Settings = {}) =>
  settingsOf('table', { url: `${host}${path}`, symbols: 'ACME', format: 'json', ...changes })
const options = (path: string, changes: Settings = {}) =>
  settingsOf('table', { kind: 'options', url: `${host}${path}`, symbols: 'SPY', ...changes })

let stub: Stub
let clock = noon
beforeEach(async () => {
  clock = noon
  stub = await startStub(stubWorld(() => clock))
})
afterEach(() => stub.close())

const poll = (settings: Settings, secrets = {}) =>
  new Conversation(stub, 'table', settings, { secrets }).poll()
const bars = (rows: CollectedRow[]) => rows as BarRow[]

describe('Daily bars from an address', () => {
  it('are taken as CSV with columns found by their names', async () => {
    const { rows, refused } = await poll(prices())
    expect(refused).toBe(0)
    expect(rows[0]).toEqual({
      table: 'prices',
      symbol: 'ACME',
      date: today - 10,
      open: 99.5,
      high: 101,
      low: 99,
      close: 100,
      volume: 1_000_010,
    })
  })

  it('are taken when their day has closed, at 21:00 UTC, though the file did not change since', async () => {
    const talk = new Conversation(stub, 'table', prices())
    const last = async () => bars((await talk.poll()).rows).at(-1)?.date
    expect(await last()).toBe(today - 1)
    clock = Date.UTC(2026, 0, 15, 20, 59)
    expect(await last()).toBe(today - 1)
    clock = Date.UTC(2026, 0, 15, 21)
    expect(await last()).toBe(today)
    await talk.poll()
    expect((await talk.poll()).rows).toEqual([])
    expect(stub.requests.at(-1)?.status).toBe(304)
  })

  it('are asked for one request a symbol, and the rest later where the budget ends', async () => {
    const settings = prices({ symbols: 'acme widg', perDay: 1 })
    const talk = new Conversation(stub, 'table', settings)
    const first = await talk.poll()
    clock += day
    const second = await talk.poll()
    expect([first.more, second.more]).toEqual([true, undefined])
    expect([...new Set([...bars(first.rows), ...bars(second.rows)].map(({ symbol }) => symbol))]).toEqual([
      'ACME',
      'WIDG',
    ])
    expect(stub.requests.map(({ path }) => path)).toEqual(['/prices/ACME.csv', '/prices/WIDG.csv'])
    expect(table.pace(settings, {}).everyMs).toBe(2 * day)
  })

  it('are asked for by days where the address has them', async () => {
    await poll(prices({ url: `${host}/prices/{symbol}.csv?from={from}&to={to}`, days: 5 }))
    expect(stub.requests[0].query.toString()).toBe('from=2026-01-10&to=2026-01-15')
  })

  it('come once a day, the last reading, in whatever order the file has them', async () => {
    const lines = ['Date,Close', '2026-01-13,11', '2026-01-12,10', '2026-01-13,12']
    stub.world.files['/prices/ACME.csv'] = lines.join('\n')
    const { rows } = await poll(prices())
    expect(bars(rows).map(({ date, close }) => [isoDay(date * day), close])).toEqual([
      ['2026-01-12', 10],
      ['2026-01-13', 12],
    ])
    expect(bars(rows)[0]).toMatchObject({ open: NaN, high: NaN, low: NaN, volume: NaN })
  })

  it('are refused with row, column and what was found there', async () => {
    const lines = [
      'Date,Open,High,Low,Close,Volume',
      '2026-01-09,"1,001.5",1002,1000,$1001,"1,000,000"',
      '2026-01-12,10,11,9,null,5',
      '2026-01-13,10,11,9,abc,5',
      '2026-02-31,10,11,9,10,5',
      '2026-01-14,10,8,9,10,5',
      '2026-01-14,,,,10,N/A',
      '2026-01-14,10,11,9',
    ]
    stub.world.files['/prices/ACME.csv'] = lines.join('\r\n')
    const { rows, refused, firstRefusal } = await poll(prices())
    expect(bars(rows).map(({ close, volume }) => [close, volume])).toEqual([
      [1001, 1_000_000],
      [10, NaN],
    ])
    expect(refused).toBe(5)
    expect(firstRefusal).toBe('ACME, row 2, column “Close”: expected a price above 0, found “null”.')
  })

  it('read days in the form that was chosen', async () => {
    const forms: [string, string, string][] = [
      ['iso', '2026-01-12', '20260113'],
      ['iso', '2026-01-12 00:00:00-05:00', '2026-01-13T23:59:00+09:00'],
      ['month-first', '1/12/2026', '01/13/2026'],
      ['day-first', '12/1/2026', '13.01.2026'],
      ['seconds', String(Date.UTC(2026, 0, 12, 5) / 1000), String(Date.UTC(2026, 0, 13) / 1000)],
      ['milliseconds', String(Date.UTC(2026, 0, 12, 5)), String(Date.UTC(2026, 0, 13))],
    ]
    for (const [dates, a, b] of forms) {
      stub.world.files['/prices/ACME.csv'] = `when;c\n${a};10\n${b};11\n`
      const { rows } = await poll(prices({ dates, 'column.date': 'when' }))
      expect(bars(rows).map(({ date }) => isoDay(date * day))).toEqual(['2026-01-12', '2026-01-13'])
    }
  })

  it('are taken from the columns that were chosen, and say which there are where one is missing', async () => {
    stub.world.files['/prices/ACME.csv'] = 'Date,Close,Settle\n2026-01-13,11,12\n'
    expect(bars((await poll(prices({ 'column.close': 'Settle' }))).rows)[0].close).toBe(12)
    const { rows, refused, firstRefusal } = await poll(prices({ 'column.close': 'Settled' }))
    expect([rows, refused]).toEqual([[], 1])
    expect(firstRefusal).toBe(
      'There is no column “Settled” for close: there are Date, Close, Settle. Choose another.',
    )
  })

  it('are taken of the listed symbols where one file holds many', async () => {
    stub.world.files['/all.csv'] =
      'ticker,date,close\nACME,2026-01-13,11\nWIDG,2026-01-13,41\nXYZ,2026-01-13,5\n'
    const { rows } = await poll(prices({ url: `${host}/all.csv`, symbols: 'ACME, WIDG' }))
    expect(bars(rows).map(({ symbol, close }) => [symbol, close])).toEqual([
      ['ACME', 11],
      ['WIDG', 41],
    ])
  })
})

describe('Daily bars as JSON', () => {
  const t = [Date.UTC(2026, 0, 12, 5), Date.UTC(2026, 0, 13, 5)]
  const shapes: Record<string, [unknown, Settings]> = {
    'a list of objects': [
      { results: t.map((at, i) => ({ t: at, o: 9, h: 12, l: 8, c: 10 + i, v: 5 })) },
      { dates: 'milliseconds' },
    ],
    'objects by day': [
      {
        'Meta Data': { '2. Symbol': 'ACME' },
        'Time Series (Daily)': {
          '2026-01-13': {
            '1. open': '9',
            '2. high': '12',
            '3. low': '8',
            '4. close': '11',
            '5. volume': '5',
          },
          '2026-01-12': {
            '1. open': '9',
            '2. high': '12',
            '3. low': '8',
            '4. close': '10',
            '5. volume': '5',
          },
        },
      },
      { path: 'Time Series (Daily)' },
    ],
    'lists as columns': [
      {
        chart: {
          result: [
            {
              meta: { symbol: 'ACME' },
              timestamp: t.map((at) => at / 1000),
              indicators: {
                quote: [{ open: [9, 9], close: [10, 11], high: [12, 12], low: [8, 8], volume: [5, 5] }],
              },
            },
          ],
        },
      },
      { path: 'chart.result.0', dates: 'seconds' },
    ],
    'lists as rows, the first with names': [
      {
        data: [
          ['date', 'open', 'high', 'low', 'close', 'volume'],
          ['2026-01-12', 9, 12, 8, 10, 5],
          ['2026-01-13', 9, 12, 8, 11, 5],
        ],
      },
      { path: 'data' },
    ],
  }

  for (const [name, [body, settings]] of Object.entries(shapes)) {
    it(`are taken from ${name}`, async () => {
      stub.world.files['/bars'] = JSON.stringify(body)
      const { rows, refused } = await poll(json('/bars', settings))
      expect(refused).toBe(0)
      expect(bars(rows)).toEqual(
        [10, 11].map((close, i) => ({
          table: 'prices',
          symbol: 'ACME',
          date: Date.UTC(2026, 0, 12 + i) / day,
          open: 9,
          high: 12,
          low: 8,
          close,
          volume: 5,
        })),
      )
    })
  }

  it('say what came instead of them', async () => {
    stub.world.files['/bars'] = '{"Information":"You are out of requests for today."}'
    await expect(poll(json('/bars', { path: 'results' }))).rejects.toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining(
        'no list of records at “results”: it is {"Information":"You are out of',
      ) as string,
    })
    await expect(poll(prices({ url: `${host}/bars` }))).rejects.toThrow('is JSON instead of CSV')
  })
})

describe('Option quotes from an address', () => {
  const header = 'type,strike,expiration,bid,ask,last,volume,open_interest,implied_volatility,quote_date\n'

  it('are taken when their day has closed', async () => {
    stub.world.files['/chain.csv'] =
      header +
      'call,540,2026-02-20,1.5,1.6,,10,20,0.25,2026-01-14\nP,540,2026-02-20,2,2.1,2,0,5,,2026-01-15\n'
    const { rows, refused } = await poll(options('/chain.csv'))
    expect(refused).toBe(0)
    expect(rows).toEqual([
      {
        table: 'options',
        symbol: 'SPY',
        quoteDate: today - 1,
        expiry: Date.UTC(2026, 1, 20) / day,
        strike: 540,
        right: 'call',
        bid: 1.5,
        ask: 1.6,
        last: NaN,
        volume: 10,
        openInterest: 20,
        impliedVol: 0.25,
      },
    ])
  })

  it('without a day are those of the last close, and none while the market may be open', async () => {
    stub.world.files['/chain.json'] = JSON.stringify({
      results: [
        { details: { contract: 'O:SPY260220P00540000' }, quote: { bid: 1, ask: 2 }, greeks: { iv: 0.3 } },
      ],
    })
    const settings = options('/chain.json', { format: 'json' })
    const dateAt = async (...at: [number, number]) => {
      clock = Date.UTC(2026, 0, ...at)
      return (await poll(settings)).rows.map((row) => isoDay((row as QuoteRow).quoteDate * day))
    }
    expect(await dateAt(15, 12)).toEqual(['2026-01-14'])
    expect(await dateAt(15, 15)).toEqual([])
    expect(await dateAt(15, 22)).toEqual(['2026-01-15'])
    expect(await dateAt(18, 15)).toEqual(['2026-01-16'])
    expect((await poll(settings)).rows).toMatchObject([
      { strike: 540, right: 'put', bid: 1, impliedVol: 0.3 },
    ])
  })

  it('are refused where they name no contract, with row and column', async () => {
    stub.world.files['/chain.csv'] =
      header + 'call,540,2026-01-02,1,2,,,,,2026-01-14\nstraddle,540,2026-02-20,1,2,,,,,2026-01-14\n'
    const { rows, refused, firstRefusal } = await poll(options('/chain.csv'))
    expect([rows, refused]).toEqual([[], 2])
    expect(firstRefusal).toBe(
      'SPY, row 1, column “expiration”: expected a day no earlier than that of the quote, found “2026-01-02”.',
    )
  })
})

describe('The key of a vendor', () => {
  const key = 'key/of a test+1'
  const inAddress = prices({ url: `${host}/prices/{symbol}.csv?key={key}`, needsKey: 'yes' })
  const inHeader = prices({ needsKey: 'yes', keyHeader: 'X-Api-Key' })

  it('goes into the address or a header, and into nothing that is kept or shown', async () => {
    for (const settings of [inAddress, inHeader]) {
      stub.world.vendorKey = key
      const talk = new Conversation(stub, 'table', settings, { secrets: { key } })
      expect((await talk.poll()).rows).toHaveLength(10)
      // The vendor repeats the key in what it says instead of a table.
      stub.world.files['/prices/ACME.csv'] = `{"error":"${key} has no requests left"}`
      const failure = await talk.poll().catch((error: Error) => error.message)
      stub.world.files['/prices/ACME.csv'] = `Day,${key}\n1,2\n`
      await talk.poll()
      stub.world.files['/prices/ACME.csv'] = `Date,Close\n${key},2\n`
      await talk.poll()
      stub.setMode('server', 1)
      const other = await talk.poll().catch((error: Error) => error.message)
      const all = talk.everything() + JSON.stringify([failure, other])
      expect(all).toContain('•••')
      for (const form of [key, encodeURIComponent(key), key.slice(0, 6)]) expect(all).not.toContain(form)
      stub.world.files = stubWorld(() => clock).files
    }
  })

  it('is missed in a sentence', async () => {
    await expect(poll(inAddress)).rejects.toThrow('This source needs your key')
    expect(stub.requests).toEqual([])
  })

  it('is not to be typed into the address', () => {
    expect(table.problem(inAddress)).toBe('')
    expect(table.problem(inHeader)).toBe('')
    expect(table.problem(prices({ url: `${host}/a.csv?apikey=abc123` }))).toContain(
      'The address holds a key in “apikey”',
    )
    expect(table.problem(prices({ url: `${host}/a.csv?apikey={key}` }))).toContain(
      'choose that it needs a key',
    )
    expect(table.problem(prices({ needsKey: 'yes' }))).toContain('Write {key} into the address')
  })
})

describe('The settings of a table', () => {
  it('name one origin, whatever is filled in', () => {
    expect(table.origins(prices())).toEqual([host])
    expect(table.problem(prices({ url: 'https://{symbol}.example/a.csv' }))).toContain(
      'has to be written out',
    )
    expect(table.problem(prices({ url: 'http://vendor.example/a.csv' }))).toContain('https')
    expect(table.problem(prices({ symbols: '' }))).toContain('List the symbols')
    expect(table.problem(prices({ url: `${host}/{ticker}.csv` }))).toContain('not {ticker}')
  })

  it('can be made from an answer and the columns found in it', () => {
    const settings = prices()
    const { columns, records } = tableRecords('Date;Last;Vol\n2026-01-13;11\n', settings)
    expect([columns, records]).toEqual([['Date', 'Last', 'Vol'], [['2026-01-13', '11']]])
    expect(tableColumns(columns, settings)).toMatchObject({
      date: 'Date',
      close: 'Last',
      volume: 'Vol',
      open: '',
      symbol: '',
    })
  })
})

describeShared('Real tables', () => {
  it('of bars are read whole', async () => {
    stub.world.files['/prices/ACME.csv'] = sharedText('realdata', 'prices', 'benchmark', 'SPY.csv')
    const { rows, refused } = await poll(prices())
    expect(refused).toBe(0)
    expect(rows).toHaveLength(2477)
    expect([bars(rows)[0], bars(rows)[2476]].map(({ date }) => isoDay(date * day))).toEqual([
      '2015-01-02',
      '2024-11-04',
    ])
  })

  it('with bodies of errors between the bars give the bars, and count the rest', async () => {
    stub.world.files['/prices/ACME.csv'] = sharedText('realdata', 'prices', 'dirty_yahoo', 'NVDA.csv')
    const { rows, refused, firstRefusal } = await poll(prices())
    expect(rows).toHaveLength(6102)
    expect(refused).toBe(617)
    expect(firstRefusal).toBe('ACME, row 5555, column “Close”: expected a price above 0, found “null”.')
  })

  it('of options are read whole', async () => {
    clock = Date.UTC(2025, 7, 26, 22)
    stub.world.files['/chain.csv'] = sharedText('realdata', 'options', 'SPY_options_yf_20250826.csv')
    const { rows, refused } = await poll(options('/chain.csv'))
    expect(refused).toBe(0)
    const quotes = rows as QuoteRow[]
    expect(quotes).toHaveLength(7011)
    expect(quotes.filter(({ right }) => right === 'call')).toHaveLength(3570)
    expect(new Set(quotes.map(({ expiry }) => expiry)).size).toBe(30)
    expect(quotes.filter(({ volume }) => Number.isNaN(volume))).toHaveLength(290)
  })
})
