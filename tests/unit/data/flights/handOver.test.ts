import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatasetSummary, TableName } from '../../../../workers/data/api.ts'
import { csv, importAll, openService, type OpenedService } from '../openService.ts'

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
  })
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
})
