import { geoMercator, geoPath } from 'd3-geo'
import type { GeoPermissibleObjects } from 'd3-geo'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { parts } from '../../../state/parts.svelte.ts'
import type { Bounds } from './plane.ts'

/** A part of the outline, on the plane. */
export interface Shape extends Bounds {
  path: Path2D
}

export interface Outline {
  land: Shape[]
  borders: Shape[]
}

type World = Topology<{ countries: GeometryCollection; land: GeometryCollection }>

let loading: Promise<Outline> | null = null

/** Land and borders of the world (Natural Earth, 1:50 million), which come with the page; loaded once. */
export function loadOutline(): Promise<Outline> {
  loading ??= parts
    .load('map')
    .then(() => import('world-atlas/countries-50m.json'))
    .then(({ default: world }) => project(world as unknown as World))
  // What failed once, by a lost connection for instance, may be asked for again.
  loading.catch(() => (loading = null))
  return loading
}

/** Puts every polygon on the plane, a few at a time: the page goes on meanwhile. */
async function project(world: World): Promise<Outline> {
  const land = feature(world, world.objects.land).features.flatMap(({ geometry }) =>
    geometry.type === 'MultiPolygon'
      ? geometry.coordinates.map((coordinates) => ({ type: 'Polygon' as const, coordinates }))
      : [],
  )
  const between = mesh(world, world.objects.countries, (a, b) => a !== b)
  const borders = between.coordinates.map((coordinates) => ({ type: 'LineString' as const, coordinates }))
  return { land: await onPlane(land), borders: await onPlane(borders) }
}

async function onPlane(geometries: GeoPermissibleObjects[]): Promise<Shape[]> {
  const projection = geoMercator().scale(1).translate([0, 0]).precision(0)
  const shapes: Shape[] = []
  let until = performance.now() + 10
  for (const geometry of geometries) {
    if (performance.now() > until) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      until = performance.now() + 10
    }
    const path = new Path2D()
    const draw = geoPath(projection, path as unknown as CanvasRenderingContext2D)
    const [[left, top], [right, bottom]] = draw.bounds(geometry)
    draw(geometry)
    shapes.push({ path, left, top, right, bottom })
  }
  return shapes
}
