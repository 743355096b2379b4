import type { Arc } from './arc.ts'
import type { Point } from './plane.ts'

/** Index of the line nearest to a point of the plane, no farther than `reach`; −1 = none. Of equals the last. */
export function nearestArc(arcs: readonly Arc[], [x, y]: Point, reach: number): number {
  let found = -1
  let nearest = reach
  arcs.forEach((arc, i) => {
    if (x < arc.left - reach || x > arc.right + reach) return
    if (y < arc.top - reach || y > arc.bottom + reach) return
    const away = distanceTo(arc.points, x, y)
    if (away <= nearest) {
      nearest = away
      found = i
    }
  })
  return found
}

function distanceTo(points: Float32Array, x: number, y: number): number {
  let nearest = Infinity
  for (let i = 2; i < points.length; i += 2) {
    const [ax, ay] = [points[i - 2], points[i - 1]]
    const [dx, dy] = [points[i] - ax, points[i + 1] - ay]
    const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
    const away = Math.hypot(ax + along * dx - x, ay + along * dy - y)
    // Beside the gap at the edge of the map everything is NaN, and never nearer.
    if (away < nearest) nearest = away
  }
  return nearest
}
