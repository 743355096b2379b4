import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../../workers/data/database.ts'
import { openEmptyDatabase } from '../emptyDatabase.ts'
import { readFlightTables } from '../../../../workers/data/flights/readFlightTables.ts'
import {
  eventKinds,
  openFrom,
  openTo,
  type FlightProblemKind,
  type FlightTables,
} from '../../../../workers/quant/flightTables.ts'
import { tableWith } from '../quality/tableWith.ts'

const day = (iso: string) => Date.parse(iso) / 86_400_000
const minute = (iso: string) => Date.parse(`${iso}Z`) / 60_000

/** A small file set with everything wrong that can be wrong. */
async function readMess(database: Database): Promise<FlightTables> {
  const airports = await tableWith(database, 'airports', [
    { code: 'KTEB', name: 'Teterboro', latitude: 40.85, longitude: -74.06, iata: 'TEB' },
    { code: 'KDAL', name: 'Love Field', latitude: 32.85, longitude: -96.85, iata: 'DAL' },
    { code: 'LSZB', name: 'Bern', latitude: 46.91, longitude: 7.5 },
  ])
  const companies = await tableWith(database, 'companies', [
    { symbol: 'AAA', name: 'Alder', sector: 'Energy', hq_airport: 'TEB' },
    { symbol: 'BBB', name: 'Birch', sector: 'Tech', hq_airport: 'KDAL' },
    { symbol: 'CCC', name: 'Cedar', hq_airport: 'ZZZZ' },
    { symbol: 'DDD', name: 'Dogwood' },
  ])
  const aircraft = await tableWith(database, 'aircraft', [
    { icao24: 'a00001', registration: 'N1AA', symbol: 'AAA', valid_from: '2019-01-01', type: 'GLF5' },
    { icao24: 'a00001', registration: 'N1BB', symbol: 'BBB', valid_from: '2021-01-01' },
    { icao24: 'a00002', registration: 'N2', symbol: 'DDD' },
    { icao24: 'a00002', registration: 'N2', symbol: 'BBB' },
    { icao24: 'a00003', registration: 'N3', owner: 'Alder Holdings' },
    { icao24: 'a00004', registration: 'N4', symbol: 'CCC' },
    { icao24: 'a00005', symbol: 'AAA', valid_from: '2021-01-01', valid_to: '2020-01-01' },
  ])
  const leg = (icao24: string, departed: string, arrived: string | null, from: string, to: string) => ({
    icao24,
    departed_at: departed,
    arrived_at: arrived,
    origin: from,
    destination: to,
    known_at: (arrived ?? departed).slice(0, 10),
  })
  const first = await tableWith(database, 'flights', [
    leg('a00001', '2020-03-02 10:00', '2020-03-02 13:30', 'KTEB', 'DAL'),
    leg('a00001', '2021-03-02 10:00', '2021-03-02 09:00', 'KDAL', 'KTEB'),
    leg('a00002', '2020-03-03 10:00', null, 'KDAL', ''),
    { ...leg('a00002', '2020-03-05 22:00', '2020-03-06 01:00', 'KDAL', 'NOWH'), known_at: '2020-03-05' },
  ])
  const second = await tableWith(database, 'flights', [
    { ...leg('a00002', '2020-03-03 10:00', '2020-03-03 12:00', 'KDAL', 'LSZB'), known_at: '2020-03-04' },
    leg('a00001', '2020-03-02 10:00', '2020-03-02 13:30', 'KTEB', 'DAL'),
    leg('a00003', '2020-03-02 10:00', '2020-03-02 11:00', 'LSZB', 'LSZB'),
    leg('a00001', '2018-12-31 10:00', '2018-12-31 11:00', 'KTEB', 'KTEB'),
  ])
  const events = await tableWith(database, 'events', [
    { symbol: 'BBB', announced_on: '2021-02-01', kind: 'target', counterparty: 'aaa' },
    { symbol: 'AAA', announced_on: '2021-02-01', kind: 'acquirer', counterparty: 'Birch, of Dallas' },
    { symbol: 'AAA', announced_on: '2020-05-04', kind: 'earnings' },
    { symbol: 'AAA', announced_on: '2020-05-04', kind: 'earnings' },
    { symbol: 'AAA', announced_on: '2020-07-04', kind: 'picnic' },
    { company: 'Elm Inc.', announced_on: '2020-06-01', kind: 'acquirer', counterparty: 'Fir' },
    { symbol: 'AAA', announced_on: '2020-12-31', kind: 'acquirer', precision: 'year' },
  ])
  const named = { owner: 'Birch, of Dallas', symbol: 'BBB', validFrom: null, validTo: null, score: 70 }
  return readFlightTables(
    database,
    {
      flights: [first.table, second.table],
      aircraft: [aircraft.table],
      airports: [airports.table],
      companies: [companies.table],
      events: [events.table],
    },
    ['AAA', 'EEE'],
    [named],
  )
}

describe('flight tables of a messy file set', () => {
  let database: Database
  let tables: FlightTables
  beforeAll(async () => {
    database = await openEmptyDatabase()
    tables = await readMess(database)
  }, 60_000)
  afterAll(() => database.close())

  const problem = (kind: FlightProblemKind) => tables.problems.find((one) => one.kind === kind)
  const airport = (index: number) => tables.airports.code[index] ?? '?'
  const tail = (index: number) => tables.tails.icao24[index]
  const symbol = (index: number) => tables.companies.symbol[index] ?? '?'

  it('name every company of companies, aircraft, events or prices, its headquarters by either code', () => {
    expect(tables.companies.symbol).toEqual(['AAA', 'BBB', 'CCC', 'DDD', 'EEE'])
    expect([...tables.companies.headquarters].map(airport)).toEqual(['KTEB', 'KDAL', '?', '?', '?'])
    expect(tables.companies.name.at(-1)).toBe('EEE')
    expect([...tables.companies.sector]).toEqual([0, 1, -1, -1, -1])
  })

  it('hold each leg once, by tail and departure, with the arrival of the fuller row', () => {
    const { flights } = tables
    const legs = Array.from(flights.tail, (t, i) => [
      tail(t),
      new Date(flights.departed[i] * 60_000).toISOString().slice(0, 16),
      airport(flights.origin[i]),
      airport(flights.destination[i]),
    ])
    expect(legs).toEqual([
      ['a00001', '2018-12-31T10:00', 'KTEB', 'KTEB'],
      ['a00001', '2020-03-02T10:00', 'KTEB', 'KDAL'],
      ['a00001', '2021-03-02T10:00', 'KDAL', 'KTEB'],
      ['a00002', '2020-03-03T10:00', 'KDAL', 'LSZB'],
      ['a00002', '2020-03-05T22:00', 'KDAL', '?'],
      ['a00003', '2020-03-02T10:00', 'LSZB', 'LSZB'],
    ])
    expect(flights.arrived[1]).toBe(minute('2020-03-02T13:30'))
    expect(problem('repeated-leg')).toMatchObject({
      count: 2,
      text: expect.stringMatching(/^2 rows are/) as string,
    })
  })

  it('lose an arrival before the departure, and know the leg no sooner than a day after', () => {
    expect(tables.flights.arrived[2]).toBeNaN()
    expect(tables.flights.known[2]).toBe(day('2021-03-03'))
    expect(problem('arrives-before-departing')).toEqual({
      kind: 'arrives-before-departing',
      count: 1,
      text: '1 leg arrives before departing: the arrival counts as unknown.',
      examples: ['a00001 2021-03-02 10:00, arrives 2021-03-02 09:00'],
    })
  })

  it('know no leg before the day it ended', () => {
    expect(tables.flights.known[4]).toBe(day('2020-03-06'))
    expect(problem('known-too-early')).toMatchObject({ count: 1, examples: ['a00002 2020-03-05 22:00'] })
  })

  it('count airports that no table has', () => {
    expect(problem('unknown-airport')).toMatchObject({
      count: 1,
      text: expect.stringContaining('(1 code)') as string,
      examples: ['NOWH: 1 time'],
    })
  })

  it('give a tail of two companies to the later one from its first day on', () => {
    const { ownership } = tables
    const ranges = Array.from(ownership.tail, (t, i) => [
      tail(t),
      symbol(ownership.company[i]),
      ownership.from[i],
      ownership.to[i],
    ])
    expect(ranges).toEqual([
      ['a00001', 'AAA', day('2019-01-01'), day('2020-12-31')],
      ['a00001', 'BBB', day('2021-01-01'), openTo],
      ['a00002', 'BBB', openFrom, openTo],
      ['a00004', 'CCC', openFrom, openTo],
    ])
    expect(problem('two-owners')).toMatchObject({
      count: 1,
      examples: ['a00001: AAA, and from 2021-01-01 BBB'],
    })
    expect(problem('repeated-tail')).toMatchObject({ count: 1, examples: ['a00002'] })
    expect(problem('ends-before-it-begins')).toMatchObject({
      count: 1,
      examples: ['a00005: 2021-01-01 to 2020-01-01'],
    })
  })

  it('count the legs of nobody, by day, and companies whose aircraft never fly', () => {
    expect(problem('nobody-s-leg')).toMatchObject({ count: 2, examples: ['N1BB: 1 leg', 'N3: 1 leg'] })
    expect(problem('no-flights')).toMatchObject({ count: 1, examples: ['CCC'] })
    expect(problem('no-headquarters')).toMatchObject({
      count: 2,
      examples: ['CCC: ZZZZ is not among the airports', 'DDD'],
    })
    expect(problem('unmatched-owner')).toMatchObject({
      count: 1,
      text: expect.stringContaining('1 of them flies') as string,
      examples: ['Alder Holdings: 1 aircraft'],
    })
  })

  it('hold announcements by day, the other side by ticker or by what was decided about its name', () => {
    const { events } = tables
    const told = Array.from(events.day, (d, i) => [
      new Date(d * 86_400_000).toISOString().slice(0, 10),
      symbol(events.company[i]),
      eventKinds[events.kind[i]],
      symbol(events.counterparty[i]),
    ])
    expect(told).toEqual([
      ['2020-05-04', 'AAA', 'earnings', '?'],
      ['2020-07-04', 'AAA', 'other', '?'],
      ['2021-02-01', 'AAA', 'acquirer', 'BBB'],
      ['2021-02-01', 'BBB', 'target', 'AAA'],
    ])
    expect(problem('event-of-nobody')).toMatchObject({
      count: 1,
      examples: ['Elm Inc. 2020-06-01 acquirer Fir'],
    })
    expect(problem('event-without-day')).toMatchObject({ count: 1 })
  })

  it('say of everything that is wrong one sentence, with examples', () => {
    expect(new Set(tables.problems.map(({ kind }) => kind)).size).toBe(tables.problems.length)
    expect(tables.problems).toHaveLength(13)
    for (const { text, count, examples } of tables.problems) {
      expect(text).toMatch(/^\d+ .+\.$/)
      expect(examples.length).toBeLessThanOrEqual(10)
      expect(examples.length).toBeGreaterThan(0)
      expect(count).toBeGreaterThan(0)
    }
  })
})
