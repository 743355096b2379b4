import type { AirportMark } from './paint.ts'
import type { Places } from './places.ts'
import type { Bounds, Point } from './plane.ts'
import type { Traffic } from './traffic.ts'
import type { View } from './view.ts'

export type MapMode = 'routes' | 'density'

const largest = { routes: 5, density: 26 }
const smallest = { routes: 1.8, density: 2 }

/**
 * The airports on screen at which anything happened, most movements first, their area by how many; where density is
 * asked for, by landings.
 */
export function airportMarks(
  places: Pick<Places, 'code' | 'at' | 'companiesAt'>,
  traffic: Traffic,
  view: View,
  shown: Bounds,
  mode: MapMode,
): AirportMark[] {
  const { departures, landings } = traffic
  const size = (airport: number) =>
    mode === 'density' ? landings[airport] : landings[airport] + departures[airport]
  let most = 1
  for (let airport = 0; airport < landings.length; airport++) most = Math.max(most, size(airport))
  const marks: (AirportMark & { size: number })[] = []
  places.at.forEach(([x, y], airport) => {
    const own = size(airport)
    if (own === 0 || x < shown.left || x > shown.right || y < shown.top || y > shown.bottom) return
    marks.push({
      airport,
      at: [x * view.scale + view.x, y * view.scale + view.y],
      radius: smallest[mode] + (largest[mode] - smallest[mode]) * Math.sqrt(own / most),
      label: places.code[airport],
      headquarters: mode === 'routes' && places.companiesAt[airport].length > 0,
      size: own,
    })
  })
  return marks.sort((a, b) => b.size - a.size)
}

/** The airport under a place on screen; of several the smallest, which the others would hide. */
export function markAt(marks: readonly AirportMark[], [x, y]: Point): AirportMark | null {
  let found: AirportMark | null = null
  for (const mark of marks) {
    const away = Math.hypot(mark.at[0] - x, mark.at[1] - y)
    if (away <= mark.radius + 4 && (found === null || mark.radius < found.radius)) found = mark
  }
  return found
}
