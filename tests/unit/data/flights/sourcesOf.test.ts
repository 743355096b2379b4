import { describe, expect, it } from 'vitest'
import type { DatasetSummary, TableName } from '../../../../workers/data/api.ts'
import type { Dataset } from '../../../../workers/data/catalog.ts'
import type { Database } from '../../../../workers/data/database.ts'
import { sourcesOf } from '../../../../workers/data/flights/sourcesOf.ts'

const database = { query: () => Promise.resolve({ integers: () => [1] }) } as unknown as Database

function dataset(table: string, kind: TableName, simulated: boolean, symbols: string[] = []): Dataset {
  return { table, summary: { kind, simulated, symbols } as DatasetSummary } as Dataset
}

const market = [
  dataset('flights', 'flights', true, ['d00001']),
  dataset('aircraft', 'aircraft', true, ['d00001', 'd00002']),
  dataset('airports', 'airports', true),
  dataset('companies', 'companies', true),
  dataset('events', 'events', true),
]

describe('flights that a person adds to the simulated market', () => {
  it('join it where all of them are of its aircraft', async () => {
    const added = dataset('newer', 'flights', false, ['d00002'])
    expect((await sourcesOf(database, [...market, added], true)).flights).toEqual(['flights', 'newer'])
  })

  it('are left aside where one is not, as is a file of nobody', async () => {
    const mixed = dataset('mixed', 'flights', false, ['d00002', 'a00001'])
    const empty = dataset('empty', 'flights', false)
    expect((await sourcesOf(database, [...market, mixed, empty], true)).flights).toEqual(['flights'])
  })

  it('never stand in for flights to go with prices of their own', async () => {
    const added = dataset('newer', 'flights', false, ['d00002'])
    await expect(sourcesOf(database, [...market, added], false)).rejects.toThrow('lacks flights')
  })
})
