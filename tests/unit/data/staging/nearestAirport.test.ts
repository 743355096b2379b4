import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { airportFinder, distanceKm } from '../../../../workers/data/staging/nearestAirport.ts'
import { openEmptyDatabase } from '../emptyDatabase.ts'
import type { Database } from '../../../../workers/data/database.ts'

describe('the nearest airport', () => {
  let database: Database
  beforeAll(async () => {
    database = await openEmptyDatabase()
    await database.query(
      `CREATE TABLE fields AS SELECT * FROM (VALUES ('KTEB', 40.8501::DOUBLE, -74.0608::DOUBLE),
       ('KEWR', 40.6925, -74.1687), ('EAST', 0.0, 179.98), ('POLE', 89.99, 10.0)) AS f(code, latitude, longitude)`,
    )
  })
  afterAll(() => database.close())

  it('is one within ten kilometres, and none beyond', async () => {
    const nearest = await airportFinder(database, ['fields'])
    expect(nearest(40.84, -74.05)).toBe('KTEB')
    expect(nearest(40.7, -74.17)).toBe('KEWR')
    expect(nearest(40.85, -73.5)).toBe('')
  })

  it('is found over the date line and near a pole', async () => {
    const nearest = await airportFinder(database, ['fields'])
    expect(nearest(0, -179.99)).toBe('EAST')
    expect(nearest(89.99, -170)).toBe('POLE')
  })

  it('is none where no airport is listed', async () => {
    expect((await airportFinder(database, []))(40.84, -74.05)).toBe('')
  })

  it('lies by great circle: Paris to London is 344 km', () => {
    expect(distanceKm(48.8566, 2.3522, 51.5074, -0.1278)).toBeCloseTo(343.6, 0)
  })
})
