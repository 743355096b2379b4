import { describe, expect, it } from 'vitest'
import { hiddenWeeksOf } from '../../../../workers/systems/jet/hiddenWeeks.ts'
import { operatorsOf, Ownership } from '../../../../workers/systems/jet/ownership.ts'
import { stopsOf } from '../../../../workers/systems/jet/stops.ts'
import { tripsOf } from '../../../../workers/systems/jet/trips.ts'
import { mondayOf, weekOf } from '../../../../workers/systems/jet/weeks.ts'
import { airportCodes, smallFleet, type SmallLeg } from './smallFleet.ts'

const companies = { BUY: 'HOME', OLD: 'BASE', TGT: 'SEAT' }
const codes = (airports: Int32Array) => Array.from(airports, (airport) => airportCodes[airport] ?? null)

describe('who operated a tail', () => {
  const tables = smallFleet({
    companies,
    owners: [
      ['T1', 'OLD', 0, 99],
      ['T1', 'BUY', 100],
    ],
    legs: [
      { day: 99, from: 'BASE', to: 'SEAT' },
      { day: 100, from: 'SEAT', to: 'HOME' },
    ],
  })

  it('is the owner of the day, so that yesterday’s owner gets no leg of today', () => {
    expect(Array.from(operatorsOf(tables), (company) => tables.companies.symbol[company])).toEqual([
      'OLD',
      'BUY',
    ])
  })

  it('is nobody before the register begins', () => {
    expect(new Ownership(tables.ownership, 1).companyOf(0, -1)).toBe(-1)
  })
})

describe('where a leg ended', () => {
  it('is where the next one began, if it does not say, and known when that one is', () => {
    const tables = smallFleet({
      companies,
      owners: [['T1', 'BUY']],
      legs: [
        { day: 10, from: 'HOME', to: null },
        { day: 12, from: 'SEAT', to: 'HOME', known: 13 },
      ],
    })
    const { airport, known, nights } = stopsOf(tables)
    expect(codes(airport)).toEqual(['SEAT', 'HOME'])
    expect([...known]).toEqual([13, 13])
    expect([...nights]).toEqual([2, 0])
  })

  it('stays unknown when the next leg begins a week later', () => {
    const tables = smallFleet({
      companies,
      owners: [['T1', 'BUY']],
      legs: [
        { day: 10, from: 'HOME', to: null },
        { day: 17, from: 'SEAT', to: 'HOME' },
      ],
    })
    expect(codes(stopsOf(tables).airport)).toEqual([null, 'HOME'])
  })
})

describe('trips', () => {
  const roundTrip = (day: number, away: string): SmallLeg[] => [
    { day, hour: 8, from: 'HOME', to: away },
    { day, hour: 16, from: away, to: 'HOME' },
  ]
  const tables = smallFleet({
    companies,
    owners: [['T1', 'BUY']],
    legs: [
      ...roundTrip(10, 'PLNT'),
      ...roundTrip(12, 'PLNT'),
      { day: 14, hour: 8, from: 'HOME', to: 'SEAT' },
      { day: 15, hour: 8, from: 'SEAT', to: 'FARR' },
      { day: 15, hour: 15, from: 'FARR', to: 'HOME' },
    ],
  })

  it('begin once nights tell the home base, and last until the aircraft is back there', () => {
    const { trip, homeBase, trips } = tripsOf(tables, stopsOf(tables))
    expect([...trip]).toEqual([-1, -1, 0, 0, 1, 1, 1])
    expect(trips).toBe(2)
    expect(codes(homeBase)).toEqual(['HOME'])
  })

  it('follow an aircraft that moves house', () => {
    const moved = smallFleet({
      companies,
      owners: [['T1', 'BUY']],
      legs: Array.from({ length: 60 }, (_, i): SmallLeg[] => [
        { day: 10 + 2 * i, hour: 8, from: i < 20 ? 'HOME' : 'BASE', to: 'PLNT' },
        { day: 10 + 2 * i, hour: 16, from: 'PLNT', to: i < 19 ? 'HOME' : 'BASE' },
      ]).flat(),
    })
    const { home, homeBase } = tripsOf(moved, stopsOf(moved))
    expect(codes(home)[38]).toBe('HOME')
    expect(codes(homeBase)).toEqual(['BASE'])
  })
})

describe('weeks', () => {
  it('begin on Monday', () => {
    // 1 January 2024 was a Monday.
    expect(mondayOf(weekOf(19723))).toBe(19723)
    expect(weekOf(19722)).toBe(weekOf(19723) - 1)
  })

  const monday = 19723
  const week = (n: number, legs: number): SmallLeg[] =>
    Array.from({ length: legs }, (_, i) => ({ day: monday + 7 * n + i, from: 'HOME', to: 'PLNT' }))
  const fly = (legs: SmallLeg[]) =>
    [...hiddenWeeksOf(smallFleet({ companies, owners: [['T1', 'BUY']], legs })).week].map(
      (at) => (mondayOf(at) - monday) / 7,
    )

  it('without a leg are hidden where the company usually flies', () => {
    const busy = Array.from({ length: 10 }, (_, n) => week(n, 4)).flat()
    expect(fly([...busy, ...week(12, 4)])).toEqual([10, 11])
  })

  it('are only quiet where it seldom flies', () => {
    const idle = Array.from({ length: 10 }, (_, n) => week(n, n % 2)).flat()
    expect(fly([...idle, ...week(12, 1)])).toEqual([])
  })
})
