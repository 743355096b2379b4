import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../../workers/data/database.ts'
import { openEmptyDatabase } from '../emptyDatabase.ts'
import { compareVintages } from '../../../../workers/data/quality/vintages.ts'
import { tables } from '../../../../workers/data/schema.ts'
import { tableWith, type Cells } from './tableWith.ts'

let database: Database
beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())

const figure = (date: string, value: number | null): Cells => ({
  symbol: 'MSFT',
  date,
  metric: 'downloads',
  value,
})

async function compare(older: Cells[], newer: Cells[]) {
  const [before, after] = [
    await tableWith(database, 'adoption', older),
    await tableWith(database, 'adoption', newer),
  ]
  return compareVintages(database, tables.adoption, before.table, after.table)
}

describe('a newer state of a file', () => {
  it('has rewritten what it changed, took away or added in the days that both cover', async () => {
    const older = ['01', '02', '03', '04'].map((day, i) => figure(`2024-01-${day}`, i))
    const newer = [figure('2024-01-01', 0), figure('2024-01-02', 9), figure('2024-01-04', 3)]
    const found = await compare(older, [...newer, figure('2024-01-03', 2), figure('2024-01-05', 4)])
    expect(found).toMatchObject({ changed: 1, removed: 0, added: 0 })
    expect(found.examples).toEqual(['changed: MSFT 2024-01-02  downloads'])
    expect(await compare(older, newer)).toMatchObject({ changed: 1, removed: 1, added: 0 })
    expect(await compare(newer, older)).toMatchObject({ changed: 1, removed: 0, added: 1 })
  })

  it('that only goes on where the older one ends, or begins earlier, has rewritten nothing', async () => {
    const older = [figure('2024-01-02', 1), figure('2024-01-03', null)]
    const newer = [figure('2024-01-01', 5), ...older, figure('2024-01-04', 2)]
    expect(await compare(older, newer)).toEqual({ changed: 0, removed: 0, added: 0, examples: [] })
  })

  it('with a key given twice counts by the last row of it', async () => {
    const older = [figure('2024-01-02', 7), figure('2024-01-02', 1)]
    expect(await compare(older, [figure('2024-01-02', 1)])).toMatchObject({ changed: 0, removed: 0 })
  })
})
