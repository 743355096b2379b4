import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeShared, sharedPath, sharedText } from '../../shared.ts'
import { fileAt, openService, type OpenedService } from '../openService.ts'
import { reportsOf, seenEnds } from './airportRate.ts'
import { flownTracks } from './flownTracks.ts'
import { importPositions } from './importPositions.ts'
import { realAirports } from './realAirports.ts'

const rate = <T>(all: T[], right: (one: T) => boolean) => all.filter(right).length / all.length

/** The same figures as a table: `npx tsx tests/tools/stateVectorTable.ts`. */
describeShared('legs seen below 1,500 m within 10 km of an airport', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  }, 60_000)
  afterAll(() => opened.close())
  const airports = realAirports()

  it('are none in the real file, where all 36 aircraft pass above 30,000 feet: no airport is claimed', async () => {
    const name = sharedPath('realdata', 'flights', 'switzerland_bizjet_points.csv')
    const reports = reportsOf(sharedText('realdata', 'flights', 'switzerland_bizjet_points.csv'))
    expect(Math.min(...[...reports.values()].flat().map(({ altitude }) => altitude))).toBeGreaterThan(9000)
    const legs = await importPositions(opened, await fileAt(name))
    expect(legs).toHaveLength(36)
    expect(legs.filter(({ origin, destination }) => origin !== '' || destination !== '')).toEqual([])
    for (const { icao24, departed, arrived } of legs) {
      const times = reports.get(icao24)!.map(({ time }) => time)
      expect([departed, arrived]).toEqual([times[0], times.at(-1)])
    }
  })

  it.each([true, false])(
    'get that airport nineteen times of twenty, and the minute (on the ground is told: %s)',
    async (tellsGround) => {
      const { csv, legs: flown } = flownTracks(airports, 3, { aircraft: 25, legsEach: 6, tellsGround })
      const legs = await importPositions(opened, new File([csv], 'flown.csv'))
      expect(legs.length).toBeGreaterThan(0.98 * flown.length)
      const ends = seenEnds(reportsOf(csv), legs, airports)
      expect(ends.length).toBeGreaterThan(flown.length)
      expect(rate(ends, ({ wanted, got }) => wanted === got)).toBeGreaterThan(0.95)
      const truths = ends.map(({ leg, end, got }) => {
        const truth = flown.find(
          (f) => f.icao24 === leg.icao24 && f.tookOff < leg.arrived && leg.departed < f.landed,
        )!
        const isOrigin = end === 'origin'
        const off = isOrigin ? leg.departed - truth.tookOff : leg.arrived - truth.landed
        return { minutes: Math.abs(off) / 60_000, right: got === (isOrigin ? truth.from : truth.to).code }
      })
      expect(
        rate(truths, ({ right }) => right),
        'where it truly was',
      ).toBeGreaterThan(0.95)
      expect(rate(truths, ({ minutes }) => minutes <= 3)).toBeGreaterThan(0.95)
    },
    60_000,
  )
})
