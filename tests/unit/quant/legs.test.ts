import { describe, expect, it } from 'vitest'
import { legsOf, type Track } from '../../../workers/quant/legs.ts'

interface Report {
  minute: number
  /** Metres; left out = not told. */
  altitude?: number
  ground?: boolean
  /** Metres a second. */
  speed?: number
}

const trackOf = (reports: Report[]): Track => ({
  time: Float64Array.from(reports, ({ minute }) => minute * 60_000),
  latitude: new Float64Array(reports.length),
  longitude: new Float64Array(reports.length),
  altitude: Float64Array.from(reports, ({ altitude }) => altitude ?? NaN),
  groundSpeed: Float64Array.from(reports, ({ speed }) => speed ?? NaN),
  onGround: Float64Array.from(reports, ({ ground }) => (ground === undefined ? NaN : Number(ground))),
})
const cruise = (from: number, to: number): Report[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ minute: from + i, altitude: 11_000 }))
const legs = (reports: Report[]) => legsOf(trackOf(reports), 0, reports.length)
/** Minutes of departure and arrival, and of the reports that tell the airports; null = none does. */
const told = (reports: Report[]) =>
  legs(reports).map(({ departed, arrived, origin, destination }) => [
    departed / 60_000,
    arrived / 60_000,
    origin < 0 ? null : reports[origin].minute,
    destination < 0 ? null : reports[destination].minute,
  ])

describe('position reports of one aircraft', () => {
  it('end a leg on the ground, and the report on the ground tells the airport', () => {
    const found = told([
      { minute: 0, altitude: 100, ground: true },
      { minute: 2, altitude: 900 },
      ...cruise(5, 68),
      { minute: 70, altitude: 100, ground: true },
      { minute: 71, altitude: 100, ground: true },
    ])
    expect(found).toEqual([[0, 70, 0, 70]])
  })

  it('end a leg after half an hour of silence that began low', () => {
    const found = told([
      ...cruise(0, 40),
      { minute: 50, altitude: 800 },
      { minute: 90, altitude: 700 },
      ...cruise(95, 130),
    ])
    expect(found).toEqual([
      [0, 50, null, 50],
      [90, 130, 90, null],
    ])
  })

  it('from the ground tell the airport half an hour off, and the minute only when close', () => {
    const found = told([
      { minute: 0, altitude: 100, ground: true },
      { minute: 20, altitude: 2500 },
      ...cruise(25, 60),
      { minute: 65, altitude: 2000 },
      { minute: 80, altitude: 100, ground: true },
    ])
    expect(found).toEqual([[20, 65, 0, 80]])
  })

  it('as slow as no jet flies are from the ground, where a file does not tell', () => {
    const found = told([
      { minute: 0, altitude: 100, speed: 8 },
      { minute: 1, altitude: 300, speed: 80 },
      ...cruise(5, 60),
      { minute: 66, altitude: 300, speed: 70 },
      { minute: 67, altitude: 100, speed: 20 },
      { minute: 85, altitude: 100, speed: 5 },
      { minute: 86, altitude: 400, speed: 80 },
      ...cruise(90, 120),
    ])
    expect(found).toEqual([
      [0, 67, 0, 67],
      [85, 120, 85, null],
    ])
  })

  it('without an altitude are as high as the nearest that has one', () => {
    const found = told([
      { minute: 0 },
      { minute: 1, altitude: 900 },
      ...cruise(5, 60),
      { minute: 64, altitude: 3500 },
      { minute: 67 },
    ])
    expect(found, 'two minutes off at most').toEqual([[0, 67, 0, null]])
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
