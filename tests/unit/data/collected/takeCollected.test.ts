import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collectedLayouts, collectedCells } from '../../../../workers/data/collected/layouts.ts'
import { tables } from '../../../../workers/data/schema.ts'
import { collectedColumns } from '../../../../workers/live/collectedRows.ts'
import { csv, importAll, openService, valueOf, type OpenedService } from '../openService.ts'
import { collectedFile } from './collectedFiles.ts'

let opened: OpenedService

beforeEach(async () => {
  opened = await openService()
})
afterEach(async () => {
  await opened.close()
})

const take = async (...files: Parameters<OpenedService['service']['takeCollected']>[0]) =>
  valueOf(await opened.service.takeCollected(files))

/** The rows of a collected table as the data room shows them. */
async function rowsOf(kind: keyof typeof collectedColumns): Promise<Record<string, string | null>[]> {
  const target = { datasetId: null, kind }
  const query = { target, filters: [], sort: null, offset: 0, limit: 1000 }
  const { columns, rows } = valueOf(await opened.service.browse(query))
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])))
}

const leg = {
  icao24: 'a1b2c3',
  departed_at: '2024-03-15T12:00:00.000Z',
  arrived_at: '2024-03-15T14:30:00.000Z',
  origin_latitude: 40.85,
  origin_longitude: -74.06,
  destination_latitude: 41.98,
  destination_longitude: -87.9,
  seen_at: '2024-03-15T14:35:00.000Z',
}
const ticket = {
  id: '1',
  symbol: 'ACME',
  source: 'acme/engine',
  created_at: '2024-03-15T09:00:00.000Z',
  title: 'Crash at start',
  text: '',
  seen_at: '2024-03-15T09:10:00.000Z',
}
const airports = csv(
  'airports.csv',
  'code,name,latitude,longitude\nKTEB,Teterboro,40.8501,-74.0608\nKORD,O’Hare,41.9786,-87.9048\n',
)

describe('what the collection hands over', () => {
  it('has the columns that are expected here, and all but identifiers and places are read', () => {
    const expected = Object.fromEntries(
      Object.entries(collectedLayouts).map(([table, { columns }]) => [table, columns]),
    )
    expect(expected).toEqual(collectedColumns)
    const unread = Object.values(collectedLayouts).flatMap((layout) => {
      const cells = Object.values(collectedCells(layout))
      return layout.columns.filter((_, cell) => !cells.includes(cell)).map((name) => [layout.name, name])
    })
    expect(unread).toEqual([
      ['Collected tickets', 'id'],
      ['Collected incidents', 'source'],
      ['Collected prices', 'seen_at'],
      ['Collected option quotes', 'seen_at'],
    ])
  })

  it('becomes a dataset a table, which the next hand-over replaces whole', async () => {
    const [first] = await take(collectedFile('flights', [leg]))
    expect(first).toMatchObject({
      name: 'Collected flights',
      kind: 'flights',
      collected: true,
      simulated: false,
      kept: true,
      rows: 1,
      symbols: ['a1b2c3'],
      knownAt: 'file',
    })
    const later = { ...leg, departed_at: '2024-03-16T12:00:00.000Z', arrived_at: '2024-03-16T13:00:00.000Z' }
    for (let again = 0; again < 3; again++) await take(collectedFile('flights', [leg, later]))
    const [second, ...others] = valueOf(await opened.service.datasets())
    expect(others).toEqual([])
    expect(second.rows).toBe(2)
    expect(second.id).not.toBe(first.id)
    expect(await rowsOf('flights')).toHaveLength(2)
    expect(await take({ table: 'flights', file: null })).toEqual([])
    expect(await tablesLeft()).toEqual([])
  })

  it('is taken in all of it or nothing', async () => {
    await take(collectedFile('flights', [leg]), collectedFile('tickets', [ticket]))
    const before = valueOf(await opened.service.datasets())
    const failed = await opened.service.takeCollected([
      collectedFile('flights', [leg, { ...leg, icao24: 'abcdef' }]),
      { table: 'tickets', file: csv('tickets.csv', 'id,when\n1,today\n') },
    ])
    expect(failed).toMatchObject({ ok: false, code: 'collected' })
    expect(valueOf(await opened.service.datasets())).toEqual(before)
    expect((await rowsOf('flights')).map(({ icao24 }) => icao24)).toEqual(['a1b2c3'])
  })

  it('may have no rows yet, which makes no dataset', async () => {
    expect(await take(collectedFile('adoption', []))).toEqual([])
  })

  it('has its bad rows refused and counted', async () => {
    const bad = { ...leg, departed_at: 'noon' }
    const [summary] = await take(collectedFile('flights', [leg, bad]))
    expect(summary).toMatchObject({ rows: 1, refused: 1 })
    const [row] = valueOf(await opened.service.refused(summary.id, 5))
    expect(row).toMatchObject({ file: 'Collected flights', line: 3, column: 'departed_at', value: 'noon' })
  })

  async function tablesLeft(): Promise<string[]> {
    const found = await opened.database.query(`SELECT table_name FROM duckdb_tables() ORDER BY table_name`)
    return found.texts('table_name').filter((name) => name.startsWith('dataset'))
  }
})

describe('when a collected row may be used', () => {
  it('is on the close of the day on which it was seen, or on the next close where it was seen later', async () => {
    const seen = ['2024-03-15T19:59:59.000Z', '2024-03-15T20:00:00.000Z', '2024-03-15T21:00:00.000Z']
    const legs = seen.map((seen_at, i) => ({ ...leg, icao24: `a1b2c${i}`, seen_at }))
    await take(collectedFile('flights', legs))
    expect((await rowsOf('flights')).map(({ known_at }) => known_at)).toEqual([
      '2024-03-15',
      '2024-03-16',
      '2024-03-16',
    ])
  })

  it('of tickets is when their day is over, and a late ticket moves its own day alone', async () => {
    const on = (day: string, id: string, seen_at: string) => ({
      ...ticket,
      id,
      created_at: `${day}T10:00:00.000Z`,
      seen_at,
    })
    await take(
      collectedFile('tickets', [
        on('2024-03-14', '1', '2024-03-14T10:05:00.000Z'),
        on('2024-03-15', '2', '2024-03-15T10:05:00.000Z'),
        on('2024-03-15', '3', '2024-03-19T22:00:00.000Z'),
        on('2024-03-16', '4', '2024-03-16T10:05:00.000Z'),
      ]),
    )
    const counts = (await rowsOf('tickets')).map(({ date, count, known_at }) => [date, count, known_at])
    expect(counts).toEqual([
      ['2024-03-14', '1', '2024-03-15'],
      ['2024-03-15', '2', '2024-03-20'],
      ['2024-03-16', '1', '2024-03-17'],
    ])
  })

  it('of figures is never before their day is over', async () => {
    const figure = { symbol: 'ACME', source: 'acme', metric: 'commits', value: 3, date: '2024-03-15' }
    await take(
      collectedFile('adoption', [
        { ...figure, seen_at: '2024-03-15T12:00:00.000Z' },
        { ...figure, date: '2024-03-16', seen_at: '2024-03-18T23:00:00.000Z' },
      ]),
    )
    expect((await rowsOf('adoption')).map(({ known_at }) => known_at)).toEqual(['2024-03-16', '2024-03-19'])
  })
})

describe('airports of collected flights', () => {
  const ends = async () => (await rowsOf('flights')).map(({ origin, destination }) => [origin, destination])

  it('are blank while none are loaded, and found as soon as some are', async () => {
    const far = {
      ...leg,
      icao24: 'abcdef',
      origin_latitude: '',
      origin_longitude: '',
      destination_latitude: 10,
    }
    const [before] = await take(collectedFile('flights', [leg, far]))
    expect(await ends()).toEqual([
      [null, null],
      [null, null],
    ])
    expect(before.notes[0]).toContain('Import one')
    await importAll(opened.service, [airports], 'airports')
    expect(await ends()).toEqual([
      ['KTEB', 'KORD'],
      [null, null],
    ])
    const after = valueOf(await opened.service.datasets()).find(({ collected }) => collected)!
    expect(after.id).toBe(before.id)
    expect(after.notes[0]).toContain('Of 2 flights 1 have an origin and 1 a destination')
    await take(collectedFile('flights', [leg]))
    expect(await ends()).toEqual([['KTEB', 'KORD']])
  })
})

describe('texts of collected tickets', () => {
  it('stay readable, sorted by their words, and inert', async () => {
    const hostile = `"); DROP TABLE dataset_1; -- <img src=x onerror=alert(1)> =HYPERLINK("x")\nbroken`
    await take(
      collectedFile('tickets', [
        { ...ticket, title: hostile, text: hostile },
        { ...ticket, id: '2' },
      ]),
    )
    const day = Date.parse('2024-03-15') / 86_400_000
    const query = { symbol: 'ACME', product: 'acme/engine', from: day, to: day, mood: null, words: null }
    const { total, tickets } = valueOf(await opened.service.ticketTexts({ ...query, limit: 10 }))
    expect(total).toBe(2)
    expect(tickets.map(({ title }) => title)).toContain(hostile)
    expect(tickets.every(({ mood }) => mood === 'negative')).toBe(true)
    expect((await rowsOf('tickets')).map(({ count }) => count)).toEqual(['2'])
  })
})

describe('a hundred thousand legs', () => {
  it('land in one go', async () => {
    await importAll(opened.service, [airports], 'airports')
    const start = Date.parse('2024-01-01')
    const legs = Array.from({ length: 100_000 }, (_, i) => {
      const time = (hours: number) => new Date(start + Math.floor(i / 1000) * 86_400_000 + hours * 3_600_000)
      return {
        ...leg,
        icao24: (0xa00000 + (i % 1000)).toString(16),
        departed_at: time(1).toISOString(),
        arrived_at: time(3).toISOString(),
        seen_at: time(3.1).toISOString(),
      }
    })
    const all = await take(collectedFile('flights', legs))
    expect(all.find(({ collected }) => collected)).toMatchObject({ rows: 100_000, refused: 0, repeated: 0 })
  })
})

describe('a collected dataset that is removed', () => {
  it('goes, and comes back with the next hand-over', async () => {
    const [summary] = await take(collectedFile('tickets', [ticket]))
    valueOf(await opened.service.remove(summary.id))
    expect(valueOf(await opened.service.datasets())).toEqual([])
    expect(await take(collectedFile('tickets', [ticket]))).toHaveLength(1)
  })
})

it('every collected table is one of the schema', () => {
  for (const table of Object.keys(collectedColumns)) expect(tables).toHaveProperty(table)
})
