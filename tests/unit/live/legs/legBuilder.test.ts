import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { legsOf } from '../../../../workers/quant/legs.ts'
import type { FlightRow } from '../../../../workers/live/collectedRows.ts'
import type { StateReport } from '../../../../workers/live/contract.ts'
import type { LegBucket } from '../../../../workers/live/keep/liveStore.ts'
import { LegBuilder } from '../../../../workers/live/legs/legBuilder.ts'
import { describeShared, sharedText } from '../../shared.ts'

const minute = 60_000

/** The legs of whole tracks, found at once. */
function batchLegs(reports: readonly StateReport[]): FlightRow[] {
  return [...new Set(reports.map(({ icao24 }) => icao24))].flatMap((icao24) => {
    const track = reports.filter((report) => report.icao24 === icao24).sort((a, b) => a.time - b.time)
    const column = (name: Exclude<keyof StateReport, 'icao24'>) =>
      Float64Array.from(track, (report) => report[name])
    const legs = legsOf(
      {
        time: column('time'),
        latitude: column('latitude'),
        longitude: column('longitude'),
        altitude: column('altitude'),
        groundSpeed: column('groundSpeed'),
        onGround: column('onGround'),
      },
      0,
      track.length,
    )
    const at = (report: number, name: 'latitude' | 'longitude') => (report < 0 ? NaN : track[report][name])
    return legs.map(({ departed, arrived, origin, destination }): FlightRow => ({
      table: 'flights',
      icao24,
      departedAt: departed,
      arrivedAt: arrived,
      originLatitude: at(origin, 'latitude'),
      originLongitude: at(origin, 'longitude'),
      destinationLatitude: at(destination, 'latitude'),
      destinationLongitude: at(destination, 'longitude'),
    }))
  })
}

const inOrder = (legs: FlightRow[]) =>
  [...legs].sort((a, b) => a.icao24.localeCompare(b.icao24) || a.departedAt - b.departedAt)

/** Gaps around every limit that decides, altitudes around the one that does, and what is not told. */
const reportStep = fc.record({
  tail: fc.constantFrom('4b0001', '4b0002', 'a00003'),
  gap: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 200 }) },
    { weight: 2, arbitrary: fc.constantFrom(60, 119, 120, 121, 299, 300, 301, 1799, 1800, 1801) },
    { weight: 1, arbitrary: fc.constantFrom(3600, 5 * 3600, 36_000, 36_001, 50_000) },
  ),
  altitude: fc.constantFrom(NaN, 0, 500, 2999, 3000, 9000),
  groundSpeed: fc.constantFrom(NaN, 0, 24, 25, 200),
  onGround: fc.constantFrom(NaN, NaN, 0, 0, 0, 1),
  cut: fc.integer({ min: 0, max: 5 }),
})

describe('legs made as reports come in', () => {
  it('are those made of whole tracks at once, however the reports are cut into polls', () => {
    fc.assert(
      fc.property(fc.array(reportStep, { maxLength: 120 }), fc.boolean(), (steps, reload) => {
        let time = 1_700_000_000_000
        const reports = steps.map(({ tail, gap, altitude, groundSpeed, onGround }, at): StateReport => {
          time += gap * 1000
          return { icao24: tail, time, latitude: at, longitude: -at, altitude, groundSpeed, onGround }
        })
        let builder = new LegBuilder()
        const kept = new Map<number, LegBucket>()
        const legs: FlightRow[] = []
        let poll: StateReport[] = []
        let previous: StateReport[] = []
        reports.forEach((report, at) => {
          poll.unshift(report)
          if (steps[at].cut > 1 && at < reports.length - 1) return
          // The last poll is told again, as sources do with positions that are not yet replaced.
          const newestOf = new Map(previous.map((old) => [old.icao24, old]))
          const taken = builder.take([...poll, ...newestOf.values()])
          legs.push(...taken.legs, ...builder.tick(report.time))
          previous = [...poll].sort((a, b) => a.time - b.time)
          poll = []
          for (const bucket of builder.takeChanged(true)) kept.set(bucket.bucket, bucket)
          if (reload) builder = new LegBuilder([...kept.values()])
        })
        legs.push(...builder.tick(time + 11 * 3_600_000))
        expect(inOrder(legs)).toEqual(inOrder(batchLegs(reports)))
        expect(builder.airborne).toBe(0)
      }),
      { numRuns: 300 },
    )
  })

  it('are given once the silence has lasted, though nothing more is heard of the aircraft', () => {
    const builder = new LegBuilder()
    const up = (at: number, altitude: number): StateReport => ({
      icao24: '4b0001',
      time: at * minute,
      latitude: 47,
      longitude: 8,
      altitude,
      groundSpeed: 100,
      onGround: 0,
    })
    builder.take([up(0, 500), up(10, 9000), up(20, 600)])
    expect(builder.airborne).toBe(1)
    expect(builder.tick(50 * minute)).toEqual([])
    expect(builder.tick(50 * minute + 1)).toMatchObject([{ departedAt: 0, arrivedAt: 20 * minute }])
    expect(builder.airborne).toBe(0)
    // What comes in now and is older than that changes nothing, and is told.
    expect(builder.take([up(30, 700)])).toMatchObject({ legs: [], late: 1 })
  })
})

describeShared('legs of the business jets over Switzerland', () => {
  it('are the same in polls of ten seconds as at once', () => {
    const numberOf = (text: string) => (text === '' ? NaN : Number(text))
    const reports = sharedText('realdata', 'flights', 'switzerland_bizjet_points.csv')
      .trim()
      .split('\n')
      .slice(1)
      .map((line): StateReport => {
        const [time, icao24, , , , latitude, longitude, feet, knots] = line.split(',')
        return {
          icao24,
          time: Date.parse(time),
          latitude: numberOf(latitude),
          longitude: numberOf(longitude),
          altitude: numberOf(feet) * 0.3048,
          groundSpeed: (numberOf(knots) * 1852) / 3600,
          onGround: NaN,
        }
      })
    const polls = new Map<number, StateReport[]>()
    for (const report of reports) {
      const poll = Math.floor(report.time / 10_000)
      polls.set(poll, [...(polls.get(poll) ?? []), report])
    }
    const builder = new LegBuilder()
    const legs: FlightRow[] = []
    for (const [poll, heard] of [...polls].sort(([a], [b]) => a - b)) {
      legs.push(...builder.take(heard).legs, ...builder.tick(poll * 10_000))
    }
    legs.push(...builder.tick(Infinity))
    expect(legs.length).toBeGreaterThan(5)
    expect(inOrder(legs)).toEqual(inOrder(batchLegs(reports)))
  })
})
