import { geoMercatorRaw } from 'd3-geo'

const radians = Math.PI / 180
/** Mercator has no poles: what lies beyond is drawn at the edge. */
const highest = 85

export type Point = [x: number, y: number]

/** The plane of the map: Mercator, x eastwards, y southwards, in radians at the equator: −π … π. */
export function toPlane(longitude: number, latitude: number): Point {
  const [x, y] = geoMercatorRaw(
    longitude * radians,
    Math.max(-highest, Math.min(highest, latitude)) * radians,
  )
  return [x, -y]
}

/** A part of the plane. */
export interface Bounds {
  left: number
  top: number
  right: number
  bottom: number
}

export const wholeWorld: Bounds = { left: -Math.PI, top: -Math.PI, right: Math.PI, bottom: Math.PI }

export const overlap = (a: Bounds, b: Bounds): boolean =>
  a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom

/** The smallest part of the plane that holds all the points; null of none. */
export function boundsOf(points: Iterable<Point>): Bounds | null {
  let bounds: Bounds | null = null
  for (const [x, y] of points) {
    bounds ??= { left: x, top: y, right: x, bottom: y }
    bounds.left = Math.min(bounds.left, x)
    bounds.right = Math.max(bounds.right, x)
    bounds.top = Math.min(bounds.top, y)
    bounds.bottom = Math.max(bounds.bottom, y)
  }
  return bounds
}
