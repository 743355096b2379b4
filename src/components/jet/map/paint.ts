import type { ChartTheme } from '../../../charts/frame.ts'
import type { Arc } from './arc.ts'
import type { Outline } from './outline.ts'
import { overlap } from './plane.ts'
import type { Bounds, Point } from './plane.ts'
import type { View } from './view.ts'

export type Pen = CanvasRenderingContext2D

/** Land and borders, some shapes a step. The pen's unit is one CSS pixel; what is outside `shown` is left out. */
export function* paintOutline(
  pen: Pen,
  outline: Outline,
  view: View,
  shown: Bounds,
  theme: ChartTheme,
): Generator<void> {
  pen.save()
  pen.translate(view.x, view.y)
  pen.scale(view.scale, view.scale)
  pen.lineWidth = 0.8 / view.scale
  pen.lineJoin = 'round'
  pen.fillStyle = theme.surface
  pen.strokeStyle = theme.lineStrong
  for (const shape of outline.land) {
    if (!overlap(shape, shown)) continue
    pen.fill(shape.path)
    pen.stroke(shape.path)
    yield
  }
  pen.strokeStyle = theme.line
  for (const shape of outline.borders) {
    if (!overlap(shape, shown)) continue
    pen.stroke(shape.path)
    yield
  }
  pen.restore()
}

/** What is drawn of the routes: which, fewest legs first, and what is known of each. */
export interface RouteStrokes {
  routes: Int32Array
  legsOf: (route: number) => number
  arcOf: (route: number) => Arc
}

/** So many routes are stroked at once. */
const together = 24

/** Routes as lines that are wider and darker the more legs they have. */
export function* paintRoutes(
  pen: Pen,
  { routes, legsOf, arcOf }: RouteStrokes,
  view: View,
  shown: Bounds,
  theme: ChartTheme,
): Generator<void> {
  const most = routes.length === 0 ? 1 : legsOf(routes[routes.length - 1])
  const strengthOf = (at: number) => Math.sqrt(legsOf(routes[at]) / most)
  // Thousands of lines over each other would be one dark spot.
  const faintest = Math.max(0.07, Math.min(0.3, 40 / routes.length))
  pen.strokeStyle = theme.bench
  pen.lineJoin = 'round'
  for (let i = 0; i < routes.length;) {
    const strength = strengthOf(i)
    pen.lineWidth = 0.7 + 2.8 * strength
    pen.globalAlpha = faintest + (0.85 - faintest) * strength
    pen.beginPath()
    const end = Math.min(routes.length, i + together)
    for (; i < end && strengthOf(i) - strength < 0.04; i++) {
      const arc = arcOf(routes[i])
      if (overlap(arc, shown)) traceArc(pen, arc, view)
    }
    pen.stroke()
    yield
  }
  pen.globalAlpha = 1
}

export function traceArc(pen: Pen, { points }: Arc, { scale, x, y }: View): void {
  let down = false
  for (let i = 0; i < points.length; i += 2) {
    if (Number.isNaN(points[i])) down = false
    else {
      const [px, py] = [points[i] * scale + x, points[i + 1] * scale + y]
      if (down) pen.lineTo(px, py)
      else pen.moveTo(px, py)
      down = true
    }
  }
}

export interface AirportMark {
  airport: number
  at: Point
  radius: number
  label: string
  headquarters: boolean
}

/** Airports as discs, headquarters as diamonds, the largest with their codes. */
export function paintAirports(
  pen: Pen,
  marks: readonly AirportMark[],
  style: 'routes' | 'density',
  theme: ChartTheme,
): void {
  for (const { at, radius, headquarters } of marks) {
    pen.beginPath()
    if (headquarters) diamond(pen, at, radius + 1.5)
    else pen.arc(at[0], at[1], radius, 0, 2 * Math.PI)
    pen.globalAlpha = style === 'density' ? 0.32 : 1
    pen.fillStyle = style === 'density' || headquarters ? theme.accent : theme.ink2
    pen.fill()
    pen.globalAlpha = 1
    pen.lineWidth = style === 'density' ? 1 : 0.8
    pen.strokeStyle = style === 'density' ? theme.accent : theme.surface
    pen.stroke()
  }
}

function diamond(pen: Pen, [x, y]: Point, radius: number): void {
  pen.moveTo(x, y - radius)
  pen.lineTo(x + radius, y)
  pen.lineTo(x, y + radius)
  pen.lineTo(x - radius, y)
  pen.closePath()
}

/**
 * Codes beside their airports, the first of the marks first, as far as they do not cover each other; left of those at
 * the right edge.
 */
export function paintLabels(
  pen: Pen,
  marks: readonly AirportMark[],
  most: number,
  width: number,
  theme: ChartTheme,
): void {
  const taken: Bounds[] = []
  pen.font = `500 10.5px ${theme.font}`
  pen.textBaseline = 'middle'
  pen.textAlign = 'left'
  pen.lineJoin = 'round'
  for (const { at, radius, label } of marks) {
    if (taken.length >= most) return
    const wide = pen.measureText(label).width
    const beyond = at[0] < width && at[0] + radius + 4 + wide > width
    const left = beyond ? at[0] - radius - 4 - wide : at[0] + radius + 4
    const box = {
      left: Math.min(left, at[0] - radius),
      top: at[1] - 7,
      right: Math.max(left + wide, at[0] + radius) + 3,
      bottom: at[1] + 7,
    }
    if (taken.some((other) => overlap(other, box))) continue
    taken.push(box)
    pen.lineWidth = 3
    pen.strokeStyle = theme.surface
    pen.strokeText(label, left, at[1] + 0.5)
    pen.fillStyle = theme.ink2
    pen.fillText(label, left, at[1] + 0.5)
  }
}

/** A line on top of the others, with an arrow at its middle where it has a direction. */
export function paintHighlight(pen: Pen, arc: Arc, view: View, arrow: boolean, theme: ChartTheme): void {
  pen.lineJoin = 'round'
  for (const [width, colour] of [
    [5, theme.surface],
    [2.2, theme.accent],
  ] as const) {
    pen.beginPath()
    traceArc(pen, arc, view)
    pen.lineWidth = width
    pen.strokeStyle = colour
    pen.stroke()
  }
  if (arrow) paintArrow(pen, arc, view, theme)
}

function paintArrow(pen: Pen, { points }: Arc, { scale, x, y }: View, theme: ChartTheme): void {
  const middle = 2 * Math.floor(points.length / 4)
  const at = Math.max(2, Math.min(points.length - 2, middle))
  const [x0, y0, x1, y1] = [points[at - 2], points[at - 1], points[at], points[at + 1]]
  if ([x0, y0, x1, y1].some(Number.isNaN)) return
  const turn = Math.atan2(y1 - y0, x1 - x0)
  pen.save()
  pen.translate(((x0 + x1) / 2) * scale + x, ((y0 + y1) / 2) * scale + y)
  pen.rotate(turn)
  pen.beginPath()
  pen.moveTo(6, 0)
  pen.lineTo(-5, 5)
  pen.lineTo(-5, -5)
  pen.closePath()
  pen.fillStyle = theme.accent
  pen.fill()
  pen.strokeStyle = theme.surface
  pen.lineWidth = 1
  pen.stroke()
  pen.restore()
}
