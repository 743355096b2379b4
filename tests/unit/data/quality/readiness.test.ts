import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SystemReadiness } from '../../../../workers/data/api.ts'
import type { Dataset } from '../../../../workers/data/catalog.ts'
import type { Database } from '../../../../workers/data/database.ts'
import { openEmptyDatabase } from '../emptyDatabase.ts'
import { loadedTables } from '../../../../workers/data/quality/loadedTables.ts'
import { readinessOf } from '../../../../workers/data/quality/readiness.ts'
import { tableWith } from './tableWith.ts'

let database: Database
beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())

const prices = (symbol: string, ...dates: string[]) =>
  tableWith(
    database,
    'prices',
    dates.map((date) => ({ symbol, date, close: 1 })),
  )
const tickets = (symbol: string, ...dates: string[]) =>
  tableWith(
    database,
    'tickets',
    dates.map((date) => ({ symbol, date, count: 1 })),
  )

async function ready(system: SystemReadiness['system'], ...datasets: Dataset[]): Promise<SystemReadiness> {
  const all = await readinessOf(database, loadedTables(datasets))
  return all.find((one) => one.system === system)!
}

describe('a system', () => {
  it('cannot run without a table it needs, and says which', async () => {
    const found = await ready('tickets', await prices('MSFT', '2024-01-02', '2024-12-31'))
    expect(found).toMatchObject({
      canRun: false,
      overlap: null,
      sentences: ['No tickets are loaded; incidents or daily downloads would do in their place.'],
    })
    expect(found.needs.filter(({ required }) => required).map(({ kind, rows }) => [kind, rows])).toEqual([
      ['prices', 2],
      ['tickets', 0],
    ])
  })

  it('runs on the days and symbols that its tables share, and says what it does without', async () => {
    const found = await ready(
      'tickets',
      await prices('MSFT', '2022-01-03', '2024-12-31'),
      await prices('AAPL', '2022-01-03', '2024-12-31'),
      await tickets('MSFT', '2023-01-02', '2025-06-30'),
    )
    expect(found).toMatchObject({ canRun: true, symbols: 1 })
    expect(found.sentences).toEqual([
      'Can run on 1 symbol from 2023-01-02 to 2024-12-31: MSFT.',
      'Without adoption figures no rise in use can confirm a signal to buy.',
      'Without incidents no outage can confirm a signal to sell.',
      'Without news the mood of headlines can confirm nothing.',
    ])
  })

  it('runs on incidents in the place of tickets, and says so', async () => {
    const incidents = await tableWith(database, 'incidents', [
      { symbol: 'MSFT', started_at: '2023-01-02 10:00' },
      { symbol: 'MSFT', started_at: '2024-06-30 10:00' },
    ])
    const found = await ready('tickets', await prices('MSFT', '2022-01-03', '2024-12-31'), incidents)
    expect(found).toMatchObject({ canRun: true, symbols: 1 })
    expect(found.sentences.slice(0, 2)).toEqual([
      'No tickets are loaded: the incidents begun on each day are counted in their place.',
      'Can run on 1 symbol from 2023-01-02 to 2024-06-30: MSFT.',
    ])
  })

  it('cannot run where its tables have no day, or no symbol, in common', async () => {
    const apart = await ready(
      'tickets',
      await prices('MSFT', '2020-01-02', '2020-12-31'),
      await tickets('MSFT', '2023-01-02', '2023-06-30'),
    )
    expect(apart.canRun).toBe(false)
    expect(apart.sentences[0]).toBe(
      'The tables have no day in common: prices from 2020-01-02 to 2020-12-31, tickets from 2023-01-02 to 2023-06-30.',
    )
    const others = await ready(
      'tickets',
      await prices('MSFT', '2023-01-02', '2023-12-31'),
      await tickets('msft.us', '2023-01-02', '2023-06-30'),
    )
    expect(others.canRun).toBe(false)
    expect(others.sentences[0]).toContain('no symbol in common (prices: MSFT; tickets: msft.us)')
  })

  it('is told when its days hardly last beyond the warm-up', async () => {
    const found = await ready('options', await prices('QQQ', '2024-01-02', '2024-12-31'))
    expect(found.canRun).toBe(true)
    expect(found.sentences[1]).toBe(
      'That is about 252 sessions, of which the first 200 only warm up: too few for more than a trial.',
    )
  })

  it('is warned of real tickets on simulated prices', async () => {
    const simulated = await prices('AAAA', '2022-01-03', '2024-12-31')
    simulated.summary.simulated = true
    const found = await ready('tickets', simulated, await tickets('AAAA', '2023-01-02', '2024-06-30'))
    expect(found.sentences).toContain(
      'The daily bars are simulated, the daily ticket counts your own: a result on both would mean nothing. Load your own of each.',
    )
  })

  it('in options says what chains alone are good for, and which have no prices', async () => {
    const quotes = (symbol: string) =>
      tableWith(database, 'options', [
        {
          symbol,
          quote_date: '2024-03-01',
          expiry: '2024-04-19',
          strike: 100,
          right: 'call',
          bid: 1,
          ask: 2,
        },
      ])
    const market = await prices('QQQ', '2020-01-02', '2024-12-31')
    const alone = 'Strikemap and Surface read the chains of 2 underlyings; they need no prices.'
    const chains = [await quotes('QQQ'), await quotes('SPY')]
    expect((await ready('options', market, ...chains)).sentences.slice(1)).toEqual([
      alone,
      'There are chains, but no prices, of SPY: runs do not trade on them.',
    ])
    market.summary.simulated = true
    expect((await ready('options', market, ...chains)).sentences.slice(1)).toEqual([
      alone,
      'Your chains have no prices of their own: runs in options trade on their quotes once you load the prices of the underlyings.',
    ])
  })

  it('of flights cannot run while no aircraft belongs to a company', async () => {
    const found = await ready(
      'jet',
      await prices('WMT', '2022-01-03', '2024-12-31'),
      await tableWith(database, 'companies', [{ symbol: 'WMT', name: 'Walmart' }]),
      await tableWith(database, 'airports', [{ code: 'KTEB', latitude: 1, longitude: 1 }]),
      await tableWith(database, 'aircraft', [{ icao24: 'a00001', owner: 'WALMART INC' }]),
      await tableWith(database, 'flights', [{ icao24: 'a00001', departed_at: '2023-01-02 10:00' }]),
      await tableWith(database, 'events', [{ company: 'Walmart', announced_on: '2023-01-02' }]),
    )
    expect(found.canRun).toBe(false)
    expect(found.sentences).toContain(
      'No aircraft belongs to a company yet. Match the owners of the registry to companies.',
    )
  })
})
