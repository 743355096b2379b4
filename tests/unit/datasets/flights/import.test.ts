import { describe, expect, it } from 'vitest'
import { marketFiles } from '../../../../datasets/files.ts'
import { generateMarket } from '../../../../datasets/market.ts'
import type { Outcome, TableName } from '../../../../workers/data/api.ts'
import { DataService } from '../../../../workers/data/dataService.ts'
import { openNodeDatabase } from '../../../../workers/data/duckdbNode.ts'
import { noKeep } from '../../../../workers/data/keep/noKeep.ts'

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.message} ${outcome.detail ?? ''}`)
  return outcome.value
}

describe('the flights of the simulated market, imported as the page does it', () => {
  it('go into their tables row by row, with their own known_at', async () => {
    const files = marketFiles(generateMarket({ seed: 12 }))
    const serve = (url: string) => {
      const bytes = files.get(url.slice(url.lastIndexOf('/') + 1))
      return Promise.resolve(
        new Response(bytes === undefined ? null : bytes.slice(), { status: bytes ? 200 : 404 }),
      )
    }
    const database = await openNodeDatabase()
    const service = new DataService(() => Promise.resolve(database), serve, noKeep(''))
    valueOf(await service.start('http://localhost/', () => undefined))
    const kinds: TableName[] = ['airports', 'aircraft', 'flights', 'events']
    const summaries = valueOf(await service.loadSimulatedParts(kinds))
    expect(summaries.map(({ kind }) => kind)).toEqual(kinds)
    for (const { kind, rows, refused, simulated } of summaries) {
      expect(simulated).toBe(true)
      expect(refused, kind).toBe(0)
      expect(rows, kind).toBeGreaterThan(50)
    }
    expect(summaries[2].knownAt).toBe('file')
    await database.close()
  }, 180_000)
})
