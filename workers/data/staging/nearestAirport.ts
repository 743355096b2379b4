import KDBush from 'kdbush'
import type { Database } from '../database.ts'
import { quoteIdentifier } from '../sql.ts'

const earthKm = 6371.0088
const withinKm = 10
const radians = Math.PI / 180
/** Degrees of latitude that 10 km span, a little more than exactly. */
const reach = (withinKm / earthKm / radians) * 1.0001

/** Great-circle distance (haversine), in kilometres; degrees in. */
export function distanceKm(latA: number, lonA: number, latB: number, lonB: number): number {
  const dLat = Math.sin(((latB - latA) * radians) / 2)
  const dLon = Math.sin(((lonB - lonA) * radians) / 2)
  const h = dLat * dLat + Math.cos(latA * radians) * Math.cos(latB * radians) * dLon * dLon
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)))
}

/**
 * Code of the nearest airport within 10 km, '' where there is none. A k-d tree over degrees finds those in the
 * box around a position, the great circle decides among them.
 */
export async function airportFinder(
  database: Database,
  airports: string[],
): Promise<(latitude: number, longitude: number) => string> {
  const all = airports.map((table) => `SELECT code, latitude, longitude FROM ${quoteIdentifier(table)}`)
  const rows = all.length > 0 ? await database.query(all.join(' UNION ALL ')) : null
  const codes = rows?.texts('code') ?? []
  const latitudes = rows?.numbers('latitude') ?? new Float64Array(0)
  const longitudes = rows?.numbers('longitude') ?? new Float64Array(0)
  const index = new KDBush(codes.length)
  codes.forEach((_, i) => index.add(longitudes[i], latitudes[i]))
  index.finish()
  return (latitude, longitude) => {
    let best = ''
    let bestKm = withinKm
    for (const [west, east] of longitudesAround(latitude, longitude)) {
      for (const i of index.range(west, latitude - reach, east, latitude + reach)) {
        const km = distanceKm(latitude, longitude, latitudes[i], longitudes[i])
        if (km <= bestKm) {
          best = codes[i]
          bestKm = km
        }
      }
    }
    return best
  }
}

/** Ranges of longitude that 10 km span around a position: two over the date line, all near a pole. */
function longitudesAround(latitude: number, longitude: number): [west: number, east: number][] {
  const poleward = (Math.abs(latitude) + reach) * radians
  const span = reach / Math.cos(Math.min(poleward, Math.PI / 2))
  if (poleward >= Math.PI / 2 || span >= 180) return [[-180, 180]]
  const [west, east] = [longitude - span, longitude + span]
  const here: [number, number] = [Math.max(west, -180), Math.min(east, 180)]
  if (west < -180) return [here, [west + 360, 180]]
  if (east > 180) return [here, [-180, east - 360]]
  return [here]
}
