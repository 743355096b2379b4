import { describe, expect, test } from 'vitest'
import { severities, type DemandTables } from '../../../../workers/quant/demandTables.ts'
import { incidentsOpen } from '../../../../workers/systems/tickets/incidentsOpen.ts'
import { holidaysOf } from '../../../../workers/systems/tickets/holidays.ts'
import { weekOnWeek } from '../../../../workers/systems/tickets/weekOnWeek.ts'

const monday = 19_723 // 1 January 2024
const noHoliday = () => false
const minutes = (day: number, hour: number) => (monday + day) * 1440 + hour * 60

function incidentsOf(rows: { started: number; resolved?: number; severity: string }[]) {
  const tables: Pick<DemandTables, 'companies' | 'incidents'> = {
    companies: { symbol: ['A'], name: ['A'] },
    incidents: {
      company: new Int32Array(rows.length),
      started: Float64Array.from(rows, ({ started }) => started),
      resolved: Float64Array.from(rows, ({ resolved }) => resolved ?? NaN),
      severity: Uint8Array.from(rows, ({ severity }) => severities.indexOf(severity as 'minor')),
      known: Int32Array.from(rows, ({ started }) => Math.floor((started + 4 * 60) / 1440)),
      title: rows.map(() => ''),
    },
  }
  return tables
}

describe('An incident at the close of a day', () => {
  const dates = Int32Array.from({ length: 25 }, (_, day) => monday + day)
  const openOn = (rows: Parameters<typeof incidentsOf>[0]) => [...incidentsOpen(incidentsOf(rows), dates)]

  test('is open from the first close after it began until the close after which it was resolved', () => {
    const open = openOn([{ started: minutes(1, 9), resolved: minutes(3, 10), severity: 'major' }])
    expect(open.slice(0, 5)).toEqual([0, 2, 2, 0, 0])
  })

  test('is not yet there when it began after the close', () => {
    expect(
      openOn([{ started: minutes(1, 21), resolved: minutes(2, 22), severity: 'minor' }]).slice(0, 4),
    ).toEqual([0, 0, 1, 0])
  })

  test('counts with the gravest of those that overlap', () => {
    const open = openOn([
      { started: minutes(0, 9), resolved: minutes(2, 21), severity: 'minor' },
      { started: minutes(1, 9), resolved: minutes(1, 23), severity: 'critical' },
    ])
    expect(open.slice(0, 4)).toEqual([1, 3, 1, 0])
  })

  test('is no trouble when it was planned, and is forgotten after 14 days when nobody closes it', () => {
    expect(openOn([{ started: minutes(0, 9), severity: 'maintenance' }]).every((each) => each === 0)).toBe(
      true,
    )
    const open = openOn([{ started: minutes(0, 9), severity: 'minor' }])
    expect(open.lastIndexOf(1)).toBe(13)
  })
})

describe('Downloads from week to week', () => {
  const value = Float64Array.from([10, 10, 10, 10, 10, 2, 2, 15, 15, 15, 15, 15, 3, 3])
  const known = value.map((_, i) => monday + i + 1) as unknown as Int32Array

  test('rise by what each weekday rose, as known at the close', () => {
    expect(weekOnWeek(value, known, monday, 13, monday + 14, noHoliday)).toBeCloseTo(0.5, 12)
    // A day earlier the last Sunday is not known: its pair is that of the Sunday before, which has none before it.
    expect(weekOnWeek(value, known, monday, 13, monday + 13, noHoliday)).toBeCloseTo(78 / 52 - 1, 12)
  })

  test('leave out days with a holiday or a gap on either side', () => {
    const gap = value.slice()
    gap[3] = NaN
    expect(weekOnWeek(gap, known, monday, 13, monday + 14, noHoliday)).toBeCloseTo(0.5, 12)
    const quiet = value.slice()
    quiet[7] = 1
    expect(weekOnWeek(quiet, known, monday, 13, monday + 14, (day) => day === monday + 7)).toBeCloseTo(
      0.5,
      12,
    )
  })

  test('say nothing where fewer than four days can be compared, or the newest is old', () => {
    expect(weekOnWeek(value, known, monday, 9, monday + 10, noHoliday)).toBeNaN()
    expect(weekOnWeek(value, known, monday, 19, monday + 20, noHoliday)).toBeNaN()
  })
})

test('A weekday without a session is a holiday, and so is the turn of the year', () => {
  const quiet = holidaysOf(Int32Array.from([0, 1, 3, 4, 7], (day) => monday + day))
  expect([0, 1, 2, 3, 5, 6].map((day) => quiet(monday + day))).toEqual([
    true,
    false,
    true,
    false,
    false,
    false,
  ])
})
