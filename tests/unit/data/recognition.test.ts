import { Table, tableToIPC, TimestampMillisecond, Utf8, vectorFromArray } from 'apache-arrow'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportPlan } from '../../../workers/data/api.ts'
import { dateFromName } from '../../../workers/data/inspect/dateFromName.ts'
import { roleOf, tableNames, tables } from '../../../workers/data/schema.ts'
import { csv, openService, valueOf, type OpenedService } from './openService.ts'

describe('what a file is, among all tables', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  }, 60_000)
  afterAll(() => opened.close())

  async function planOf(name: string, content: string | object): Promise<ImportPlan> {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    return valueOf(await opened.service.inspect([csv(name, text)], null))[0]
  }

  /** Role → name of the column in the file. */
  const named = ({ columns, header }: ImportPlan) =>
    Object.fromEntries(Object.entries(columns).map(([role, cell]) => [role, header?.[cell!] ?? cell]))

  /** All columns of the rows that the file becomes, as texts. */
  async function rowsOf(plan: ImportPlan, edit: Partial<ImportPlan> = {}): Promise<string[][]> {
    const report = valueOf(await opened.service.importFiles([{ ...plan, ...edit }]))
    expect(report.failed).toEqual([])
    const names = tables[plan.kind].columns.map(({ name }) => name)
    const cells = names.map((name) => `COALESCE("${name}"::VARCHAR, '') AS "${name}"`)
    const rows = await opened.database.query(
      `SELECT ${cells.join(', ')} FROM ${report.datasets[0].id} ORDER BY line, rowid`,
    )
    const columns = names.map((name) => rows.texts(name))
    return Array.from({ length: rows.rows }, (_, row) => columns.map((column) => column[row]))
  }

  it('OpenSky flight lists as CSV', async () => {
    const plan = await planOf(
      'flightlist.csv',
      'callsign,number,icao24,registration,typecode,origin,destination,firstseen,lastseen,day,latitude_1\n' +
        'HBFWA,,4b0f70,HB-FWA,PC12,LSZB,,2021-08-30 06:33:51+00:00,2021-08-30 07:26:11+00:00,2021-08-30 00:00:00+00:00,46.9\n',
    )
    expect([plan.kind, plan.shape, plan.problems]).toEqual(['flights', 'OpenSky flights', []])
    expect(named(plan)).toMatchObject({ departedAt: 'firstseen', arrivedAt: 'lastseen', origin: 'origin' })
    expect(await rowsOf(plan)).toEqual([
      ['4b0f70', '2021-08-30 06:33:51', 'LSZB', '', '2021-08-30 07:26:11', '2021-08-31'],
    ])
  })

  it('state vectors of the OpenSky API become flights', async () => {
    const state = (minute: number, altitude: number) => [
      '4b0f70',
      'HBFWA   ',
      'Switzerland',
      1630307631 + 60 * minute,
      1630307632 + 60 * minute,
      7.5,
      46.9 + minute / 10,
      altitude,
      altitude === 0,
      90,
      120,
      0,
      null,
      altitude,
      null,
      false,
      0,
    ]
    const states = [state(0, 0), state(5, 4000), state(20, 9000), state(40, 0)]
    const plan = await planOf('states.json', { states })
    expect([plan.kind, plan.content, plan.path]).toEqual(['flights', 'positions', 'states'])
    expect(named(plan)).toMatchObject({
      time: 'time_position',
      altitude: 'baro_altitude',
      onGround: 'on_ground',
    })
    expect(await rowsOf(plan)).toHaveLength(1)
  })

  it('OurAirports: the identifier that every airport has is its code', async () => {
    const plan = await planOf(
      'airports.csv',
      'id,ident,type,name,latitude_deg,longitude_deg,elevation_ft,gps_code,iata_code\n' +
        '1,KTEB,medium_airport,"Teterboro, NJ",40.85,-74.06,9,KTEB,TEB\n2,00A,heliport,Total Rf,40.07,-74.93,11,,\n',
    )
    expect(plan.kind).toBe('airports')
    expect((await rowsOf(plan)).map(([code]) => code)).toEqual(['KTEB', '00A'])
  })

  it('registries of aircraft: FAA, and tar1090 as CSV without a header and as JSON by address', async () => {
    const faa = await planOf(
      'MASTER.txt',
      'N-NUMBER,SERIAL NUMBER,MFR MDL CODE,NAME,CERT ISSUE DATE,MODE S CODE,MODE S CODE HEX\n' +
        '1CD,5508,2076519,ACME HOLDINGS LLC,20150302,50000070,A00038\n',
    )
    expect([faa.kind, faa.shape]).toEqual(['aircraft', 'FAA registry'])
    expect(await rowsOf(faa)).toEqual([['a00038', '1CD', '', '2015-03-02', '', '', 'ACME HOLDINGS LLC']])
    const lines = 'a00038;N1CD;GLF5;00;GULFSTREAM;2015;ACME HOLDINGS;\na00078;N1ET;TBM9;00;DAHER;;;\n'
    const plain = await planOf('aircraft.csv', lines)
    expect([plain.kind, plain.shape, plain.delimiter]).toEqual(['aircraft', 'tar1090 aircraft', ';'])
    expect((await rowsOf(plain)).map((row) => [row[0], row[1], row[5], row[6]])).toEqual([
      ['a00038', 'N1CD', 'GLF5', 'ACME HOLDINGS'],
      ['a00078', 'N1ET', 'TBM9', ''],
    ])
    const json = await planOf('db.json', {
      A00038: { r: 'N1CD', t: 'GLF5' },
      A00078: { r: 'N1ET', t: 'TBM9' },
    })
    expect([json.kind, named(json).icao24]).toEqual(['aircraft', 'key'])
  })

  it('GitHub issues from the API: one row a ticket; a company must be named', async () => {
    const issue = (n: number, body: string) => ({
      html_url: `https://github.com/acme/tool/issues/${n}`,
      title: `Issue ${n}`,
      body,
      state: 'open',
      created_at: `2024-01-0${n}T10:00:00Z`,
      user: { login: 'x' },
      labels: [{ name: 'bug' }],
    })
    const plan = await planOf('issues.json', [issue(1, 'It crashes'), issue(2, 'How to use it?')])
    expect([plan.kind, plan.content, plan.constants.source]).toEqual(['tickets', 'tickets', 'acme/tool'])
    expect(plan.problems).toEqual([expect.stringContaining('does not say which company')])
    expect((await rowsOf(plan, { symbol: 'acme' })).map((row) => row.slice(0, 5))).toEqual([
      ['ACME', '2024-01-01', 'acme/tool', 'negative', '1.0'],
      ['ACME', '2024-01-02', 'acme/tool', 'positive', '1.0'],
    ])
  })

  it('incidents of a Statuspage API', async () => {
    const plan = await planOf('incidents.json', {
      page: { id: 'p', name: 'Acme' },
      incidents: [
        {
          id: 'a1',
          name: 'Outage',
          status: 'resolved',
          created_at: '2024-01-01T10:00:00Z',
          resolved_at: null,
          impact: 'major',
        },
        {
          id: 'a2',
          name: 'Slow',
          status: 'resolved',
          created_at: '2024-01-03T10:00:00Z',
          resolved_at: '2024-01-03T11:00:00Z',
          impact: 'minor',
        },
      ],
    })
    expect([plan.kind, plan.path]).toEqual(['incidents', 'incidents'])
    expect(await rowsOf(plan, { symbol: 'ACME' })).toEqual([
      ['ACME', '2024-01-01 10:00:00', '', 'major', 'a1', 'Outage', '2024-01-01'],
      ['ACME', '2024-01-03 10:00:00', '2024-01-03 11:00:00', 'minor', 'a2', 'Slow', '2024-01-03'],
    ])
  })

  it('download counts of npm and PyPI', async () => {
    const npm = await planOf('npm.json', {
      downloads: [
        { downloads: 5, day: '2024-01-01' },
        { downloads: 7, day: '2024-01-02' },
      ],
      start: '2024-01-01',
      end: '2024-01-02',
      package: 'jquery',
    })
    expect([npm.kind, npm.shape]).toEqual(['adoption', 'npm downloads'])
    expect((await rowsOf(npm, { symbol: 'X' })).map((row) => row.slice(0, 5))).toEqual([
      ['X', '2024-01-01', 'jquery', 'downloads', '5.0'],
      ['X', '2024-01-02', 'jquery', 'downloads', '7.0'],
    ])
    const pypi = await planOf('pypi.json', {
      data: [
        { category: 'null', date: '2024-01-01', downloads: 5 },
        { category: '3.12', date: '2024-01-01', downloads: 7 },
      ],
      package: 'numpy',
      type: 'python_minor',
    })
    expect((await rowsOf(pypi, { symbol: 'X' })).map((row) => row.slice(2, 5))).toEqual([
      ['numpy', 'null', '5.0'],
      ['numpy', '3.12', '7.0'],
    ])
  })

  const sides = [
    ['AAPL', '2024-01-02', '2024-02-16', '190.0', 'call', '5.0', '5.2'],
    ['AAPL', '2024-01-02', '2024-02-16', '190.0', 'put', '3.0', '3.2'],
  ]
  it.each([
    [
      'by prefix',
      'aapl_eod.csv',
      '[QUOTE_DATE], [UNDERLYING_LAST], [EXPIRE_DATE], [STRIKE], [C_BID], [C_ASK], [P_BID], [P_ASK]\n' +
        '2024-01-02, 185.6, 2024-02-16, 190, 5.0, 5.2, 3.0, 3.2\n',
    ],
    [
      'by place',
      'AAPL_quotedata_2024-01-02.csv',
      'Expiration Date,Calls,Last Sale,Bid,Ask,Volume,Strike,Puts,Last Sale,Bid,Ask,Volume\n' +
        'Fri Feb 16 2024,AAPL240216C00190000,5.1,5.0,5.2,10,190,AAPL240216P00190000,3.1,3.0,3.2,20\n',
    ],
  ])('calls and puts side by side, %s: two rows a line', async (_, name, text) => {
    const plan = await planOf(name, text)
    expect([plan.kind, plan.content]).toEqual(['options', 'option-pairs'])
    expect((await rowsOf(plan, { symbol: 'AAPL' })).map((row) => row.slice(0, 7))).toEqual(sides)
  })

  it('strikes × 1000 by the name of the contract, and by looks', async () => {
    const occ = await planOf(
      'chain.csv',
      'date,symbol,contract,expiration,type,strike,bid,ask\n2024-01-02,AAPL,AAPL240216C00190000,2024-02-16,C,190000,5.0,5.2\n',
    )
    expect([occ.scales, (await rowsOf(occ))[0][3]]).toEqual([{ strike: 0.001 }, '190.0'])
    const looks = await planOf(
      'om.csv',
      'date,ticker,exdate,cp_flag,strike_price,best_bid,best_offer\n' +
        '20240102,AAPL,20240216,C,190000,5.0,5.2\n20240102,AAPL,20240216,P,192500,3.0,3.2\n',
    )
    expect([looks.scales, (await rowsOf(looks)).map((row) => row[3])]).toEqual([
      { strike: 0.001 },
      ['190.0', '192.5'],
    ])
    const index = await planOf(
      'ndx.csv',
      'date,ticker,expiration,type,strike,bid,ask\n2024-01-02,NDX,2024-02-16,C,16500,300,310\n' +
        '2024-01-02,NDX,2024-02-16,C,16525,290,300\n',
    )
    expect(index.scales).toEqual({})
  })

  it('a chain that does not tell its day asks for it', async () => {
    const plan = await planOf(
      'chain.csv',
      'symbol,expiry,strike,type,bid,ask\nAAPL,2024-02-16,190,call,5,5.2\n',
    )
    expect(plan.problems).toEqual([expect.stringContaining('on which day its quotes were taken')])
    const [row] = await rowsOf(plan, { constants: { quoteDate: '2024-01-02' } })
    expect(row[1]).toBe('2024-01-02')
  })

  it.each([
    ['fundamentals', 'ticker,period_end,metric,value,filed\nAAPL,2023-12-31,revenue,119.6e9,2024-02-02\n'],
    ['news', 'symbol,published_at,headline,sentiment,source\nAAPL,2024-01-02T10:00:00Z,"Up, up",0.5,wire\n'],
    ['signals', 'symbol,date,direction,conviction\nAAPL,2024-01-02,long,0.5\n'],
    ['companies', 'Symbol,Name,Sector\nAAPL,Apple Inc.,Technology\n'],
    ['events', 'symbol,announced_on,kind,counterparty\nMSFT,2022-01-18,acquirer,Activision\n'],
    ['tickets', 'symbol,date,source,sentiment,count\nAAPL,2024-01-02,forum,negative,12\n'],
    [
      'incidents',
      'symbol,started_at,resolved_at,severity\nAAPL,2024-01-02T10:00:00Z,2024-01-02T11:00:00Z,major\n',
    ],
    ['prices', 'Date,Open,High,Low,Close,Volume\n2024-01-02,1,2,1,2,100\n2024-01-03,1,2,1,2,100\n'],
  ])('%s by its names', async (kind, text) => {
    expect((await planOf('AAPL.csv', text)).kind).toBe(kind)
  })

  it('the columns of the schema are known again, table by table', async () => {
    const example = (name: string, type: string) => {
      if (type === 'DATE') return '2024-01-31'
      if (type === 'TIMESTAMP') return '2024-01-31T10:00:00Z'
      if (type === 'DOUBLE') return '1'
      const texts: Record<string, string> = {
        icao24: 'a0b1c2',
        right: 'call',
        kind: 'target',
        sentiment: 'negative',
        wake: 'L',
      }
      return texts[name] ?? (name === 'precision' ? 'day' : 'KTEB')
    }
    for (const kind of tableNames) {
      const { columns } = tables[kind]
      const text = `${columns.map(({ name }) => name).join(',')}\n${columns.map(({ name, type }) => example(name, type)).join(',')}\n`
      const plan = await planOf('export.csv', text)
      expect([kind, plan.kind]).toEqual([kind, kind])
      expect(Object.keys(plan.columns).sort()).toEqual(columns.map(roleOf).sort())
    }
  })

  it('a file that matches no table says so, and what its header reads', async () => {
    const plan = await planOf('shop.csv', 'sku,colour,weight\n1,red,2.5\n2,blue,3.5\n')
    expect(plan.problems).toEqual([
      expect.stringMatching(
        /^shop\.csv matches none of the tables known here \(its header reads sku, colour, weight\)/,
      ),
    ])
  })

  it('days that may be read two ways are asked about in every table', async () => {
    const text = 'symbol,announced_on,kind\nMSFT,02/01/2022,acquirer\nMSFT,03/02/2022,acquirer\n'
    const plan = await planOf('deals.csv', text)
    expect([plan.kind, plan.dateAmbiguous]).toEqual(['events', true])
    expect(plan.problems).toEqual([expect.stringContaining('day-first or month-first')])
    const rows = await rowsOf(plan, { dateFormat: 'day-first', dateAmbiguous: false })
    expect(rows.map((row) => row[1])).toEqual(['2022-01-02', '2022-02-03'])
  })

  it('the day in the name of a file', () => {
    expect(
      [
        'SPY_options_yf_20250826.csv',
        'msft_22-November-2021.csv',
        'aapl_2014-06-02.csv',
        'x_01-02-2024.csv',
        'aapl.csv',
        'v20259999.csv',
      ].map(dateFromName),
    ).toEqual(['2025-08-26', '2021-11-22', '2014-06-02', '', '', ''])
  })

  it('Parquet and Arrow files are read as CSV files are', async () => {
    const icao24 = ['4b0f70', '4b4445']
    const seconds = [1630307631, 1630306036]
    const parquet = parquetWriteBuffer({
      columnData: [
        { name: 'icao24', data: icao24, type: 'STRING' },
        { name: 'departed_at', data: seconds.map((time) => new Date(1000 * time)), type: 'TIMESTAMP' },
        { name: 'origin', data: ['LSZB', 'LSZB'], type: 'STRING' },
        { name: 'destination', data: ['EDNY', null], type: 'STRING' },
      ],
    })
    const arrow = tableToIPC(
      new Table({
        icao24: vectorFromArray(icao24, new Utf8()),
        departed_at: vectorFromArray(
          seconds.map((time) => 1000 * time),
          new TimestampMillisecond(),
        ),
        origin: vectorFromArray(['LSZB', 'LSZB'], new Utf8()),
        destination: vectorFromArray(['EDNY', null], new Utf8()),
      }),
      'file',
    )
    const expected = [
      ['4b0f70', '2021-08-30 07:13:51', 'LSZB', 'EDNY', '', '2021-08-31'],
      ['4b4445', '2021-08-30 06:47:16', 'LSZB', '', '', '2021-08-31'],
    ]
    for (const [name, bytes] of [
      ['flights.parquet', new Uint8Array(parquet)],
      ['flights.arrow', arrow],
    ] as const) {
      const [plan] = valueOf(await opened.service.inspect([new File([bytes as BlobPart], name)], null))
      expect([plan.kind, plan.problems]).toEqual(['flights', []])
      expect(await rowsOf(plan)).toEqual(expected)
    }
  })

  it('a list in a JSON file other than the largest, when it is chosen', async () => {
    const bars = (n: number) =>
      Array.from({ length: n }, (_, i) => ({ date: `2024-01-0${i + 2}`, open: 1, high: 2, low: 1, close: 2 }))
    const plan = await planOf('AAPL.json', {
      daily: bars(5),
      weekly: [...bars(2), { other: 1 }].slice(0, 2),
      meta: { a: 1 },
    })
    expect(plan.kind).toBe('prices')
    const other = valueOf(await opened.service.replan({ ...plan, path: 'weekly' }))
    expect(other.problems).toEqual([])
  })
})
