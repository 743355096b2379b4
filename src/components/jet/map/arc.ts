import { geoDistance, geoInterpolate } from 'd3-geo'
import { toPlane } from './plane.ts'
import type { Bounds } from './plane.ts'

/** Radians between two points of an arc, some 250 km: a chord is then nowhere a pixel off. */
const step = 0.04
const earthRadiusKm = 6371

type Degrees = [longitude: number, latitude: number]

export interface Arc extends Bounds {
  /** x, y, x, y, … on the plane; a NaN pair where the line leaves one edge of the map and enters at the other */
  points: Float32Array
}

/** The great circle between two places. */
export function arcBetween(from: Degrees, to: Degrees): Arc {
  const pieces = Math.max(1, Math.ceil(geoDistance(from, to) / step))
  const along = geoInterpolate(from, to)
  const points: number[] = []
  let [lastX, lastY] = [NaN, NaN]
  for (let i = 0; i <= pieces; i++) {
    const [x, y] = toPlane(...along(i / pieces))
    if (Math.abs(x - lastX) > Math.PI) {
      // Over the antimeridian: out at one edge, in at the other, at the height in between.
      const edge = lastX > 0 ? Math.PI : -Math.PI
      const beyond = x + 2 * edge
      const middle = lastY + ((y - lastY) * (edge - lastX)) / (beyond - lastX || 1)
      points.push(edge, middle, NaN, NaN, -edge, middle)
    }
    points.push(x, y)
    lastX = x
    lastY = y
  }
  return { points: Float32Array.from(points), ...extentOf(points) }
}

export const kilometres = (from: Degrees, to: Degrees): number => geoDistance(from, to) * earthRadiusKm

function extentOf(points: number[]): Bounds {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (let i = 0; i < points.length; i += 2) {
    if (Number.isNaN(points[i])) continue
    bounds.left = Math.min(bounds.left, points[i])
    bounds.right = Math.max(bounds.right, points[i])
    bounds.top = Math.min(bounds.top, points[i + 1])
    bounds.bottom = Math.max(bounds.bottom, points[i + 1])
  }
  return bounds
}
