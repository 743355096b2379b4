import { describe, expect, it } from 'vitest'
import { summaryNames } from '../../../../workers/systems/jet/summary.ts'
import { jetRows, type JetRows } from '../../../../workers/systems/jetFeatures.ts'
import { smallFleet, type SmallFleet, type SmallLeg } from './smallFleet.ts'

const companies = { BUY: 'HOME', OLD: 'BASE', TGT: 'SEAT' }
const monday = 19723
const dates = Int32Array.from({ length: 200 }, (_, i) => monday + i).filter((day) => (day + 3) % 7 < 5)

function visits(fleet: Partial<SmallFleet>, until = dates): JetRows {
  const tables = smallFleet({
    companies,
    owners: [
      ['T1', 'BUY'],
      ['T2', 'OLD'],
    ],
    legs: [],
    ...fleet,
  })
  return jetRows(tables, until, { wanted: ({ visit }) => visit !== null })
}

const visitOn = (day: number, known?: number): SmallLeg[] => [
  { day, hour: 8, from: 'HOME', to: 'SEAT', known },
  { day, hour: 17, from: 'SEAT', to: 'HOME', known },
]

function read(rows: JetRows, row: number, name: (typeof summaryNames)[number]): number {
  return rows.flat.values[row * rows.flat.names.length + summaryNames.indexOf(name)]
}

describe('a visit', () => {
  it('makes a row on the first trading day on whose close it is known', () => {
    const saturday = monday + 5
    const rows = visits({ legs: visitOn(saturday) })
    expect(rows.rows).toBe(1)
    expect(rows.known[0]).toBe(monday + 7)
  })

  it('is counted with the earlier ones of the same two', () => {
    const rows = visits({ legs: [...visitOn(monday), ...visitOn(monday + 21), ...visitOn(monday + 70)] })
    expect(rows.rows).toBe(3)
    expect([0, 1, 2].map((row) => read(rows, row, 'visits to the counterparty in 60 days'))).toEqual([
      1, 2, 2,
    ])
    expect([0, 1, 2].map((row) => read(rows, row, 'visits to the counterparty in 30 days'))).toEqual([
      1, 2, 1,
    ])
    expect(read(rows, 0, 'days since the visit before')).toBeNaN()
    expect(read(rows, 1, 'days since the visit before')).toBeCloseTo(Math.log(22), 5)
  })

  it('is none when an aircraft comes home to an airport that others share', () => {
    const rows = visits({
      companies: { BUY: 'HOME', TGT: 'HOME' },
      owners: [['T1', 'BUY']],
      legs: visitOn(monday),
    })
    expect(rows.rows).toBe(0)
  })

  it('belongs to who had the aircraft on the day', () => {
    const rows = visits({
      owners: [
        ['T1', 'OLD', 0, monday],
        ['T1', 'BUY', monday + 1],
      ],
      legs: [...visitOn(monday), ...visitOn(monday + 1)],
    })
    const toTarget = Array.from(rows.visited.keys()).filter((row) => rows.visited[row] === 2)
    expect(toTarget.map((row) => rows.company[row])).toEqual([1, 0])
  })

  it('of an announced target says so, until the deal is broken off', () => {
    const rows = visits({
      legs: [...visitOn(monday), ...visitOn(monday + 14), ...visitOn(monday + 28)],
      events: [
        { company: 'TGT', day: monday + 7, kind: 'target', counterparty: 'BUY' },
        { company: 'TGT', day: monday + 21, kind: 'terminated', counterparty: 'BUY' },
      ],
    })
    expect([0, 1, 2].map((row) => read(rows, row, 'takeover of the counterparty announced'))).toEqual([
      0, 1, 0,
    ])
  })

  it('sees a jet of another company there within two days, if that was known', () => {
    const other: SmallLeg = { tail: 'T2', day: monday, hour: 6, from: 'BASE', to: 'SEAT' }
    const shared = (known: number) => {
      const rows = visits({ legs: [...visitOn(monday), { ...other, known }] })
      return read(rows, rows.company.indexOf(0), 'another jet within 48 hours')
    }
    expect(shared(monday)).toBe(1)
    expect(shared(monday + 3)).toBe(0)
  })

  it('that became known late, after a later leg, is still put in its place', () => {
    const late = visits({ legs: [...visitOn(monday, monday + 10), ...visitOn(monday + 7)] })
    expect(Array.from(late.known)).toEqual([monday + 7, monday + 10])
    expect(read(late, 0, 'visits to the counterparty in 60 days')).toBe(1)
    expect(read(late, 1, 'visits to the counterparty in 60 days')).toBe(2)
  })
})

describe('tokens', () => {
  it('show the newest legs first, and the visited company among them', () => {
    const rows = visits({ legs: [{ day: monday - 3, from: 'HOME', to: 'PLNT' }, ...visitOn(monday)] })
    const { levels, names, values, length } = rows.sequence
    const firstLeg = 1 + 26 + 8
    expect(Array.from(levels.subarray(0, 1))).toEqual([0])
    expect(Array.from(levels.subarray(firstLeg, firstLeg + 4))).toEqual([3, 3, 3, -1])
    const toVisited = names.findIndex((name) => name.includes('leg: to the visited company'))
    const at = (token: number) => values[token * names.length + toVisited]
    expect([at(firstLeg), at(firstLeg + 1), at(firstLeg + 2)]).toEqual([0, 1, 0])
    expect(length).toBe(67)
  })
})

describe('a company-week', () => {
  it('ends each week of a company that flies', () => {
    const tables = smallFleet({
      companies,
      owners: [['T1', 'BUY']],
      legs: [{ day: monday, from: 'HOME', to: 'PLNT' }],
    })
    const rows = jetRows(tables, dates.subarray(0, 15))
    expect(Array.from(rows.known, (day) => day - monday)).toEqual([4, 11, 18])
    expect(Array.from(rows.visited)).toEqual([-1, -1, -1])
  })
})
