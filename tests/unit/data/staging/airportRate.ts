import Papa from 'papaparse'
import { distanceKm } from '../../../../workers/data/staging/nearestAirport.ts'

export interface Place {
  code: string
  latitude: number
  longitude: number
}

export interface MadeLeg {
  icao24: string
  /** Epoch milliseconds. */
  departed: number
  arrived: number
  origin: string
  destination: string
}

/** An end of a leg that was seen low and near an airport, and the airport that the leg got there. */
export interface SeenEnd {
  leg: MadeLeg
  end: 'origin' | 'destination'
  wanted: string
  got: string
}

const lowMetres = 1500
const nearKm = 10
/** A low report this close to the end of the leg is of the take-off or the landing, not of a low pass. */
const edgeMs = 10 * 60_000

interface Report {
  time: number
  latitude: number
  longitude: number
  /** Metres; NaN where it is not told. */
  altitude: number
}

/** Reports of a file by aircraft, by time; the columns are those of `switzerland_bizjet_points.csv`. */
export function reportsOf(csv: string): Map<string, Report[]> {
  const { data } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true })
  const reports = new Map<string, Report[]>()
  for (const row of data) {
    const list = reports.get(row.icao24) ?? []
    list.push({
      time: Date.parse(row.timestamp_utc),
      latitude: Number(row.latitude),
      longitude: Number(row.longitude),
      altitude: row.altitude_ft === '' ? NaN : Number(row.altitude_ft) * 0.3048,
    })
    reports.set(row.icao24, list)
  }
  for (const list of reports.values()) list.sort((a, b) => a.time - b.time)
  return reports
}

/**
 * Every end of a leg with a report below 1,500 m within 10 km of a listed airport, held against the airport
 * nearest to the outermost such report. By plain search, so that no index judges itself.
 */
export function seenEnds(reports: Map<string, Report[]>, legs: MadeLeg[], places: Place[]): SeenEnd[] {
  const ends: SeenEnd[] = []
  for (const leg of legs) {
    const within = (reports.get(leg.icao24) ?? []).filter(
      ({ time, altitude }) => time >= leg.departed && time <= leg.arrived && altitude < lowMetres,
    )
    const judge = (end: SeenEnd['end'], edge: number, inOrder: Report[]) => {
      for (const report of inOrder) {
        if (Math.abs(report.time - edge) > edgeMs) return
        const wanted = nearest(report, places)
        if (wanted === '') continue
        ends.push({ leg, end, wanted, got: leg[end] })
        return
      }
    }
    judge('origin', leg.departed, within)
    judge('destination', leg.arrived, within.toReversed())
  }
  return ends
}

function nearest({ latitude, longitude }: Report, places: Place[]): string {
  let best = ''
  let bestKm = nearKm
  for (const place of places) {
    if (Math.abs(place.latitude - latitude) > 0.1) continue
    const km = distanceKm(latitude, longitude, place.latitude, place.longitude)
    if (km <= bestKm) {
      best = place.code
      bestKm = km
    }
  }
  return best
}
