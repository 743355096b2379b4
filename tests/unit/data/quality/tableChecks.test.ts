import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TableFinding } from '../../../../workers/data/api.ts'
import type { Dataset } from '../../../../workers/data/catalog.ts'
import type { Database } from '../../../../workers/data/database.ts'
import { openEmptyDatabase } from '../emptyDatabase.ts'
import { TableChecks } from '../../../../workers/data/quality/tableChecks.ts'
import { tableWith, type Cells } from './tableWith.ts'

let database: Database
beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())

const check = (...datasets: Dataset[]) => new TableChecks().run(database, datasets)
const rule = (findings: TableFinding[], name: string) => findings.find(({ id }) => id.endsWith(`/${name}`))
const dayAfter = (from: string, days: number) =>
  new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)

const airports = () =>
  tableWith(database, 'airports', [
    { code: 'KTEB', iata: 'TEB', name: 'Teterboro', latitude: 40.85, longitude: -74.06 },
    { code: 'KVNY', iata: 'VNY', name: 'Van Nuys', latitude: 34.21, longitude: -118.49 },
    { code: 'KBOS', iata: 'BOS', name: 'Boston', latitude: 42.36, longitude: -71.01 },
  ])

const leg = (
  icao24: string,
  departed: string,
  arrived: string | null,
  origin = 'KTEB',
  to = 'KVNY',
): Cells => ({
  icao24,
  departed_at: departed,
  arrived_at: arrived,
  origin,
  destination: to,
  known_at: '2030-01-01',
})

describe('flights', () => {
  it('are told when they arrive before departing, last longer than 20 hours or are faster than aircraft', async () => {
    const flights = await tableWith(database, 'flights', [
      leg('a00001', '2024-01-02 10:00', '2024-01-02 15:30'),
      leg('a00001', '2024-01-03 10:00', '2024-01-03 09:00'),
      leg('a00001', '2024-01-04 10:00', '2024-01-05 06:01'),
      leg('a00001', '2024-01-08 10:00', '2024-01-08 13:00'),
      leg('a00001', '2024-01-09 10:00', null),
    ])
    const { findings } = await check(flights, await airports())
    expect(rule(findings, 'arrived-before-departed')?.count).toBe(1)
    expect(rule(findings, 'arrived-before-departed')?.examples[0]).toContain('line 3: a00001')
    expect(rule(findings, 'too-long')?.count).toBe(1)
    // Teterboro to Van Nuys is 3,940 km: three hours would be 1,300 km/h.
    expect(rule(findings, 'too-fast')?.count).toBe(1)
    expect(rule(findings, 'too-fast')?.examples[0]).toMatch(/line 5: .* 13\d\d km\/h/)
  })

  it('of one aircraft that overlap are counted, whatever the order of the file', async () => {
    const flights = await tableWith(database, 'flights', [
      leg('a00001', '2024-01-02 15:00', '2024-01-02 18:00', 'KVNY', 'KTEB'),
      leg('a00001', '2024-01-02 10:00', '2024-01-02 15:30'),
      leg('a00002', '2024-01-02 12:00', '2024-01-02 17:30'),
      leg('a00002', '2024-01-02 17:30', '2024-01-02 18:30'),
    ])
    const { findings } = await check(flights)
    expect(rule(findings, 'overlap')).toMatchObject({ count: 1, kind: 'impossible' })
    expect(rule(findings, 'overlap')?.examples).toEqual([
      'a00001 departs 2024-01-02 15:00, still flying until 2024-01-02 15:30',
    ])
  })

  it('of unknown aircraft and to unknown airports are orphans; IATA codes are known', async () => {
    const aircraft = await tableWith(database, 'aircraft', [{ icao24: 'a00001', owner: 'X' }])
    const flights = await tableWith(database, 'flights', [
      leg('a00001', '2024-01-02 10:00', '2024-01-02 15:30', 'TEB', 'VNY'),
      leg('a00009', '2024-01-02 10:00', '2024-01-02 15:30', 'KTEB', 'ZZZZ'),
      leg('a00009', '2024-01-03 10:00', '2024-01-03 15:30', 'KTEB', ''),
    ])
    const { findings } = await check(flights, aircraft, await airports())
    expect(rule(findings, 'unknown-icao24')).toMatchObject({ count: 2, examples: ['a00009: 2 rows'] })
    expect(rule(findings, 'unknown-airports')).toMatchObject({ count: 1, examples: ['ZZZZ: 1 time'] })
    expect(rule(findings, 'no-airport')?.count).toBe(1)
  })

  it('known before they land are told as looking into the future', async () => {
    const flights = await tableWith(database, 'flights', [
      { ...leg('a00001', '2024-01-02 22:00', '2024-01-03 02:00'), known_at: '2024-01-02' },
      { ...leg('a00001', '2024-01-04 10:00', '2024-01-04 12:00'), known_at: '2024-01-04' },
    ])
    const { findings } = await check(flights)
    expect(rule(findings, 'known-early')).toMatchObject({ count: 1, severity: 'warn', kind: 'time-travel' })
  })

  it('that stop for months where they came every other day are hidden, or did not happen', async () => {
    const every2 = (icao24: string, days: number[]) =>
      days.map((day) =>
        leg(icao24, `${dayAfter('2023-01-01', day)} 10:00`, `${dayAfter('2023-01-01', day)} 12:00`),
      )
    const regular = Array.from({ length: 150 }, (_, i) => i * 2)
    const flights = await tableWith(database, 'flights', [
      ...every2(
        'a00001',
        regular.filter((day) => day < 100 || day > 190),
      ),
      ...every2('a00002', regular),
    ])
    const { findings } = await check(flights)
    const gaps = rule(findings, 'gaps')
    expect(gaps?.count).toBe(1)
    expect(gaps?.text).toContain('hidden or not flying')
    expect(gaps?.examples[0]).toContain('a00001: 93 days between 2023-04-09 and 2023-07-12')
  })
})

describe('rows that come again', () => {
  it('are told apart: exact copies, and rows that contradict each other', async () => {
    const incident = (started: string, severity: string): Cells => ({
      symbol: 'MSFT',
      started_at: started,
      resolved_at: '2024-01-03 00:00',
      incident: '1',
      severity,
    })
    const incidents = await tableWith(database, 'incidents', [
      incident('2024-01-01 10:00', 'minor'),
      incident('2024-01-01 10:00', 'minor'),
      incident('2024-01-01 10:00', 'minor'),
      incident('2024-01-02 10:00', 'minor'),
      incident('2024-01-02 10:00', 'major'),
      incident('2024-01-02 11:00', 'minor'),
    ])
    const { findings } = await check(incidents)
    expect(rule(findings, 'copies')?.count).toBe(2)
    expect(rule(findings, 'conflicts')?.count).toBe(1)
    expect(rule(findings, 'conflicts')?.examples[0]).toContain('lines 5 and 6')
  })
})

describe('option quotes', () => {
  it('crossed, without bid or ask, with placeholder volatilities or old trades are counted; missing is none of it', async () => {
    const quote = (strike: number, cells: Cells): Cells => ({
      symbol: 'SPY',
      quote_date: '2025-08-26',
      expiry: '2025-09-19',
      strike,
      right: 'call',
      bid: 1,
      ask: 1.1,
      implied_vol: 0.2,
      last_trade: '2025-08-26 15:00',
      ...cells,
    })
    const options = await tableWith(database, 'options', [
      quote(1, {}),
      quote(2, { bid: 2 }),
      quote(3, { bid: 0 }),
      quote(4, { bid: 0, ask: 0 }),
      quote(5, { implied_vol: 0.00001 }),
      quote(6, { last_trade: '2025-08-25 21:00' }),
      quote(7, { bid: null, ask: null, implied_vol: null, last_trade: null }),
      quote(8, { expiry: '2025-08-25' }),
    ])
    const { findings } = await check(options)
    const counts = ['crossed', 'no-bid', 'no-ask', 'placeholder-vol', 'old-trade', 'expired'].map(
      (name) => rule(findings, name)?.count,
    )
    expect(counts).toEqual([1, 2, 1, 1, 1, 1])
  })
})

describe('events', () => {
  it('on weekends, known to the month, and outside the prices of their symbol are told', async () => {
    const prices = await tableWith(
      database,
      'prices',
      ['2018-08-29', '2018-08-30'].map((date) => ({
        symbol: 'RHT',
        date,
        open: 1,
        high: 1,
        low: 1,
        close: 1,
      })),
    )
    const events = await tableWith(database, 'events', [
      { symbol: 'RHT', announced_on: '2018-10-28', kind: 'target', counterparty: 'IBM' },
      { symbol: 'RHT', announced_on: '2018-08-30', kind: 'earnings' },
      { company: 'Apple', announced_on: '2018-03-31', kind: 'acquirer', precision: 'month' },
    ])
    const { findings } = await check(prices, events)
    expect(rule(findings, 'weekend')).toMatchObject({ count: 1 })
    expect(rule(findings, 'month-only')?.count).toBe(1)
    expect(rule(findings, 'outside-prices')).toMatchObject({
      count: 1,
      examples: ['RHT on 2018-10-28; its prices run from 2018-08-29 to 2018-08-30'],
    })
    expect(rule(findings, 'no-ticker')?.count).toBe(1)
  })

  it('piled up on the first of a month are likely known to the month only; spread evenly they are not', async () => {
    const event = (announced_on: string, i: number): Cells => ({
      symbol: 'IBM',
      announced_on,
      counterparty: `${i}`,
    })
    const spread = Array.from({ length: 400 }, (_, i) => event(dayAfter('2015-01-01', i * 5), i))
    const piled = Array.from({ length: 40 }, (_, i) => event(`201${i % 10}-0${1 + (i % 9)}-01`, 1000 + i))
    const even = await check(await tableWith(database, 'events', spread))
    expect(rule(even.findings, 'first-of-month')).toBeUndefined()
    const uneven = await check(await tableWith(database, 'events', [...spread, ...piled]))
    expect(rule(uneven.findings, 'first-of-month')?.text).toContain('likely known to the month only')
  })
})

describe('counts per day', () => {
  it('far beyond their own level are told; a quiet series with one ticket is not', async () => {
    const day = (symbol: string, i: number, count: number): Cells => ({
      symbol,
      date: dayAfter('2024-01-01', i),
      sentiment: 'negative',
      count,
      known_at: dayAfter('2024-01-02', i),
    })
    const tickets = await tableWith(database, 'tickets', [
      ...Array.from({ length: 60 }, (_, i) => day('LOUD', i, i === 40 ? 5000 : 100 + (i % 7))),
      ...Array.from({ length: 60 }, (_, i) => day('CALM', i, i === 40 ? 3 : 0)),
    ])
    const { findings } = await check(tickets)
    expect(rule(findings, 'far-beyond')?.count).toBe(1)
    expect(rule(findings, 'far-beyond')?.examples[0]).toContain('LOUD')
  })

  const figures = (last: (i: number) => number) =>
    Array.from({ length: 100 }, (_, i) => [
      {
        symbol: 'NPM',
        date: '2015-05-31',
        source: `p${i}`,
        metric: 'downloads',
        value: 100 * i,
        known_at: '2015-06-01',
      },
      {
        symbol: 'NPM',
        date: '2015-06-30',
        source: `p${i}`,
        metric: 'downloads',
        value: last(i),
        known_at: '2015-07-01',
      },
    ]).flat()

  it('of sources that were all small somewhere but never at the end look chosen by their end', async () => {
    const { findings } = await check(
      await tableWith(
        database,
        'adoption',
        figures((i) => 2000 + 100 * i),
      ),
    )
    expect(rule(findings, 'chosen-by-end')?.text).toContain('20 of them were')
  })

  it('of sources that are as small at the end as before do not', async () => {
    const { findings } = await check(
      await tableWith(
        database,
        'adoption',
        figures((i) => 110 * i + 1),
      ),
    )
    expect(rule(findings, 'chosen-by-end')).toBeUndefined()
  })
})

describe('known_at', () => {
  it('that is assumed is shown as assumed, with its number of rows and the reason', async () => {
    const tickets = await tableWith(
      database,
      'tickets',
      [
        { symbol: 'A', date: '2024-01-01', count: 1, known_at: '2024-01-02' },
        { symbol: 'A', date: '2024-01-02', count: 1, known_at: '2024-01-05' },
      ],
      { knownAt: 'mixed' },
    )
    const { findings } = await check(tickets)
    const assumed = rule(findings, 'known-assumed')
    expect(assumed?.count).toBe(1)
    expect(assumed?.text).toContain('usable on the next day')
  })

  it('of a file whose past was rewritten since the last import is told', async () => {
    const vintageOf = { importedAt: Date.UTC(2024, 5, 1), sha256: 'x', changed: 3, removed: 1, added: 0 }
    const tickets = await tableWith(database, 'tickets', [{ symbol: 'A', date: '2024-01-01', count: 1 }], {
      vintageOf,
    })
    const { findings } = await check(tickets)
    expect(rule(findings, 'vintage')).toMatchObject({ count: 4, severity: 'warn' })
    expect(rule(findings, 'vintage')?.text).toContain('Since the import of 2024-06-01')
  })
})

describe('coverage', () => {
  it('counts rows by subject and month, the subject with most rows first', async () => {
    const row = (symbol: string, date: string): Cells => ({ symbol, date, count: 1, source: date })
    const tickets = await tableWith(database, 'tickets', [
      row('FEW', '2024-03-31'),
      row('MANY', '2024-01-01'),
      row('MANY', '2024-01-31'),
      row('MANY', '2024-03-01'),
    ])
    const { coverage } = await check(tickets)
    expect(coverage).toEqual([
      {
        kind: 'tickets',
        subjects: ['MANY', 'FEW'],
        others: 0,
        months: ['2024-01-01', '2024-02-01', '2024-03-01'].map((day) => Date.parse(day) / 86_400_000),
        rows: [2, 0, 1, 0, 0, 1],
      },
    ])
  })
})

describe('files that come and go', () => {
  it('are checked again only where they matter', async () => {
    const checks = new TableChecks()
    const tickets = await tableWith(database, 'tickets', [{ symbol: 'A', date: '2024-01-01', count: 1 }])
    await checks.run(database, [tickets])
    const prices = await tableWith(database, 'prices', [{ symbol: 'B', date: '2024-01-01' }])
    const { findings } = await checks.run(database, [tickets, prices])
    expect(rule(findings, 'unknown-symbol')).toMatchObject({ count: 1, examples: ['A: 1 row'] })
  })
})
