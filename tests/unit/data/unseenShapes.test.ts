import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportPlan } from '../../../workers/data/api.ts'
import { csv, openService, valueOf, type OpenedService } from './openService.ts'

const lines = (...texts: string[]) => texts.join('\n') + '\n'

describe('files as their sources write them', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  }, 60_000)
  afterAll(() => opened.close())

  async function planOf(name: string, content: string | object): Promise<ImportPlan> {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    return valueOf(await opened.service.inspect([csv(name, text)], null))[0]
  }

  /** The columns asked for of the rows that the file becomes, as texts; '' = nothing. */
  async function rowsOf(plan: ImportPlan, columns: string[], edit: Partial<ImportPlan> = {}) {
    const report = valueOf(await opened.service.importFiles([{ ...plan, ...edit }]))
    expect(report.failed).toEqual([])
    const cells = columns.map((name) => `COALESCE("${name}"::VARCHAR, '') AS "${name}"`)
    const rows = await opened.database.query(
      `SELECT ${cells.join(', ')} FROM ${report.datasets[0].id} ORDER BY line, rowid`,
    )
    const texts = columns.map((name) => rows.texts(name))
    return Array.from({ length: rows.rows }, (_, row) => texts.map((column) => column[row]))
  }

  describe('aircraft', () => {
    it('positions that hold no flight say so, and the next file loads', async () => {
      const state = [
        '3c6444',
        'DLH9LF',
        'Germany',
        1.7e9,
        1.7e9,
        6.1,
        50.2,
        9639,
        false,
        232,
        98,
        4,
        null,
        9547,
      ]
      const plan = await planOf('states.json', {
        time: 1.7e9,
        states: [
          [...state, '1000', false, 0],
          [...state, '1000', false, 0],
        ],
      })
      const report = valueOf(await opened.service.importFiles([plan]))
      expect(report.failed[0].message).toContain('hold no flight of five minutes or more')
      const next = await planOf('names.csv', lines('symbol,name', 'AAPL,Apple Inc.', 'MSFT,Microsoft'))
      expect(await rowsOf(next, ['symbol', 'name'])).toHaveLength(2)
    })

    it('cells in single quotes may hold commas, quotes and blanks', async () => {
      const plan = await planOf(
        'aircraft-database.csv',
        lines(
          "'icao24','timestamp','model','operator','owner','registration','typecode'",
          "'03e003','2021-12-06 08:00:00','G-V ''SP''','','O''Brien, \"Jet\" Inc','TT-AAA','GLF5'",
          "'0200e6','2021-12-06 08:00:00','','Royal Air','','CN-ROB','B738'",
        ),
      )
      expect(plan.shape).toBe('OpenSky aircraft')
      expect(await rowsOf(plan, ['icao24', 'registration', 'type', 'owner'])).toEqual([
        ['03e003', 'TT-AAA', 'GLF5', 'O\'Brien, "Jet" Inc'],
        ['0200e6', 'CN-ROB', 'B738', 'Royal Air'],
      ])
    })

    it('addresses saved as numbers are refused, in JSON and in Parquet', async () => {
      const flight = { firstSeen: 1517220729, lastSeen: 1517230737, estDepartureAirport: 'EDDF' }
      const json = await planOf('flights.json', [
        { icao24: 3000, ...flight },
        { icao24: 400123, ...flight },
      ])
      const columnData = [
        { name: 'icao24', data: [3000, 400123], type: 'INT32' as const },
        { name: 'firstseen', data: [1609459200, 1609459300], type: 'INT32' as const },
        { name: 'lastseen', data: [1609462800, 1609462900], type: 'INT32' as const },
      ]
      const file = new File([parquetWriteBuffer({ columnData })], 'flights.parquet')
      const [parquet] = valueOf(await opened.service.inspect([file], null))
      for (const { problems } of [json, parquet])
        expect(problems.join(' ')).toContain('Save the column as text')
    })
  })

  describe('tickets', () => {
    it.each([
      [
        'Jira.csv',
        lines(
          'Summary,Issue key,Issue Type,Status,Project name,Assignee,Created,Updated,Resolved,Labels,Labels,Description',
          'Cannot log in,ABC-1,Bug,Open,Alpha,bob,02/Jan/24 3:15 PM,03/Jan/24 1:00 AM,,x,y,steps',
          'Add dark mode,ABC-2,Story,Open,Alpha,bob,13/Jan/24 3:15 PM,13/Jan/24 4:00 PM,,x,,text',
        ),
      ],
      [
        'zendesk.csv',
        lines(
          '"ID","Requester","Assignee","Group","Subject","Status","Priority","Via","Ticket type","Created at","Solved at"',
          '"1","Bob","Al","Support","Invoice wrong","Open","High","Web form","Problem","2024-01-02 10:22",""',
          '"2","Bob","Al","Support","Hello","Solved","Low","Email","Question","2024-01-13 11:22","2024-01-14 10:00"',
        ),
      ],
      [
        'zendesk.json',
        JSON.stringify({
          tickets: [
            { id: 1, subject: 'Outage', description: '', status: 'open', created_at: '2024-01-02T22:55:29Z' },
            { id: 2, subject: 'Hello', description: '', status: 'open', created_at: '2024-01-13T22:55:29Z' },
          ],
        }),
      ],
    ])('%s is a list of tickets, not of incidents', async (name, text) => {
      const plan = await planOf(name, text)
      expect([plan.kind, plan.content]).toEqual(['tickets', 'tickets'])
      const rows = await rowsOf(plan, ['date', 'sentiment', 'count'], { symbol: 'DDOG' })
      expect(rows).toEqual([
        ['2024-01-02', 'negative', '1.0'],
        ['2024-01-13', 'neutral', '1.0'],
      ])
    })

    it('a text of sixty lines, with quotes and commas, stays one ticket', async () => {
      const log = Array.from({ length: 60 }, (_, i) => `line ${i}, ""quoted"", 2024-01-0${(i % 9) + 1}`).join(
        '\n',
      )
      const plan = await planOf(
        'tickets.csv',
        lines(
          'ticker,created_at,title,body',
          `DDOG,2024-01-02T10:00:00Z,Crash,"${log}"`,
          'DDOG,2024-01-03T10:00:00Z,Fine,short',
        ),
      )
      expect(plan.problems).toEqual([])
      expect(await rowsOf(plan, ['date', 'count'])).toEqual([
        ['2024-01-02', '1.0'],
        ['2024-01-03', '1.0'],
      ])
    })
  })

  describe('adoption', () => {
    it('a month written as its first day is known when it is over', async () => {
      const plan = await planOf(
        'bq.csv',
        lines('num_downloads,month,file_project', '100,2024-01-01,datadog', '120,2024-02-01,datadog'),
      )
      expect(plan.kind).toBe('adoption')
      expect(await rowsOf(plan, ['date', 'source', 'value', 'known_at'], { symbol: 'DDOG' })).toEqual([
        ['2024-01-31', 'datadog', '100.0', '2024-02-01'],
        ['2024-02-29', 'datadog', '120.0', '2024-03-01'],
      ])
    })

    it('one column per package is refused with how to reshape it', async () => {
      const plan = await planOf('npm-stat.csv', lines('Date,react,vue,svelte', '2024-01-01,1000,200,30'))
      expect(plan.problems.join(' ')).toContain('one row per day and name')
    })
  })

  describe('options', () => {
    const yahoo = lines(
      'contractSymbol,lastTradeDate,strike,lastPrice,bid,ask,volume,openInterest,impliedVolatility',
      'AAPL240119C00050000,2024-01-12 15:51:45+00:00,50.0,135.6,135.25,136.5,1.0,73.0,0.35',
      'AAPL240119P00055000,2024-01-11 15:51:45+00:00,55.0,0.6,0.25,0.5,,0,1.0e-05',
    )

    it('the contract tells expiry and right; a file named by the expiry does not tell the day of the quotes', async () => {
      const plan = await planOf('AAPL_2024-01-19.csv', yahoo)
      expect([plan.kind, plan.symbol, plan.constants.quoteDate]).toEqual(['options', 'AAPL', ''])
      expect(plan.problems.join(' ')).toContain('does not tell on which day')
      const edit = { constants: { quoteDate: '2024-01-12' } }
      expect(await rowsOf(plan, ['expiry', 'strike', 'right', 'bid'], edit)).toEqual([
        ['2024-01-19', '50.0', 'call', '135.25'],
        ['2024-01-19', '55.0', 'put', '0.25'],
      ])
    })

    it('Cboe writes the day of the quotes above the header', async () => {
      const plan = await planOf(
        'spx_quotedata.csv',
        lines(
          'S&P 500 INDEX,Last: 4783.83,Change: 3.59',
          '"Date: January 12, 2024 at 4:14 PM EST",Bid: 4782.88,Ask: 4784.79,Size: 1*1',
          'Expiration Date,Calls,Last Sale,Bid,Ask,Volume,IV,Open Interest,Strike,Puts,Last Sale,Bid,Ask,Volume,IV,Open Interest',
          'Fri Jan 19 2024,SPX240119C04700000,90.1,89.5,90.7,12,0.12,1202,4700.00,SPX240119P04700000,4.1,4,4.2,5,0.13,88',
          'Fri Jan 19 2024,SPX240119C04800000,20.1,19.5,20.7,12,0.11,1202,4800.00,SPX240119P04800000,34.1,34,34.2,5,0.12,88',
        ),
      )
      expect([plan.problems, plan.symbol, plan.constants.quoteDate]).toEqual([[], 'SPX', '2024-01-12'])
    })

    it('“vol” with fractions is a volatility, and a percent sign is one hundredth', async () => {
      const dolt = await planOf(
        'option_chain.csv',
        lines(
          'date,act_symbol,expiration,strike,call_put,bid,ask,vol,delta',
          '2019-02-09,A,2019-02-15,65.00,Call,10.80,11.50,0.4382,0.9988',
          '2019-02-09,A,2019-02-15,65.00,Put,0.00,0.05,0.4382,-0.0012',
        ),
      )
      expect((await rowsOf(dolt, ['implied_vol', 'volume']))[0]).toEqual(['0.4382', 'nan'])
      const percent = await planOf(
        'chain.csv',
        lines(
          'Symbol,Quote Date,Expiration,Strike,Type,Bid,Ask,IV',
          'AAPL,2024-01-12,2024-01-19,50,C,135.25,136.5,23.5%',
          'AAPL,2024-01-12,2024-01-19,55,P,0.25,0.5,31%',
        ),
      )
      expect(await rowsOf(percent, ['implied_vol'])).toEqual([['0.235'], ['0.31']])
    })

    it('the underlying is the symbol where “symbol” is the contract, and the day of the last trade no day of quotes', async () => {
      const option = { underlying: 'VXX', strike: 16, bid: 2, ask: 2.2, expiration_date: '2019-05-17' }
      const plan = await planOf('tradier.json', {
        options: {
          option: [
            { symbol: 'VXX190517P00016000', type: 'option', trade_date: 0, option_type: 'put', ...option },
            {
              symbol: 'VXX190517C00016000',
              type: 'option',
              trade_date: 1557171657523,
              option_type: 'call',
              ...option,
            },
          ],
        },
      })
      expect([plan.kind, plan.columns.quoteDate]).toEqual(['options', undefined])
      const edit = { constants: { quoteDate: '2019-05-06' } }
      expect(await rowsOf(plan, ['symbol', 'right'], edit)).toEqual([
        ['VXX', 'put'],
        ['VXX', 'call'],
      ])
    })
  })

  describe('events and reports', () => {
    it('acquirors are buyers, and a deal value in millions is one', async () => {
      const plan = await planOf(
        'sdc.csv',
        lines(
          'Date Announced,Date Effective,Target Name,Acquiror Name,Deal Value ($ Mil),Deal Status',
          '01/18/2022,10/13/2023,Activision Blizzard Inc,Microsoft Corp,"68,700.00",Completed',
        ),
      )
      expect(await rowsOf(plan, ['announced_on', 'company', 'counterparty', 'value'])).toEqual([
        ['2022-01-18', 'Microsoft Corp', 'Activision Blizzard Inc', '68700000000.0'],
      ])
    })

    it('a list of what one company bought asks which company that is', async () => {
      const plan = await planOf(
        'acquisitions.csv',
        lines(
          '#,Acquisition date,Company,Business,Country,Value (USD)',
          '1,"April 11, 2003",Applied Semantics,Online advertising,US,"102,000,000"',
        ),
      )
      expect(plan.problems.join(' ')).toContain('Type the symbol')
      expect(
        await rowsOf(plan, ['symbol', 'announced_on', 'counterparty', 'value'], { symbol: 'GOOG' }),
      ).toEqual([['GOOG', '2003-04-11', 'Applied Semantics', '102000000.0']])
    })

    it('a quarter is read as its last day', async () => {
      const plan = await planOf(
        'metrics.csv',
        lines('Symbol,Period,Metric,Value,Filing Date', 'AAPL,2023Q4,Revenue,119575000000,2024-02-02'),
      )
      expect(await rowsOf(plan, ['period_end', 'known_at'])).toEqual([['2023-12-31', '2024-02-02']])
    })

    it('a calendar of earnings is no list of takeovers and no report', async () => {
      const plan = await planOf(
        'calendar.csv',
        lines(
          'symbol,name,reportDate,fiscalDateEnding,estimate,currency',
          'AAPL,Apple Inc,2024-02-01,2023-12-31,2.1,USD',
        ),
      )
      expect(plan.kind).toBe('events')
      expect(await rowsOf(plan, ['symbol', 'announced_on', 'kind'])).toEqual([
        ['AAPL', '2024-02-01', 'earnings'],
      ])
    })

    it('figures are known when they were published, after the close on the next day', async () => {
      const plan = await planOf(
        'facts.csv',
        lines(
          'ticker,tag,unit,end,val,filed',
          'AAPL,Revenues,USD,2022-12-31,117154000000,2023-02-02T21:30:00Z',
          'AAPL,NetIncomeLoss,USD,2022-12-31,29998000000,2023-02-03',
        ),
      )
      expect(await rowsOf(plan, ['period_end', 'value', 'known_at'])).toEqual([
        ['2022-12-31', '117154000000.0', '2023-02-03'],
        ['2022-12-31', '29998000000.0', '2023-02-03'],
      ])
    })

    it('a headline of which only the day is known waits for the next close', async () => {
      const plan = await planOf(
        'news.csv',
        lines(
          ',headline,publisher,date,stock',
          '0,Shares jump,Benzinga,2020-06-05,A',
          '1,Shares fall,Benzinga,2020-06-08,A',
        ),
      )
      expect(await rowsOf(plan, ['symbol', 'published_at', 'known_at'])).toEqual([
        ['A', '2020-06-05 00:00:00', '2020-06-06'],
        ['A', '2020-06-08 00:00:00', '2020-06-09'],
      ])
    })
  })

  describe('prices in JSON', () => {
    const bars = { open: [1, 2, 3], high: [2, 3, 4], low: [0.5, 1.5, 2.5], close: [1.5, 2.5, 3.5] }
    const days = [['2024-01-09'], ['2024-01-10'], ['2024-01-11']]

    it.each([
      [
        'by day, names with numbers',
        {
          'Meta Data': { '2. Symbol': 'IBM' },
          'Time Series (Daily)': Object.fromEntries(
            days.map(([day]) => [
              day,
              { '1. open': '1', '2. high': '2', '3. low': '0.5', '4. close': '1.5' },
            ]),
          ),
        },
      ],
      [
        'arrays side by side',
        {
          chart: {
            result: [
              {
                meta: { currency: 'USD', validRanges: ['1d', '5d'] },
                timestamp: [1704810600, 1704897000, 1704983400],
                indicators: { quote: [bars], adjclose: [{ adjclose: [1.5, 2.5, 3.5] }] },
              },
            ],
            error: null,
          },
        },
      ],
      [
        'objects by row',
        Object.fromEntries(
          Object.entries({ date: days.flat(), ...bars }).map(([name, values]) => [name, { ...values }]),
        ),
      ],
      [
        'rows with their names beside them',
        {
          columns: ['date', 'open', 'high', 'low', 'close'],
          index: [0, 1, 2],
          data: days.map(([day], i) => [day, bars.open[i], bars.high[i], bars.low[i], bars.close[i]]),
        },
      ],
    ])('%s', async (_, content) => {
      const plan = await planOf('IBM.json', content)
      expect([plan.kind, plan.problems]).toEqual(['prices', []])
      expect(await rowsOf(plan, ['date'])).toEqual(days)
    })
  })

  it('a list of names and tickers is one of companies', async () => {
    const screener = await planOf(
      'screener.csv',
      lines(
        'Symbol,Name,Last Sale,Net Change,% Change,Market Cap,Country,IPO Year,Volume,Sector,Industry',
        'A,Agilent,$130.01,-0.43,-0.33%,38091959423.00,United States,1999,1280937,Industrials,Biotechnology',
        'AA,Alcoa,$29.17,-0.43,-1.45%,5205420459.00,United States,2016,4280937,Industrials,Aluminum',
      ),
    )
    expect(await rowsOf(screener, ['symbol', 'name', 'sector'])).toEqual([
      ['A', 'Agilent', 'Industrials'],
      ['AA', 'Alcoa', 'Industrials'],
    ])
  })
})
