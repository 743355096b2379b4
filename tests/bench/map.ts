import { mount } from 'svelte'
import MapTab from '../../src/components/jet/map/MapTab.svelte'
import type { FlightMap } from '../../workers/backtest/api.ts'

const manyLegs = 100_000
const manyAirports = 320
const manyTails = 400
const manyCompanies = 120
const first = 18_262
const days = 5 * 365

/** Legs between airports of which some are far busier than others, most in one continent and a tenth anywhere. */
function drawnMap(): FlightMap {
  let state = 12_345
  const uniform = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const below = (n: number) => Math.floor(uniform() * n)
  const named = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i}`)
  const far = Array.from({ length: manyAirports }, () => uniform() < 0.1)
  const airport = () => Math.floor(manyAirports * uniform() ** 2.2)
  const departed = Float64Array.from({ length: manyLegs }, () => 1440 * (first + days * uniform())).sort()
  const tail = Int32Array.from(departed, () => below(manyTails))
  return {
    airports: {
      code: named('K', manyAirports),
      name: named('Airport ', manyAirports),
      latitude: Float64Array.from(far, (anywhere) => (anywhere ? 120 * uniform() - 55 : 26 + 22 * uniform())),
      longitude: Float64Array.from(far, (anywhere) =>
        anywhere ? 360 * uniform() - 180 : -122 + 52 * uniform(),
      ),
    },
    companies: {
      symbol: named('C', manyCompanies),
      name: named('Company ', manyCompanies),
      headquarters: Int32Array.from({ length: manyCompanies }, airport),
    },
    tails: {
      registration: named('N', manyTails),
      icao24: named('a', manyTails),
      type: named('T', manyTails),
    },
    legs: {
      tail,
      company: tail.map((of) => of % manyCompanies),
      departed,
      arrived: departed.map((minute) => minute + 120),
      origin: Int32Array.from(departed, airport),
      destination: Int32Array.from(departed, airport),
      trip: new Int32Array(manyLegs).fill(-1),
    },
    homeBase: new Int32Array(manyTails).fill(-1),
    hiddenWeeks: { company: new Int32Array(), week: new Int32Array() },
    problems: [],
    from: first,
    to: first + days - 1,
    simulated: true,
  }
}

/** Mounts the map of the page over 100,000 legs; what else the tab asks is answered with nothing. */
export function drawFlights(target: HTMLElement): void {
  const value = drawnMap()
  const nothing = () => Promise.resolve({ ok: false, code: 'not-asked', message: 'Not part of this bench.' })
  const jet = {
    data: 'bench',
    highlight: [],
    simulated: true,
    flightMap: () => Promise.resolve({ ok: true, value }),
    companyYear: nothing,
    coLocations: nothing,
    visitMatrix: nothing,
  }
  mount(MapTab, { target, props: { jet: jet as never, workspace: {} as never } })
}
