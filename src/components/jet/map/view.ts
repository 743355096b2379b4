import type { Bounds, Point } from './plane.ts'

/** Which part of the plane is on screen: pixels = plane × scale + (x, y). */
export interface View {
  scale: number
  x: number
  y: number
}

export interface Size {
  width: number
  height: number
}

/** Pixels a radian: one pixel is then some 100 m, and coordinates of single precision are still exact enough. */
const largest = 60_000
/** Nothing smaller than this, in radians, is filled with: a single airport would otherwise be all there is. */
const leastExtent = 0.06
const padding = 36

export const smallestScale = ({ width }: Size): number => width / (2 * Math.PI)

/** The view that shows the bounds as large as they can be. */
export function fitted(bounds: Bounds, size: Size): View {
  const wide = Math.max(leastExtent, bounds.right - bounds.left)
  const high = Math.max(leastExtent, bounds.bottom - bounds.top)
  const room = (pixels: number) => Math.max(40, pixels - 2 * padding)
  const scale = Math.min(room(size.width) / wide, room(size.height) / high)
  return kept(
    {
      scale,
      x: size.width / 2 - (scale * (bounds.left + bounds.right)) / 2,
      y: size.height / 2 - (scale * (bounds.top + bounds.bottom)) / 2,
    },
    size,
  )
}

/** Scales about a point on the screen, which stays where it is. */
export function zoomed(view: View, factor: number, [x, y]: Point, size: Size): View {
  const scale = Math.max(smallestScale(size), Math.min(largest, view.scale * factor))
  const by = scale / view.scale
  return kept({ scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by }, size)
}

export const panned = (view: View, dx: number, dy: number, size: Size): View =>
  kept({ ...view, x: view.x + dx, y: view.y + dy }, size)

/** The view with the world never out of sight: its edges stay outside the screen where it is larger than that. */
export function kept(view: View, size: Size): View {
  const scale = Math.max(smallestScale(size), Math.min(largest, view.scale))
  const half = Math.PI * scale
  const within = (at: number, pixels: number) =>
    2 * half <= pixels ? pixels / 2 : Math.max(pixels - half, Math.min(half, at))
  return { scale, x: within(view.x, size.width), y: within(view.y, size.height) }
}

/** The part of the plane that is on screen, and `margin` pixels around it. */
export function visible(view: View, { width, height }: Size, margin = 0): Bounds {
  return {
    left: (-margin - view.x) / view.scale,
    top: (-margin - view.y) / view.scale,
    right: (width + margin - view.x) / view.scale,
    bottom: (height + margin - view.y) / view.scale,
  }
}

export const sameView = (a: View | null, b: View | null): boolean =>
  a !== null && b !== null && a.scale === b.scale && a.x === b.x && a.y === b.y
