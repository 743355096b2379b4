import { describe, expect, it } from 'vitest'
import type { CompanyYear, VisitMatrix } from '../../../../../workers/backtest/api.ts'
import { airportsCsv, busyRows, routesCsv } from '../../../../../src/components/jet/map/busiest.ts'
import { airportMarks, markAt } from '../../../../../src/components/jet/map/marks.ts'
import { matrixCsv, orderedMatrix } from '../../../../../src/components/jet/map/matrixOrder.ts'
import { Places } from '../../../../../src/components/jet/map/places.ts'
import { wholeWorld } from '../../../../../src/components/jet/map/plane.ts'
import { busiestRoutes, everyLeg, trafficOf } from '../../../../../src/components/jet/map/traffic.ts'
import { legsBetween, legsByWeek } from '../../../../../src/components/jet/map/weeks.ts'
import { yearCells, yearsOf } from '../../../../../src/components/jet/map/yearCells.ts'
import { day, smallMap } from './smallMap.ts'

const map = smallMap()
const places = new Places(map)
const all = trafficOf(map, places.routes, everyLeg, 0, 5)

describe('what flew', () => {
  it('is counted by route, both ways apart, and by airport', () => {
    const first = (kind: 'routes' | 'airports', column: 0 | 1 | 2, descending: boolean) =>
      busyRows(kind, map, places, all, { column, descending }, 2).rows.map(({ name }) => name)
    expect(first('routes', 1, true)).toEqual(['JFK – LAX', 'LAX – NRT'])
    expect(first('routes', 1, false)).toEqual(['LAX – NRT', 'JFK – LAX'])
    expect(first('routes', 2, true)).toEqual(['LAX – NRT', 'JFK – LAX'])
    expect(first('airports', 1, true)).toEqual(['LAX', 'JFK'])
    expect(first('airports', 0, true)).toEqual(['NRT', 'LAX'])
    expect(busyRows('routes', map, places, all, { column: 1, descending: true }, 1)).toMatchObject({
      count: 2,
      rows: [{ name: 'JFK – LAX', numbers: [3, expect.closeTo(3974, -1)] }],
    })
    expect([all.out[0], all.back[0]]).toEqual([2, 1])
    expect([...all.landings]).toEqual([1, 2, 1, 0])
    expect([...all.departures]).toEqual([2, 2, 1, 0])
  })

  it('to nobody knows where is counted, on no route', () => {
    expect([all.legs, all.unknown]).toEqual([5, 1])
  })

  it('is that of the companies, aircraft and airport chosen', () => {
    const legsOf = (choice: Partial<typeof everyLeg>) =>
      trafficOf(map, places.routes, { ...everyLeg, ...choice }, 0, 5).legs
    expect(legsOf({ companies: [0] })).toBe(3)
    expect(legsOf({ companies: [0, 1] })).toBe(4)
    expect(legsOf({ tails: [1] })).toBe(2)
    expect(legsOf({ companies: [0], tails: [1] })).toBe(0)
    expect(legsOf({ airport: 2 })).toBe(2)
  })

  it('is drawn with the busiest routes on top, and no more than can be told apart', () => {
    expect([...busiestRoutes(all, 10)]).toEqual([1, 0])
    expect([...busiestRoutes(all, 1)]).toEqual([0])
  })

  it('goes to files with both directions', () => {
    expect(routesCsv(map, places, all).split('\r\n')[1]).toBe(
      `JFK,LAX,2,1,3,${Math.round(places.kilometresOf(0))}`,
    )
    expect(airportsCsv(map, places, all).split('\r\n')[1]).toBe('LAX,Los Angeles,33.94,-118.41,2,2,')
  })
})

describe('time', () => {
  it('is cut into weeks that begin on Monday', () => {
    const weeks = legsByWeek(map, everyLeg)
    expect(weeks.first).toBe(day('2024-01-01'))
    expect([...weeks.legs]).toEqual([3, 1, 1])
  })

  it('chooses legs by the day of their departure, both days included', () => {
    const between = (from: string, to: string) => legsBetween(map.legs.departed, day(from), day(to))
    expect(between('2024-01-03', '2024-01-07')).toEqual([1, 3])
    expect(between('2024-01-08', '2024-01-08')).toEqual([3, 4])
    expect(between('2024-02-01', '2024-02-02')).toEqual([5, 5])
  })
})

describe('airports on the map', () => {
  const view = { scale: 100, x: 400, y: 250 }

  it('are as large as they are busy; by landings where density is shown', () => {
    const busy = airportMarks(places, all, view, wholeWorld, 'routes')
    expect(busy.map(({ label }) => label)).toEqual(['LAX', 'JFK', 'NRT'])
    expect(busy.map(({ headquarters }) => headquarters)).toEqual([false, true, true])
    const dense = airportMarks(places, all, view, wholeWorld, 'density')
    const [most, less] = [dense[0], dense[1]].map(({ radius }) => radius - 2)
    expect((most / less) ** 2).toBeCloseTo(2)
  })

  it('are found under the pointer', () => {
    const marks = airportMarks(places, all, view, wholeWorld, 'routes')
    const [x, y] = marks[0].at
    expect(markAt(marks, [x + 3, y])?.label).toBe('LAX')
    expect(markAt(marks, [x + 30, y])).toBeNull()
  })
})

describe('the matrix of visits', () => {
  const matrix: VisitMatrix = {
    visitors: ['A', 'B'],
    visited: ['C', 'D', 'E'],
    visits: Int32Array.of(1, 0, 1, 0, 4, 0),
    dealOn: Int32Array.of(0, 0, day('2024-05-02'), 0, 0, 0),
  }

  it('is ordered by the number of visits or by name', () => {
    const names = (order: 'number' | 'name') => {
      const { rows, columns } = orderedMatrix(matrix, order)
      return [
        rows.map(({ index }) => matrix.visitors[index]),
        columns.map(({ index }) => matrix.visited[index]),
      ]
    }
    expect(names('number')).toEqual([
      ['B', 'A'],
      ['D', 'C', 'E'],
    ])
    expect(names('name')).toEqual([
      ['A', 'B'],
      ['C', 'D', 'E'],
    ])
  })

  it('goes to a file as pairs, with the day of the deal', () => {
    expect(matrixCsv(matrix).trim().split('\r\n').slice(1)).toEqual(['A,C,1,', 'A,E,1,2024-05-02', 'B,D,4,'])
  })
})

describe('the calendar', () => {
  const year: CompanyYear = {
    symbol: 'ALPHA',
    year: 2024,
    legs: new Int32Array(366).fill(1, 9, 10).fill(-1, 14, 15),
    visited: new Int32Array(366).fill(-1).fill(1, 9, 10),
    events: [
      { day: day('2024-01-10'), kind: 'acquirer', counterparty: 'BETA' },
      { day: day('2024-01-11'), kind: 'earnings', counterparty: '' },
    ],
  }
  const [january, february] = yearCells(year, map)

  it('says of a day what flew, where the night was spent, and what was announced', () => {
    expect([january.length, february.length]).toEqual([31, 29])
    expect(january[9]).toMatchObject({ legs: 1, deal: true, earnings: false })
    expect(january[9].words).toBe(
      '10 Jan 2024: 1 leg; a night at the headquarters of BETA; announced: takes over BETA',
    )
    expect(january[10]).toMatchObject({ legs: 0, deal: false, earnings: true })
  })

  it('tells hidden days from quiet ones, and both from days without data', () => {
    expect(january[14].words).toBe('15 Jan 2024: hidden, or idle')
    expect(january[15].words).toBe('16 Jan 2024: no legs')
    expect(january[0].words).toBe('1 Jan 2024: no data')
  })

  it('offers the years there are, the newest first', () => {
    expect(yearsOf({ from: day('2022-12-31'), to: day('2024-01-01') })).toEqual([2024, 2023, 2022])
  })
})
