import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnSummary } from '../../../../workers/data/api.ts'
import { Browsing } from '../../../../workers/data/browse/browsing.ts'
import { manyFlights, openTables, type OpenedTables } from './openTables.ts'

describe('the summary of a column', () => {
  let tables: OpenedTables
  let browsing: Browsing
  let id: string

  beforeAll(async () => {
    tables = await openTables()
    id = await tables.addSelect('flights', 'flights.csv', manyFlights(40_000))
    browsing = new Browsing(tables)
  }, 60_000)
  afterAll(() => tables.database.close())

  const summaries = async (filters: Parameters<Browsing['columnSummaries']>[1] = []) => {
    const list = await browsing.columnSummaries({ datasetId: id, kind: 'flights' }, filters)
    return new Map(list.map((summary): [string, ColumnSummary] => [summary.name, summary]))
  }

  it('counts what is missing and what differs, exactly', async () => {
    const found = await summaries()
    expect(found.get('destination')).toMatchObject({ missing: 800, sampled: false })
    expect(found.get('arrived_at')).toMatchObject({ missing: 1000 })
    expect(found.get('icao24')).toMatchObject({ missing: 0, distinct: 40_000 })
    expect(found.get('line')).toMatchObject({ lowest: '2', highest: '40,001', distinct: 40_000 })
    expect(found.get('departed_at')).toMatchObject({ lowest: '2018-01-01 00:00' })
  })

  it('has a picture of twenty bins that hold every value present', async () => {
    const found = await summaries()
    for (const name of ['departed_at', 'arrived_at', 'line']) {
      const { histogram, missing } = found.get(name)!
      expect(histogram).toHaveLength(20)
      expect(histogram.reduce((sum, count) => sum + count, 0)).toBe(40_000 - missing)
    }
    expect(found.get('line')!.histogram).toEqual(new Array(20).fill(2000))
  })

  it('names the commonest texts', async () => {
    const { commonest } = (await summaries()).get('origin')!
    expect(commonest).toHaveLength(5)
    expect(commonest[0].count).toBeGreaterThanOrEqual(commonest[4].count)
    expect(commonest[0].text).toMatch(/^K[A-Z]{2}X$/)
  })

  it('is of the rows that pass the filters', async () => {
    const found = await summaries([{ column: 'line', test: 'atMost', value: '1001' }])
    expect(found.get('line')).toMatchObject({ highest: '1,001', distinct: 1000 })
  })

  it('of a table without a row says that there is nothing', async () => {
    const [symbol] = await browsing.columnSummaries({ datasetId: null, kind: 'news' }, [])
    expect(symbol).toMatchObject({ missing: 0, distinct: 0, lowest: null, highest: null, commonest: [] })
  })

  it('asked for anew ends the one under way', async () => {
    const [old, next] = await Promise.allSettled([summaries(), summaries()])
    expect(old.status).toBe('rejected')
    expect(next.status).toBe('fulfilled')
  })
})
