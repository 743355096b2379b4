import Papa from 'papaparse'
import { sharedText } from '../../shared.ts'
import type { Field } from './flownTracks.ts'

/** The airports of OpenFlights that have an ICAO code; heights in metres. */
export function realAirports(): (Field & { iata: string })[] {
  const { data } = Papa.parse<string[]>(sharedText('realdata', 'flights', 'openflights_airports.csv'), {
    skipEmptyLines: true,
  })
  return data
    .filter((row) => row[5] !== '\\N')
    .map((row) => ({
      code: row[5],
      iata: row[4] === '\\N' ? '' : row[4],
      latitude: Number(row[6]),
      longitude: Number(row[7]),
      elevation: Number(row[8]) * 0.3048,
    }))
}
