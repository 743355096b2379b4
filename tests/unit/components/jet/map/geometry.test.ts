import { describe, expect, it } from 'vitest'
import { arcBetween, kilometres } from '../../../../../src/components/jet/map/arc.ts'
import { nearestArc } from '../../../../../src/components/jet/map/nearestArc.ts'
import { boundsOf, toPlane, type Point } from '../../../../../src/components/jet/map/plane.ts'
import { fitted, panned, smallestScale, zoomed } from '../../../../../src/components/jet/map/view.ts'

const newYork: Point = [-73.78, 40.64]
const losAngeles: Point = [-118.41, 33.94]
const tokyo: Point = [140.39, 35.77]
const size = { width: 800, height: 500 }

describe('the plane', () => {
  it('has the equator in its middle, north above, and an edge instead of poles', () => {
    expect(toPlane(0, 0)[1]).toBeCloseTo(0)
    expect(toPlane(0, 50)[1]).toBeLessThan(0)
    expect(toPlane(180, 0)[0]).toBeCloseTo(Math.PI)
    expect(Number.isFinite(toPlane(0, 90)[1])).toBe(true)
  })
})

describe('a great circle', () => {
  it('from New York to Los Angeles is 3,974 km long and runs north of the straight line', () => {
    expect(kilometres(newYork, losAngeles)).toBeCloseTo(3974, -1)
    const { points, top } = arcBetween(newYork, losAngeles)
    expect(points[0]).toBeCloseTo(toPlane(...newYork)[0], 5)
    expect(points.at(-1)).toBeCloseTo(toPlane(...losAngeles)[1], 5)
    expect(top).toBeLessThanOrEqual(toPlane(...newYork)[1])
  })

  it('over the Pacific leaves the map at one edge and enters at the other, at the same height', () => {
    const { points } = arcBetween(losAngeles, tokyo)
    const gap = points.findIndex(Number.isNaN)
    expect(points[gap - 2]).toBeCloseTo(-Math.PI, 5)
    expect(points[gap + 2]).toBeCloseTo(Math.PI, 5)
    expect(points[gap + 3]).toBeCloseTo(points[gap - 1], 5)
    for (let i = 2; i < points.length; i += 2)
      expect(Math.abs(points[i] - points[i - 2]) || 0).toBeLessThan(0.2)
  })

  it('is found within reach of its line and not beyond', () => {
    const arcs = [arcBetween(newYork, losAngeles), arcBetween(losAngeles, tokyo)]
    const middle = 2 * Math.floor(arcs[0].points.length / 4)
    const on: Point = [arcs[0].points[middle], arcs[0].points[middle + 1]]
    expect(nearestArc(arcs, on, 0.01)).toBe(0)
    expect(nearestArc(arcs, [on[0], on[1] + 0.02], 0.01)).toBe(-1)
    expect(nearestArc(arcs, [0, 1], 0.01)).toBe(-1)
  })
})

describe('the view', () => {
  const america = boundsOf([toPlane(...newYork), toPlane(...losAngeles)])!
  const onScreen = ({ scale, x, y }: { scale: number; x: number; y: number }, [px, py]: Point): Point => [
    px * scale + x,
    py * scale + y,
  ]

  it('fits what is to be seen', () => {
    const view = fitted(america, size)
    for (const place of [newYork, losAngeles]) {
      const [x, y] = onScreen(view, toPlane(...place))
      expect(x).toBeGreaterThan(0)
      expect(x).toBeLessThan(size.width)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(size.height)
    }
    expect(view.scale).toBeGreaterThan(2 * smallestScale(size))
  })

  it('zooms about the pointer: what lies under it stays there', () => {
    const before = fitted(america, size)
    const at: Point = [300, 200]
    const place: Point = [(at[0] - before.x) / before.scale, (at[1] - before.y) / before.scale]
    const after = zoomed(before, 2, at, size)
    expect(after.scale).toBeCloseTo(2 * before.scale)
    expect(onScreen(after, place)[0]).toBeCloseTo(at[0])
    expect(onScreen(after, place)[1]).toBeCloseTo(at[1])
  })

  it('never shows beyond the edges of the world, nor less than a few kilometres', () => {
    const far = panned(fitted(america, size), 1e6, 0, size)
    expect(onScreen(far, [-Math.PI, 0])[0]).toBeCloseTo(0)
    const out = zoomed(far, 1e-6, [0, 0], size)
    expect([onScreen(out, [-Math.PI, 0])[0], onScreen(out, [Math.PI, 0])[0]]).toEqual([0, size.width])
    expect(onScreen(out, [0, -Math.PI])[1]).toBeLessThanOrEqual(0)
    expect(zoomed(far, 1e12, [0, 0], size).scale).toBe(60_000)
  })

  it('of one airport shows its surroundings', () => {
    const [x, y] = toPlane(...tokyo)
    const view = fitted({ left: x, right: x, top: y, bottom: y }, size)
    expect(view.scale).toBeLessThan(60_000)
    expect(onScreen(view, [x, y])).toEqual([expect.closeTo(400), expect.closeTo(250)])
  })
})
