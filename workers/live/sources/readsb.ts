import * as v from 'valibot'
import type { Adapter, Settings, StateReport } from '../contract.ts'
import { addressOf, addressProblem, isOwnHost } from './address.ts'
import { numberOf, textOf } from './readSettings.ts'
import { readsbInfo } from './readsbInfo.ts'
import { Refusals } from './refusals.ts'
import { sortedStates } from './sortedStates.ts'
import { wholeAnswer } from './wholeAnswer.ts'

const metresPerFoot = 0.3048
/** 1852 ÷ 3600. */
const metresPerSecondPerKnot = 0.514444
const hourMs = 3_600_000
const publicSeconds = 10

/** `aircraft` and seconds on a receiver, `ac` and milliseconds in the services. */
const aircraftAnswer = v.pipe(
  v.object({
    now: v.number(),
    aircraft: v.optional(v.array(v.unknown())),
    ac: v.optional(v.nullable(v.array(v.unknown()))),
  }),
  v.check(({ aircraft, ac }) => aircraft !== undefined || ac !== undefined, 'a list named aircraft or ac'),
)

const degrees = (most: number) =>
  v.optional(
    v.pipe(
      v.number(),
      v.check((value) => Math.abs(value) <= most, `a number of degrees up to ${most}`),
    ),
  )

const aircraft = v.object({
  hex: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.regex(/^~?[0-9a-f]{6}$/, 'six hexadecimal digits')),
  lat: degrees(90),
  lon: degrees(180),
  seen_pos: v.optional(v.pipe(v.number(), v.minValue(0, 'a number of seconds'))),
  seen: v.optional(v.number()),
  alt_baro: v.optional(v.union([v.number(), v.literal('ground')])),
  alt_geom: v.optional(v.number()),
  gs: v.optional(v.number()),
})

/** Aircraft as readsb and the services built on it list them (https://github.com/wiedehopf/readsb, README-json.md). */
export const readsb: Adapter = {
  info: readsbInfo,
  problem: (settings) => addressProblem(textOf(settings, 'url'), 'https://api.adsb.lol/v2/hex/a2fcf2'),
  origins(settings) {
    const url = addressOf(textOf(settings, 'url'))
    return url ? [url.origin] : []
  },
  pace(settings) {
    const least = leastSeconds(settings)
    return {
      everyMs: 1000 * Math.max(numberOf(settings, 'seconds', 15), least),
      budget: { units: 3600 / least, perMs: hourMs },
    }
  },
  async poll(context) {
    const url = textOf(context.settings, 'url')
    const host = addressOf(url)?.host ?? url
    const answer = await context.ask({ url })
    const body = wholeAnswer(aircraftAnswer, context.json(answer), host, 'a list of aircraft')
    // Seconds until the year 5138.
    const now = body.now < 1e11 ? body.now * 1000 : body.now
    const refusals = new Refusals()
    const reports: StateReport[] = []
    for (const [index, row] of (body.aircraft ?? body.ac ?? []).entries()) {
      const one = refusals.read(aircraft, row, `Aircraft ${index + 1}`)
      // “~” marks addresses that are not of the ICAO, which change and belong to no aircraft.
      if (!one || one.hex.startsWith('~') || one.lat === undefined || one.lon === undefined) continue
      reports.push({
        icao24: one.hex,
        time: Math.round(now - 1000 * (one.seen_pos ?? one.seen ?? 0)),
        latitude: one.lat,
        longitude: one.lon,
        altitude: metresPerFoot * (typeof one.alt_baro === 'number' ? one.alt_baro : (one.alt_geom ?? NaN)),
        groundSpeed: metresPerSecondPerKnot * (one.gs ?? NaN),
        onGround: one.alt_baro === undefined ? NaN : Number(one.alt_baro === 'ground'),
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

function leastSeconds(settings: Settings): number {
  const url = addressOf(textOf(settings, 'url'))
  return url && isOwnHost(url) ? 1 : publicSeconds
}
