import { describe, expect, test } from 'vitest'
import { hasFarStrikes, rowAfter, rowAt, startRow, strikePicture } from '../../../src/charts/strikeMap.ts'
import { smallMap } from '../components/options/strikemapFixture.ts'

/** Two expiries with calls and puts at 90, 100 and 110; the later one also has a put far out of the money. */
const map = smallMap([
  ...[30, 60].flatMap((days) =>
    [90, 100, 110].flatMap((strike) => [
      { days, strike, right: 1 as const },
      { days, strike, right: -1 as const },
    ]),
  ),
  { days: 60, strike: 50, right: -1 },
])
const width = 800
const all = { rights: 'both', scale: 'strike', near: false } as const

describe('the map of a chain', () => {
  test('has a lane for each expiry and right, earliest on top, calls above puts, strikes to the right', () => {
    const { lanes, drawn } = strikePicture(map, all, width)!
    expect(lanes.map(({ expiry, right }) => [expiry, right])).toEqual([
      [0, 1],
      [0, -1],
      [1, 1],
      [1, -1],
    ])
    expect(lanes.every(({ top }, i) => i === 0 || top > lanes[i - 1].top)).toBe(true)
    expect(Array.from(lanes[3].rows, (row) => map.strike[row])).toEqual([50, 90, 100, 110])
    expect(drawn).toBe(13)
  })

  test('leaves out what was not asked for', () => {
    const rowsOf = (choice: Parameters<typeof strikePicture>[1]) =>
      strikePicture(map, choice, width)!.lanes.flatMap(({ rows }) => Array.from(rows))
    expect(rowsOf({ ...all, rights: 'puts' }).every((row) => map.right[row] === -1)).toBe(true)
    expect(hasFarStrikes(map)).toBe(true)
    expect(rowsOf({ ...all, near: true })).not.toContain(12)
    expect(strikePicture(smallMap([]), all, width)).toBeNull()
  })

  test('shows the money where it is on every scale', () => {
    for (const scale of ['strike', 'moneyness', 'delta'] as const) {
      const picture = strikePicture(map, { ...all, scale }, width)!
      const lane = picture.lanes[0]
      expect(picture.spot, scale).toBeCloseTo(lane.x[1], 6)
      // A call and the put of its strike stand above each other.
      expect(Array.from(picture.lanes[1].x), scale).toEqual(Array.from(lane.x))
    }
  })

  test('finds the contract under a point, and none beside the plot', () => {
    const picture = strikePicture(map, all, width)!
    const lane = picture.lanes[2]
    expect(rowAt(picture, lane.x[1] + 3, lane.top + 2)).toBe(lane.rows[1])
    expect(rowAt(picture, 5, lane.top + 2)).toBe(-1)
    expect(rowAt(picture, lane.x[1], 2)).toBe(-1)
  })

  test('is walked with the arrow keys, and the edge holds', () => {
    const picture = strikePicture(map, all, width)!
    const [calls, puts] = picture.lanes
    const start = startRow(picture)
    expect(start).toBe(calls.rows[1])
    expect(rowAfter('ArrowRight', start, picture)).toBe(calls.rows[2])
    expect(rowAfter('ArrowRight', calls.rows[2], picture)).toBe(calls.rows[2])
    expect(rowAfter('ArrowDown', start, picture)).toBe(puts.rows[1])
    expect(rowAfter('ArrowUp', start, picture)).toBe(start)
    expect(rowAfter('Home', start, picture)).toBe(calls.rows[0])
    expect(rowAfter('a', start, picture)).toBeNull()
    expect(rowAfter('ArrowDown', -1, picture)).toBe(start)
  })
})
