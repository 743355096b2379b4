import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Settings } from '../../../../workers/live/contract.ts'
import { opensky } from '../../../../workers/live/sources/opensky.ts'
import { describeShared, sharedJson } from '../../shared.ts'
import { startStub, type Stub } from '../stubServer.ts'
import { stubWorld } from './stubWorld.ts'
import { Conversation, settingsOf } from './testContext.ts'

const noon = Date.UTC(2026, 0, 15, 12)
const switzerland = { south: 45.8, west: 5.9, north: 47.9, east: 10.6 }
const box = (changes: Settings = {}) => settingsOf('opensky', { ...switzerland, ...changes })
const list = (aircraft: string, changes: Settings = {}) =>
  settingsOf('opensky', { area: 'list', aircraft, ...changes })

let stub: Stub
let clock = noon
beforeEach(async () => {
  clock = noon
  stub = await startStub(stubWorld(() => clock))
})
afterEach(() => stub.close())

describe('OpenSky', () => {
  it('reads a state vector of 17 fields in metres and seconds of the source', async () => {
    const { states, refused } = await new Conversation(stub, 'opensky', box()).poll()
    expect(refused).toBe(0)
    expect(states).toContainEqual({
      icao24: '4b1f2f',
      time: noon - 1000,
      latitude: 46.9,
      longitude: 7.5,
      altitude: 3500,
      groundSpeed: 110,
      onGround: 0,
    })
    // One on the ground, without a height; the one without a position is no report and no fault.
    expect(states?.find(({ icao24 }) => icao24 === 'a0b1c2')).toMatchObject({ altitude: NaN, onGround: 1 })
    expect(states?.map(({ icao24 }) => icao24)).not.toContain('3c6444')
  })

  it('reads rows of 18 fields alike', async () => {
    const row = [
      '4b1f2f',
      'HBLVB   ',
      'Switzerland',
      null,
      noon / 1000 - 8,
      7.5,
      46.9,
      null,
      false,
      1,
      2,
      3,
      null,
      77,
      '1000',
      false,
      0,
      4,
    ]
    stub.world.files['/api/states/all'] = JSON.stringify({ time: noon / 1000, states: [row] })
    const { states } = await new Conversation(stub, 'opensky', box()).poll()
    // Without the time of the position that of the last contact counts, without a barometric height the other.
    expect(states).toMatchObject([{ time: noon - 8000, altitude: 77 }])
  })

  it('asks for a box by its edges and for a list in one request', async () => {
    await new Conversation(stub, 'opensky', box()).poll()
    await new Conversation(stub, 'opensky', list('4B1F2F\na2fcf2, a2fcf2')).poll()
    expect(stub.requests.map(({ query }) => query.toString())).toEqual([
      'lamin=45.8&lomin=5.9&lamax=47.9&lomax=10.6',
      'icao24=4b1f2f&icao24=a2fcf2',
    ])
  })

  it('counts the credits as OpenSky does and spreads those of a day over the day', async () => {
    const sides = [5, 5.1, 10, 10.1, 20, 20.1]
    const credits = []
    for (const side of sides) {
      const before = stub.world.openSkyCredits
      const settings = box({ south: 0, west: 0, north: side, east: side })
      const allowance = { units: 400, perMs: 86_400_000 }
      await new Conversation(stub, 'opensky', settings, { allowance }).poll()
      const spent = before - stub.world.openSkyCredits
      credits.push(spent)
      const { everyMs, budget } = opensky.pace(settings, {})
      expect((86_400_000 / everyMs) * spent).toBeLessThanOrEqual(budget?.units ?? 0)
      expect((86_400_000 / everyMs) * spent).toBeGreaterThan(390)
    }
    expect(credits).toEqual([1, 2, 2, 3, 3, 4])
    expect(opensky.pace(box({ account: 'client' }), {}).budget).toEqual({ units: 4000, perMs: 86_400_000 })
    expect(opensky.pace(box({ account: 'client', seconds: 30 }), {}).everyMs).toBe(30_000)
  })

  it('spends no more than the credits there are, by its own count', async () => {
    const allowance = { units: 12, perMs: 86_400_000 }
    const talk = new Conversation(stub, 'opensky', list('4b1f2f'), { allowance })
    for (let i = 0; i < 3; i++) await talk.poll()
    await expect(talk.poll()).rejects.toMatchObject({ kind: 'budget' })
    expect(stub.requests).toHaveLength(3)
  })

  it('gives every report once and by time, though rows come twice and in any order', async () => {
    const usual = await new Conversation(stub, 'opensky', box()).poll()
    for (const mode of ['duplicates', 'shuffled'] as const) {
      stub.setMode(mode)
      const { states } = await new Conversation(stub, 'opensky', box()).poll()
      expect(states).toEqual(usual.states)
      expect(states?.map(({ time }) => time)).toEqual(states?.map(({ time }) => time).sort((a, b) => a - b))
    }
  })

  it('keeps to the clock of the source where that is off', async () => {
    stub.setMode('ahead')
    const { states, refused } = await new Conversation(stub, 'opensky', box()).poll()
    expect(refused).toBe(0)
    expect(states?.find(({ icao24 }) => icao24 === '4b1f2f')?.time).toBe(noon + 600_000 - 1000)
  })

  it('leaves out a bad row, counts it and says which field it was', async () => {
    const good = [
      '4b1f2f',
      '',
      '',
      noon / 1000,
      noon / 1000,
      7.5,
      46.9,
      100,
      false,
      50,
      0,
      0,
      null,
      100,
      null,
      false,
      0,
    ]
    const bad = good.with(6, 'north')
    const later = good.with(0, 'a2fcf2').with(3, noon / 1000 + 7200)
    stub.world.files['/api/states/all'] = JSON.stringify({ time: noon / 1000, states: [good, bad, later] })
    const { states, refused, firstRefusal } = await new Conversation(stub, 'opensky', box()).poll()
    expect(states).toHaveLength(1)
    expect(refused).toBe(2)
    expect(firstRefusal).toMatch(/^Row 2: field latitude should be .*number.*, found "north"\.$/)
  })

  it('says in the answer’s stead what it was where it is something else', async () => {
    stub.world.files['/api/states/all'] = JSON.stringify({ error: 'maintenance' })
    await expect(new Conversation(stub, 'opensky', box()).poll()).rejects.toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('OpenSky answered with something else than state vectors') as string,
    })
  })

  it('takes nothing for aircraft where no aircraft are in the box', async () => {
    stub.world.aircraft = []
    expect(await new Conversation(stub, 'opensky', box()).poll()).toMatchObject({ states: [], refused: 0 })
  })
})

describe('OpenSky with an account', () => {
  const secrets = { clientId: 'client-of-a-test', clientSecret: 'secret-of-a-test' }
  const withAccount = box({ account: 'client' })

  it('posts for a token, uses it until it ends, and names both origins beforehand', async () => {
    expect(opensky.origins(withAccount)).toEqual([
      'https://opensky-network.org',
      'https://auth.opensky-network.org',
    ])
    expect(opensky.origins(box())).toEqual(['https://opensky-network.org'])
    const talk = new Conversation(stub, 'opensky', withAccount, { secrets })
    await talk.poll()
    await talk.poll()
    clock += 1_800_000
    await talk.poll()
    expect(stub.requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'POST', 'GET'])
    expect(new Set(stub.requests.map(({ url }) => new URL(url).origin)).size).toBe(2)
    expect(stub.requests[1].headers.authorization).toMatch(/^Bearer /)
  })

  it('asks for another token after one was refused', async () => {
    clock = noon + 86_400_000
    const talk = new Conversation(stub, 'opensky', withAccount, { secrets })
    await talk.poll()
    stub.setMode('unauthorised', 1)
    await expect(talk.poll()).rejects.toMatchObject({ kind: 'refused' })
    await talk.poll()
    expect(stub.requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'POST', 'GET'])
  })

  it('keeps id, secret and token out of everything that is kept or shown', async () => {
    const talk = new Conversation(stub, 'opensky', withAccount, { secrets })
    await talk.poll()
    const wrong = { ...secrets, clientSecret: 'wrong-secret-of-a-test' }
    const failing = new Conversation(stub, 'opensky', withAccount, { secrets: wrong })
    const failure = await failing.poll().catch((error: Error) => error.message)
    const all = talk.everything() + failing.everything() + JSON.stringify(failure)
    for (const secret of ['client-of-a-test', 'secret-of-a-test', 'token-for-'])
      expect(all).not.toContain(secret)
  })

  it('says that it needs both where one is missing', async () => {
    const talk = new Conversation(stub, 'opensky', withAccount, { secrets: { clientId: 'client-of-a-test' } })
    await expect(talk.poll()).rejects.toThrow('type both')
    expect(stub.requests).toEqual([])
  })
})

describe('The settings of OpenSky', () => {
  it('are refused with what to do', () => {
    expect(opensky.problem(box())).toBe('')
    expect(opensky.problem(box({ north: 40 }))).toContain('south of the northern')
    expect(opensky.problem(box({ west: 170, east: -170 }))).toContain('date line')
    expect(opensky.problem(box({ north: 91 }))).toBe('Latitudes go from −90 to 90.')
    expect(opensky.problem(list(''))).toContain('at least one aircraft')
    expect(opensky.problem(list('4b1f2f, HB-LVB'))).toContain('“hb-lvb” is no address of an aircraft')
    expect(opensky.problem(list('4b1f2f a2fcf2'))).toBe('')
  })
})

describeShared('Aircraft of a real answer of OpenSky', () => {
  interface Departure {
    icao24: string
    firstSeen: number
    callsign: string
  }

  it('are found by their addresses, as many as there are', async () => {
    const departures = sharedJson<Departure[]>('realdata', 'flights', 'opensky_departures_LSZB.json')
    const newest = Math.max(...departures.map(({ firstSeen }) => firstSeen))
    clock = newest * 1000
    stub.world.aircraft = departures.map(({ icao24, callsign, firstSeen }) => ({
      icao24,
      callsign,
      latitude: 46.91,
      longitude: 7.5,
      altitude: 900,
      speed: 70,
      onGround: false,
      age: newest - firstSeen,
    }))
    const addresses = [...new Set(departures.map(({ icao24 }) => icao24))]
    const { states } = await new Conversation(stub, 'opensky', list(addresses.join('\n'))).poll()
    expect(states).toHaveLength(29)
    expect(new Set(states?.map(({ icao24 }) => icao24)).size).toBe(21)
  })
})
