import { describe, expect, it } from 'vitest'
import { demandPart } from '../../../../datasets/demand/demandPart.ts'
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

describe('tickets, adoption, incidents, news and filings, imported as the page does it', () => {
  it('go into their tables row by row, with their own known_at', async () => {
    const market = generateMarket({ seed: 12, years: 1 })
    const files = marketFiles(market)
    const serve = (url: string) => {
      const bytes = files.get(url.slice(url.lastIndexOf('/') + 1))
      return Promise.resolve(
        new Response(bytes === undefined ? null : bytes.slice(), { status: bytes ? 200 : 404 }),
      )
    }
    const database = await openNodeDatabase()
    const service = new DataService(() => Promise.resolve(database), serve, noKeep(''))
    valueOf(await service.start('http://localhost/', () => undefined))
    const kinds: TableName[] = ['tickets', 'adoption', 'incidents', 'news', 'fundamentals']
    const summaries = valueOf(await service.loadSimulatedParts(kinds))
    await database.close()

    const written = new Map(demandPart(market).tables.map(({ name, rows }) => [name, rows]))
    for (const { kind, rows, refused, knownAt } of summaries) {
      expect(refused, kind).toBe(0)
      expect(rows, kind).toBe(written.get(`${kind}.csv`))
      if (kind !== 'incidents') expect(knownAt, kind).toBe('file')
    }
    expect(summaries.map(({ kind }) => kind)).toEqual(kinds)
  }, 180_000)
})
