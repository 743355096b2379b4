import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readsb } from '../../../../workers/live/sources/readsb.ts'
import { startStub, type Stub } from '../stubServer.ts'
import { stubWorld } from './stubWorld.ts'
import { Conversation, settingsOf } from './testContext.ts'

const noon = Date.UTC(2026, 0, 15, 12)
const at = (url: string) => settingsOf('readsb', { url })
const receiver = at('http://localhost:8080/data/aircraft.json')
const network = at('https://opendata.adsb.fi/api/v2/lat/46.9/lon/7.5/dist/50')

let stub: Stub
beforeEach(async () => {
  stub = await startStub(stubWorld(() => noon))
})
afterEach(() => stub.close())

describe('readsb', () => {
  it('turns feet into metres, knots into metres a second, and the age into a time', async () => {
    const { states } = await new Conversation(stub, 'readsb', receiver).poll()
    const one = states?.find(({ icao24 }) => icao24 === 'a2fcf2')
    expect(one).toMatchObject({ time: noon - 2000, latitude: 47.35, longitude: 8.55, onGround: 0 })
    // 35,000 ft and 447.1 kn.
    expect(one?.altitude).toBeCloseTo(10_668, 6)
    expect(one?.groundSpeed).toBeCloseTo(230, 1)
  })

  it('reads “ground” as on the ground', async () => {
    const { states } = await new Conversation(stub, 'readsb', receiver).poll()
    expect(states?.find(({ icao24 }) => icao24 === 'a0b1c2')).toMatchObject({ onGround: 1, altitude: NaN })
  })

  it('leaves out addresses that are not of the ICAO, and aircraft without a position, without calling them faults', async () => {
    const { states, refused } = await new Conversation(stub, 'readsb', receiver).poll()
    expect(states?.map(({ icao24 }) => icao24)).toEqual(['a0b1c2', 'a2fcf2', '4b1f2f'])
    expect(refused).toBe(0)
  })

  it('reads the services, which count milliseconds, like a receiver, which counts seconds', async () => {
    const own = await new Conversation(stub, 'readsb', receiver).poll()
    for (const settings of [network, at('https://api.adsb.lol/v2/hex/a2fcf2,4b1f2f')]) {
      expect((await new Conversation(stub, 'readsb', settings).poll()).states).toEqual(own.states)
    }
  })

  it('gives every report once and by time, though aircraft come twice and in any order', async () => {
    const usual = await new Conversation(stub, 'readsb', network).poll()
    for (const mode of ['duplicates', 'shuffled'] as const) {
      stub.setMode(mode)
      expect((await new Conversation(stub, 'readsb', network).poll()).states).toEqual(usual.states)
    }
  })

  it('keeps to the clock of the source where that is off', async () => {
    stub.setMode('behind')
    const { states } = await new Conversation(stub, 'readsb', receiver).poll()
    expect(states?.at(-1)?.time).toBe(noon - 600_000 - 1000)
  })

  it('leaves out a bad aircraft, counts it and says which field it was', async () => {
    const aircraft = [
      { hex: '4b1f2f', lat: 46.9, lon: 7.5, alt_baro: 1000 },
      { hex: 'a2fcf2', lat: 146.9, lon: 7.5 },
      { hex: 'xyz', lat: 46.9, lon: 7.5 },
    ]
    stub.world.files['/data/aircraft.json'] = JSON.stringify({ now: noon / 1000, aircraft })
    const { states, refused, firstRefusal } = await new Conversation(stub, 'readsb', receiver).poll()
    expect(states).toHaveLength(1)
    expect(refused).toBe(2)
    expect(firstRefusal).toBe('Aircraft 2: field lat should be a number of degrees up to 90, found 146.9.')
  })

  it('spares public services, and asks a receiver of one’s own every second if wanted', () => {
    expect(readsb.pace({ ...network, seconds: 1 }, {})).toEqual({
      everyMs: 10_000,
      budget: { units: 360, perMs: 3_600_000 },
    })
    expect(readsb.pace({ ...receiver, seconds: 1 }, {}).everyMs).toBe(1000)
  })

  it('asks one origin, that of the address, which has to be safe', () => {
    expect(readsb.origins(network)).toEqual(['https://opendata.adsb.fi'])
    expect(readsb.problem(receiver)).toBe('')
    expect(readsb.problem(at(''))).toContain('Type the address')
    expect(readsb.problem(at('http://example.com/aircraft.json'))).toContain('https')
    expect(readsb.origins(at('http://example.com/aircraft.json'))).toEqual([])
  })
})
