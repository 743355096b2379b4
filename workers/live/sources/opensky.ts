import * as v from 'valibot'
import {
  AskFailed,
  type Adapter,
  type Answer,
  type PollContext,
  type Settings,
  type StateReport,
} from '../contract.ts'
import { boxOf, creditsADay, creditsOf, leastSeconds, usesAccount } from './openskyCredits.ts'
import { openskyInfo } from './openskyInfo.ts'
import { forgetToken, openskyToken, tokenOrigin } from './openskyToken.ts'
import { listOf, numberOf, textOf } from './readSettings.ts'
import { Refusals } from './refusals.ts'
import { sortedStates } from './sortedStates.ts'
import { dayMs } from './instants.ts'
import { wholeAnswer } from './wholeAnswer.ts'

const origin = 'https://opensky-network.org'
const mostAircraft = 300
/** A position this far after the answer’s own time is none. */
const aheadMs = 60_000

const statesAnswer = v.object({ time: v.number(), states: v.nullable(v.array(v.unknown())) })

const fields = [
  'icao24',
  'callsign',
  'origin_country',
  'time_position',
  'last_contact',
  'longitude',
  'latitude',
  'baro_altitude',
  'on_ground',
  'velocity',
  'true_track',
  'vertical_rate',
  'sensors',
  'geo_altitude',
]

const free = v.unknown()
const seconds = v.nullable(v.number())
const metres = v.nullable(v.number())
const within = (most: number) =>
  v.nullable(
    v.pipe(
      v.number(),
      v.minValue(-most, `a number of degrees up to ${most}`),
      v.maxValue(most, `a number of degrees up to ${most}`),
    ),
  )

/** The first 14 fields of a state vector; of the 17 or 18 the rest is not needed. */
const stateVector = v.looseTuple([
  v.pipe(v.string(), v.trim(), v.toLowerCase(), v.regex(/^[0-9a-f]{6}$/, 'six hexadecimal digits')),
  free,
  free,
  seconds,
  seconds,
  within(180),
  within(90),
  metres,
  v.nullable(v.boolean()),
  v.nullable(v.number()),
  free,
  free,
  free,
  metres,
])

/** State vectors of the OpenSky Network (https://openskynetwork.github.io/opensky-api/rest.html). */
export const opensky: Adapter = {
  info: openskyInfo,
  problem(settings) {
    return textOf(settings, 'area') === 'list' ? listProblem(settings) : boxProblem(settings)
  },
  origins: (settings) => (usesAccount(settings) ? [origin, tokenOrigin] : [origin]),
  pace: (settings) => ({
    everyMs: 1000 * Math.max(numberOf(settings, 'seconds', 60), leastSeconds(settings)),
    budget: { units: creditsADay(settings), perMs: dayMs },
  }),
  async poll(context) {
    const answer = await askStates(context)
    const { time, states } = wholeAnswer(statesAnswer, context.json(answer), 'OpenSky', 'state vectors')
    const refusals = new Refusals()
    const reports: StateReport[] = []
    for (const [index, row] of (states ?? []).entries()) {
      const place = `Row ${index + 1}`
      const state = refusals.read(stateVector, row, place, fields)
      if (!state) continue
      const [icao24, , , position, contact, longitude, latitude, baro, onGround, velocity, , , , geo] = state
      const at = position ?? contact
      if (longitude === null || latitude === null || at === null) continue
      if (at * 1000 > time * 1000 + aheadMs) {
        refusals.add(`${place}: field time_position is later than the answer itself.`)
        continue
      }
      reports.push({
        icao24,
        time: at * 1000,
        latitude,
        longitude,
        altitude: baro ?? geo ?? NaN,
        groundSpeed: velocity ?? NaN,
        onGround: onGround === null ? NaN : Number(onGround),
      })
    }
    return {
      rows: [],
      states: sortedStates(reports),
      cursor: null,
      refused: refusals.count,
      firstRefusal: refusals.first,
    }
  },
}

async function askStates(context: PollContext): Promise<Answer> {
  const { settings } = context
  const request = {
    url: `${origin}/api/states/all?${queryOf(settings).toString()}`,
    cost: creditsOf(settings),
  }
  if (!usesAccount(settings)) return context.ask(request)
  const token = await openskyToken(context)
  try {
    return await context.ask({ ...request, headers: { Authorization: `Bearer ${token}` } })
  } catch (error) {
    if (error instanceof AskFailed && error.kind === 'refused') forgetToken(context)
    throw error
  }
}

function queryOf(settings: Settings): URLSearchParams {
  if (textOf(settings, 'area') === 'list') {
    return new URLSearchParams(addressesOf(settings).map((icao24) => ['icao24', icao24]))
  }
  const { south, west, north, east } = boxOf(settings)
  return new URLSearchParams({
    lamin: String(south),
    lomin: String(west),
    lamax: String(north),
    lomax: String(east),
  })
}

function addressesOf(settings: Settings): string[] {
  return [...new Set(listOf(settings, 'aircraft').map((entry) => entry.toLowerCase()))]
}

function listProblem(settings: Settings): string {
  const addresses = addressesOf(settings)
  const wrong = addresses.find((entry) => !/^[0-9a-f]{6}$/.test(entry))
  if (wrong !== undefined)
    return `“${wrong}” is no address of an aircraft: it has six hexadecimal digits, such as a2fcf2.`
  if (addresses.length === 0) return 'List at least one aircraft by its address of six hexadecimal digits.'
  if (addresses.length > mostAircraft) {
    return `${addresses.length} aircraft do not fit into one request: list up to ${mostAircraft}, or watch a box.`
  }
  return ''
}

function boxProblem(settings: Settings): string {
  const { south, west, north, east } = boxOf(settings)
  if ([south, west, north, east].some(Number.isNaN)) return 'Give all four edges of the box in degrees.'
  if (!(south >= -90 && north <= 90)) return 'Latitudes go from −90 to 90.'
  if (!(west >= -180 && east <= 180)) return 'Longitudes go from −180 to 180.'
  if (!(south < north)) return 'The southern edge has to lie south of the northern one.'
  if (!(west < east))
    return 'The western edge has to lie west of the eastern one: a box cannot cross the date line.'
  return ''
}
