import { expect, describe, it } from 'vitest'
import { COMPANIES } from '../../../../datasets/companies.ts'
import { AIRPORTS, HEADQUARTERS } from '../../../../datasets/flights/airports.ts'
import { AIRCRAFT_TYPES } from '../../../../datasets/flights/aircraftTypes.ts'
import { kilometres, unitVector } from '../../../../workers/quant/greatCircle.ts'
import { airportIndex, distanceKm } from '../../../../datasets/flights/places.ts'
import { describeShared, sharedJson, sharedText } from '../../shared.ts'

describe('the airports of the simulated market', () => {
  it('are each named once, and hold every headquarters', () => {
    expect(new Set(AIRPORTS.map(([code]) => code)).size).toBe(AIRPORTS.length)
    const headquarters = COMPANIES.map(({ hqAirport }) => hqAirport)
    expect(HEADQUARTERS.map(([code]) => code).toSorted()).toEqual(headquarters.toSorted())
    for (const [, name] of AIRPORTS) expect(name).not.toContain(',')
  })

  it('leave no doubt which visits are to a company that can be bought: nothing else is within 50 km', () => {
    const targets = COMPANIES.filter(({ role }) => role === 'target')
    for (let other = HEADQUARTERS.length; other < AIRPORTS.length; other++) {
      for (const { hqAirport } of targets)
        expect(
          distanceKm(other, airportIndex(hqAirport)),
          `${AIRPORTS[other][0]} ${hqAirport}`,
        ).toBeGreaterThan(50)
    }
  })

  it('lie apart by the haversine formula', () => {
    const radians = (degrees: number) => (degrees * Math.PI) / 180
    const squaredSine = (x: number) => Math.sin(x / 2) ** 2
    for (const [, , south, west] of AIRPORTS) {
      for (const [, , north, east] of AIRPORTS) {
        const haversine =
          squaredSine(radians(north - south)) +
          Math.cos(radians(south)) * Math.cos(radians(north)) * squaredSine(radians(east - west))
        const expected = 2 * 6371.0088 * Math.asin(Math.sqrt(haversine))
        const distance = kilometres(unitVector(south, west), unitVector(north, east))
        expect(Math.abs(distance - expected)).toBeLessThan(0.001)
      }
    }
  })

  it('can all be reached from one another in America without a stop', () => {
    const american = AIRPORTS.flatMap(([code], i) => (/^[KCM]/.test(code) ? [i] : []))
    const farthest = Math.max(...american.flatMap((a) => american.map((b) => distanceKm(a, b))))
    for (const { designator, range } of AIRCRAFT_TYPES) expect(range, designator).toBeGreaterThan(farthest)
  })
})

describeShared('real airports and aircraft', () => {
  it('are where the simulated ones are, within 5 km', () => {
    // No cell before the coordinates holds a comma, once what is quoted is taken out.
    const real = new Map<string, [number, number]>()
    for (const line of sharedText('realdata', 'flights', 'openflights_airports.csv').split('\n')) {
      const match = /"([A-Z]{4})",(-?[\d.]+),(-?[\d.]+),/.exec(line)
      if (match) real.set(match[1], [Number(match[2]), Number(match[3])])
    }
    const present = AIRPORTS.filter(([code]) => real.has(code))
    expect(present.length).toBeGreaterThan(0.95 * AIRPORTS.length)
    for (const [code, , latitude, longitude] of present) {
      const distance = kilometres(unitVector(latitude, longitude), unitVector(...real.get(code)!))
      expect(distance, code).toBeLessThan(5)
    }
  })

  it('have the type designators that the simulated jets have', () => {
    const types = sharedJson<Record<string, { desc: string }>>(
      'realdata',
      'flights',
      'icao_aircraft_types.json',
    )
    for (const { designator } of AIRCRAFT_TYPES)
      expect(types[designator]?.desc, designator).toMatch(/^L[23]J$/)
  })
})
