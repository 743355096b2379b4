import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatasetSummary, PanelMessage, TableName } from '../../../../workers/data/api.ts'
import { hasShared, sharedPath } from '../../shared.ts'
import { csv, fileAt, importAll, openService, valueOf, type OpenedService } from '../openService.ts'

const files: [string, TableName, string][] = [
  ['AAA.csv', 'prices', 'Date,Open,High,Low,Close,Volume\n2021-01-04,1,2,1,2,10\n2021-01-05,2,2,1,2,10'],
  ['companies.csv', 'companies', 'symbol,name,hq_airport\nAAA,Alder,KTEB'],
  ['airports.csv', 'airports', 'code,name,latitude,longitude\nKTEB,Teterboro,40.85,-74.06'],
  ['aircraft.csv', 'aircraft', 'icao24,registration,owner\na00001,N1AA,Alder Inc'],
  [
    'flights.csv',
    'flights',
    'icao24,departed_at,arrived_at,origin,destination\na00001,2021-01-04T10:00:00Z,,KTEB,',
  ],
]

describe('a panel for Jet', () => {
  let opened: OpenedService
  let prices: DatasetSummary
  beforeAll(async () => {
    opened = await openService()
    for (const [name, kind, text] of files) {
      const { datasets, failed } = await importAll(opened.service, [csv(name, text)], kind)
      expect(failed).toEqual([])
      if (kind === 'prices') prices = datasets[0]
    }
  }, 60_000)
  afterAll(() => opened.close())

  const built = () => opened.service.buildPanel({ datasets: [prices.id], signals: null, flights: true })

  it('is refused with a sentence that names everything missing, then the owners to be matched, then none', async () => {
    const message = async () => {
      const outcome = await built()
      return outcome.ok ? 'built' : `${outcome.code}: ${outcome.message}`
    }
    expect(await message()).toBe(
      'no-flights: The Jet system lacks aircraft with their companies and events to go with your prices. ' +
        'Load them in the data room, or choose the simulated market.',
    )
    await importAll(
      opened.service,
      [csv('events.csv', 'symbol,announced_on,kind\nAAA,2021-01-05,target')],
      'events',
    )
    expect(await message()).toBe(
      'no-flights: No aircraft belongs to a company yet. Match the owners of the registry to companies in the data room.',
    )
    await opened.service.decideOwners([
      { owner: 'Alder Inc', symbol: 'AAA', validFrom: null, validTo: null, score: 100 },
    ])
    expect(await message()).toBe('built')
  })

  it.skipIf(!hasShared)(
    'takes the flights of every file: Bern as OpenSky lists it, with round trips and unknown arrivals',
    async () => {
      for (const [name, kind] of [
        ['openflights_airports.csv', 'airports'],
        ['opensky_departures_LSZB.json', 'flights'],
      ] as const) {
        const file = await fileAt(sharedPath('realdata', 'flights', name))
        expect((await importAll(opened.service, [file], kind)).failed).toEqual([])
      }
      const { port1, port2 } = new MessageChannel()
      const arrived = new Promise<PanelMessage>((resolve) => {
        port2.onmessage = ({ data }: MessageEvent<PanelMessage>) => resolve(data)
      })
      opened.service.connect(port1)
      valueOf(await built())
      const { flights: tables, panel } = await arrived
      port1.close()
      port2.close()
      expect(panel.symbols).toEqual(['AAA'])
      const { airports, tails, flights, problems } = tables!
      const bern = airports.code.indexOf('LSZB')
      const departed = [...flights.origin.keys()].filter((i) => flights.origin[i] === bern)
      expect(departed).toHaveLength(29)
      const unlisted = problems.find(({ kind }) => kind === 'unknown-airport')
      expect(departed.filter((i) => flights.destination[i] === -1)).toHaveLength(3 + unlisted!.count)
      expect(unlisted).toMatchObject({ count: 2, examples: ['LKER: 1 time', 'LSTZ: 1 time'] })
      expect(departed.filter((i) => flights.destination[i] === bern)).toHaveLength(12)
      expect(departed.filter((i) => Number.isNaN(flights.arrived[i]))).toEqual([])
      const lengths = departed.map((i) => flights.arrived[i] - flights.departed[i])
      expect(Math.min(...lengths)).toBeGreaterThan(5)
      expect(Math.max(...lengths)).toBeLessThan(180)
      const first = departed.sort((a, b) => flights.departed[a] - flights.departed[b])[0]
      expect(new Date(flights.departed[first] * 60_000).toISOString()).toBe('2021-08-29T06:41:37.000Z')
      expect(tails.icao24).toHaveLength(1 + new Set(departed.map((i) => flights.tail[i])).size)
      expect(problems.find(({ kind }) => kind === 'nobody-s-leg')).toMatchObject({ count: 29 })
    },
    60_000,
  )
})
