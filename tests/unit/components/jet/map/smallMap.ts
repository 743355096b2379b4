import type { FlightMap } from '../../../../../workers/backtest/api.ts'

export const day = (iso: string) => Date.parse(`${iso}T00:00Z`) / 86_400_000

/** Alpha's and Beta's jets between New York, Los Angeles, Tokyo and Sydney; the last leg ends nobody knows where. */
export function smallMap(): FlightMap {
  const at = (iso: string) => Date.parse(`${iso}Z`) / 60_000
  const departed = Float64Array.of(
    at('2024-01-02T10:00'),
    at('2024-01-03T10:00'),
    at('2024-01-07T23:59'),
    at('2024-01-08T00:00'),
    at('2024-01-20T10:00'),
  )
  return {
    airports: {
      code: ['JFK', 'LAX', 'NRT', 'SYD'],
      name: ['New York', 'Los Angeles', 'Tokyo', 'Sydney'],
      latitude: Float64Array.of(40.64, 33.94, 35.77, -33.95),
      longitude: Float64Array.of(-73.78, -118.41, 140.39, 151.18),
    },
    companies: { symbol: ['ALPHA', 'BETA'], name: ['Alpha', 'Beta'], headquarters: Int32Array.of(0, 2) },
    tails: { registration: ['N1', ''], icao24: ['a00001', 'a00002'], type: ['GLF6', 'C680'] },
    legs: {
      tail: Int32Array.of(0, 0, 0, 1, 1),
      company: Int32Array.of(0, 0, 0, 1, -1),
      departed,
      arrived: departed.map((minute) => minute + 300),
      origin: Int32Array.of(0, 1, 0, 1, 2),
      destination: Int32Array.of(1, 0, 1, 2, -1),
      trip: new Int32Array(5).fill(-1),
    },
    homeBase: Int32Array.of(0, 1),
    hiddenWeeks: { company: new Int32Array(), week: new Int32Array() },
    problems: [],
    from: day('2024-01-02'),
    to: day('2024-01-20'),
    simulated: true,
  }
}
