import type { Database } from '../database.ts'
import { quoteIdentifier } from '../sql.ts'

const earthKm = 6371.0088
const withinKm = 10
const radians = Math.PI / 180

/** Great-circle distance (haversine), in kilometres; degrees in. */
export function distanceKm(latA: number, lonA: number, latB: number, lonB: number): number {
  const dLat = Math.sin(((latB - latA) * radians) / 2)
  const dLon = Math.sin(((lonB - lonA) * radians) / 2)
  const h = dLat * dLat + Math.cos(latA * radians) * Math.cos(latB * radians) * dLon * dLon
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Code of the nearest airport within 10 km, '' where there is none; airports lie in cells of a degree. */
export async function airportFinder(
  database: Database,
  airports: string[],
): Promise<(latitude: number, longitude: number) => string> {
  const cells = new Map<string, { code: string; latitude: number; longitude: number }[]>()
  const cellOf = (latitude: number, longitude: number) => `${Math.floor(latitude)} ${Math.floor(longitude)}`
  for (const table of airports) {
    const rows = await database.query(`SELECT code, latitude, longitude FROM ${quoteIdentifier(table)}`)
    const [latitude, longitude] = [rows.numbers('latitude'), rows.numbers('longitude')]
    rows.texts('code').forEach((code, i) => {
      const key = cellOf(latitude[i], longitude[i])
      const cell = cells.get(key) ?? []
      cell.push({ code, latitude: latitude[i], longitude: longitude[i] })
      cells.set(key, cell)
    })
  }
  return (latitude, longitude) => {
    let best = ''
    let bestKm = withinKm
    // Ten kilometres span more than a degree of longitude near the poles.
    const reach = Math.min(180, Math.ceil(withinKm / (111 * Math.max(1e-4, Math.cos(latitude * radians)))))
    for (let dLat = -1; dLat <= 1; dLat++) {
      for (let dLon = -reach; dLon <= reach; dLon++) {
        const wrapped = ((longitude + dLon + 540) % 360) - 180
        for (const airport of cells.get(cellOf(latitude + dLat, wrapped)) ?? []) {
          const km = distanceKm(latitude, longitude, airport.latitude, airport.longitude)
          if (km <= bestKm) {
            best = airport.code
            bestKm = km
          }
        }
      }
    }
    return best
  }
}
