import { describe, expect, it } from 'vitest'
import { legsOf, type Track } from '../../../../workers/data/staging/legs.ts'

interface Report {
  minute: number
  altitude: number
  ground?: boolean
}

const trackOf = (reports: Report[]): Track => ({
  time: Float64Array.from(reports, ({ minute }) => minute * 60_000),
  latitude: new Float64Array(reports.length),
  longitude: new Float64Array(reports.length),
  altitude: Float64Array.from(reports, ({ altitude }) => altitude),
  onGround: Float64Array.from(reports, ({ ground }) => (ground === undefined ? NaN : Number(ground))),
})
const cruise = (from: number, to: number): Report[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ minute: from + i, altitude: 11_000 }))
const legs = (reports: Report[]) => legsOf(trackOf(reports), 0, reports.length)

describe('position reports of one aircraft', () => {
  it('end a leg on the ground, and the report on the ground tells the airport', () => {
    const found = legs([
      { minute: 0, altitude: 100, ground: true },
      { minute: 2, altitude: 900 },
      ...cruise(5, 60),
      { minute: 70, altitude: 100, ground: true },
      { minute: 71, altitude: 100, ground: true },
    ])
    expect(found).toEqual([{ first: 0, last: 58, tookOff: true, landed: true }])
  })

  it('end a leg after half an hour of silence that began low', () => {
    const found = legs([
      ...cruise(0, 40),
      { minute: 50, altitude: 800 },
      { minute: 90, altitude: 700 },
      ...cruise(95, 130),
    ])
    expect(found.map(({ landed, tookOff }) => [tookOff, landed])).toEqual([
      [false, true],
      [true, false],
    ])
  })

  it('keep a leg over a silence that began high: out of reach of the receivers', () => {
    expect(legs([...cruise(0, 30), ...cruise(240, 300)])).toHaveLength(1)
  })

  it('do not stay in the air for ever', () => {
    expect(legs([...cruise(0, 30), ...cruise(2000, 2030)])).toHaveLength(2)
  })

  it('make no leg of a few seconds', () => {
    expect(
      legs([
        { minute: 0, altitude: 500 },
        { minute: 1, altitude: 600 },
      ]),
    ).toEqual([])
    expect(legs([{ minute: 0, altitude: 100, ground: true }])).toEqual([])
  })
})
