import { fileAt, importAll, type OpenedService } from '../openService.ts'
import { sharedPath } from '../../shared.ts'
import type { MadeLeg } from './airportRate.ts'

/** Position reports as a person drops them, after the airports of OpenFlights; the flights they become. */
export async function importPositions(opened: OpenedService, file: File): Promise<MadeLeg[]> {
  const [airports] = (
    await importAll(
      opened.service,
      [await fileAt(sharedPath('realdata', 'flights', 'openflights_airports.csv'))],
      'airports',
    )
  ).datasets
  const report = await importAll(opened.service, [file], 'flights')
  if (report.failed.length > 0) throw new Error(report.failed[0].message)
  const [flights] = report.datasets
  const rows = await opened.database.query(
    `SELECT icao24, epoch_ms(departed_at)::DOUBLE AS departed, epoch_ms(arrived_at)::DOUBLE AS arrived, origin,
       destination FROM ${flights.id} ORDER BY icao24, departed`,
  )
  const [icao24, origin, destination] = ['icao24', 'origin', 'destination'].map((c) => rows.texts(c))
  const [departed, arrived] = ['departed', 'arrived'].map((c) => rows.numbers(c).slice())
  await opened.service.remove(flights.id)
  await opened.service.remove(airports.id)
  return icao24.map((address, i) => ({
    icao24: address,
    departed: departed[i],
    arrived: arrived[i],
    origin: origin[i],
    destination: destination[i],
  }))
}
