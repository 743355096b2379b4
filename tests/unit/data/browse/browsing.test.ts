import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BrowseFilter, BrowseQuery } from '../../../../workers/data/api.ts'
import { Browsing } from '../../../../workers/data/browse/browsing.ts'
import { numberText } from '../../../../workers/data/browse/cells.ts'
import { openTables, type OpenedTables, type RowValues } from './openTables.ts'

const hostile = `Robert'); DROP TABLE dataset_1; --`

/** Tickets with values that repeat, are missing, or try to be SQL. */
function someTickets(rows: number, seed: number): RowValues[] {
  const symbols = ['AAPL', 'MSFT', hostile, '"x"', '%', null]
  return Array.from({ length: rows }, (_, i) => ({
    symbol: symbols[(i * 7 + seed) % symbols.length],
    date: i % 11 === 0 ? null : `2024-0${1 + (i % 9)}-1${i % 10}`,
    source: `source ${i % 4}`,
    sentiment: i % 5 === 0 ? null : 'negative',
    count: i % 6 === 0 ? null : ((i * 37) % 23) / 2,
  }))
}

describe('pages of a table', () => {
  let tables: OpenedTables
  let browsing: Browsing
  let first: string
  let second: string

  beforeAll(async () => {
    tables = await openTables()
    first = await tables.add('tickets', hostile, someTickets(70, 1))
    second = await tables.add('tickets', 'second.csv', someTickets(45, 4))
    browsing = new Browsing(tables)
  }, 60_000)
  afterAll(() => tables.database.close())

  const query = (part: Partial<BrowseQuery> = {}): BrowseQuery => ({
    target: { datasetId: first, kind: 'tickets' },
    filters: [],
    sort: null,
    offset: 0,
    limit: 1000,
    ...part,
  })
  const column = (name: string, whole: { columns: { name: string }[]; rows: (string | null)[][] }) => {
    const at = whole.columns.findIndex((one) => one.name === name)
    return whole.rows.map((row) => row[at])
  }

  it('joined page by page are the whole table, however it is filtered and sorted', async () => {
    const names = ['symbol', 'date', 'source', 'sentiment', 'count', 'line']
    const filters: BrowseFilter[][] = [
      [],
      [{ column: 'source', test: 'contains', value: 'SOURCE' }],
      [{ column: 'count', test: 'atLeast', value: '3' }],
      [{ column: 'date', test: 'notBlank', value: '' }],
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(first, second, null),
        fc.constantFrom(...filters),
        fc.option(fc.record({ column: fc.constantFrom(...names), descending: fc.boolean() })),
        fc.integer({ min: 1, max: 40 }),
        async (datasetId, chosen, sort, limit) => {
          const asked = query({ target: { datasetId, kind: 'tickets' }, filters: chosen, sort })
          const whole = await browsing.browse(asked)
          expect(whole.rows).toHaveLength(whole.total)
          const pages: (string | null)[][] = []
          for (let offset = 0; offset < whole.total; offset += limit)
            pages.push(...(await browsing.browse({ ...asked, offset, limit })).rows)
          expect(pages).toEqual(whole.rows)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('sort numbers as numbers, with what is missing last in both directions', async () => {
    for (const descending of [false, true]) {
      const counts = column('count', await browsing.browse(query({ sort: { column: 'count', descending } })))
      const present = counts.filter((cell) => cell !== null).map(Number)
      expect(present).toEqual([...present].sort((a, b) => (descending ? b - a : a - b)))
      expect(counts.slice(present.length).every((cell) => cell === null)).toBe(true)
      expect(present.length).toBeLessThan(counts.length)
    }
  })

  it('keep the order of the file among equals', async () => {
    const sorted = await browsing.browse(query({ sort: { column: 'sentiment', descending: true } }))
    const lines = column('line', sorted).map(Number)
    const sentiments = column('sentiment', sorted)
    for (let i = 1; i < lines.length; i++)
      if (sentiments[i] === sentiments[i - 1]) expect(lines[i]).toBeGreaterThan(lines[i - 1])
  })

  it('leave out what a filter leaves out: numbers, days, texts, and what is missing', async () => {
    const count = async (filter: BrowseFilter) => (await browsing.browse(query({ filters: [filter] }))).total
    const rows = someTickets(70, 1)
    const of = (test: BrowseFilter['test'], name: string, value = '') => count({ column: name, test, value })
    expect(await of('above', 'count', '5')).toBe(rows.filter((row) => Number(row.count ?? -1) > 5).length)
    expect(await of('below', 'count', '5')).toBe(
      rows.filter((row) => row.count !== null && Number(row.count) < 5).length,
    )
    expect(await of('equals', 'count', '2.5')).toBe(rows.filter((row) => row.count === 2.5).length)
    expect(await of('blank', 'count')).toBe(rows.filter((row) => row.count === null).length)
    expect(await of('blank', 'symbol')).toBe(rows.filter((row) => row.symbol === null).length)
    expect(await of('blank', 'date')).toBe(rows.filter((row) => row.date === null).length)
    expect(await of('atMost', 'date', '2024-03-12')).toBe(
      rows.filter((row) => row.date !== null && row.date <= '2024-03-12').length,
    )
    expect(await of('contains', 'symbol', 'aap')).toBe(rows.filter((row) => row.symbol === 'AAPL').length)
    expect(await of('contains', 'symbol', '%')).toBe(rows.filter((row) => row.symbol === '%').length)
  })

  it('show values and file names that try to be SQL as what they are, and find them', async () => {
    const all = query({ target: { datasetId: null, kind: 'tickets' } })
    const found = await browsing.browse({
      ...all,
      filters: [{ column: 'symbol', test: 'equals', value: hostile }],
    })
    expect(found.total).toBeGreaterThan(0)
    expect(new Set(column('symbol', found))).toEqual(new Set([hostile]))
    expect(new Set(column('dataset', found))).toEqual(new Set([hostile, 'second.csv']))
    expect((await browsing.browse(all)).total).toBe(115)
  })

  it('refuse columns that the table does not have', async () => {
    const evil = 'count" FROM dataset_1; DROP TABLE dataset_1; --'
    await expect(browsing.browse(query({ sort: { column: evil, descending: false } }))).rejects.toThrow(
      'has no column',
    )
    await expect(
      browsing.browse(query({ filters: [{ column: evil, test: 'blank', value: '' }] })),
    ).rejects.toThrow('has no column')
    expect((await browsing.browse(query())).total).toBe(70)
  })

  it('say in a sentence which value a column cannot be compared with', async () => {
    const by = (name: string, value: string) =>
      browsing.browse(query({ filters: [{ column: name, test: 'atLeast', value }] }))
    await expect(by('count', 'many')).rejects.toThrow('“many” is no number for count. Write it as 1234.5.')
    await expect(by('date', '2024-02-30')).rejects.toThrow('“2024-02-30” is no day for date')
  })

  it('count and order anew after the data have changed', async () => {
    const mine = await openTables()
    const id = await mine.add('tickets', 'a.csv', someTickets(10, 0))
    const own = new Browsing(mine)
    const asked = query({
      target: { datasetId: id, kind: 'tickets' },
      filters: [{ column: 'source', test: 'contains', value: 'source' }],
    })
    expect((await own.browse(asked)).total).toBe(10)
    await mine.database.query(`DELETE FROM ${id} WHERE line > 5`)
    await own.forget()
    expect((await own.browse(asked)).total).toBe(4)
    expect((await own.browse({ ...asked, filters: [] })).total).toBe(4)
    await mine.database.close()
  })
})

describe('a table of many rows', () => {
  it('has the same rows deep down, whether asked for early or late', async () => {
    const tables = await openTables()
    const id = await tables.addSelect(
      'airports',
      'many.csv',
      `SELECT printf('A%07d', i * 7919 % 300000) AS code, '' AS name, ` +
        `CASE WHEN i % 10 = 0 THEN 'NaN'::DOUBLE ELSE i % 100 END AS latitude, i / 7.0 AS longitude, ` +
        `'' AS iata, i::INTEGER AS line FROM range(300000) rows(i)`,
    )
    const browsing = new Browsing(tables)
    const page = async (sort: BrowseQuery['sort'], offset: number) =>
      (
        await browsing.browse({
          target: { datasetId: id, kind: 'airports' },
          filters: [],
          sort,
          offset,
          limit: 5,
        })
      ).rows
    const byCode = { column: 'code', descending: true }
    expect((await page(byCode, 0)).map(([code]) => code)).toEqual(
      [299999, 299998, 299997, 299996, 299995].map((i) => `A0${i}`),
    )
    expect((await page(byCode, 200_000)).map(([code]) => code)).toEqual(
      [99999, 99998, 99997, 99996, 99995].map((i) => `A00${i}`),
    )
    // Three thousand rows a value: equals stay in the order of the file where the way of asking changes.
    const byLatitude = { column: 'latitude', descending: false }
    const early = await page(byLatitude, 4994)
    const late = await page(byLatitude, 4998)
    expect(late.slice(0, 1)).toEqual(early.slice(4))
    expect(new Set([...early, ...late].map((row) => row[2]))).toEqual(new Set(['2']))
    const missing = await page(byLatitude, 269_998)
    expect(missing.map((row) => row[2])).toEqual(['99', '99', null, null, null])
    expect((await page(null, 277_777))[0][5]).toBe('277,777')
    await tables.database.close()
  })
})

describe('a number for the screen', () => {
  it('has thousands apart, no noise of the arithmetic, and powers of ten where it is far from one', () => {
    expect([1234567, 0.1 + 0.2, 48.25, 1e21, 1.5e-9, -5].map(numberText)).toEqual([
      '1,234,567',
      '0.3',
      '48.25',
      '1e+21',
      '1.5e-9',
      '-5',
    ])
  })
})
