import type { BrowseQuery } from '../../workers/data/api.ts'
import { Browsing } from '../../workers/data/browse/browsing.ts'
import { SqlConsole } from '../../workers/data/browse/sqlConsole.ts'
import { manyFlights, openTables } from '../unit/data/browse/openTables.ts'

const rows = 5_000_000

/** Pages, orders and summaries of 5 million flights, and the end of a query; one JSON line per figure. */
export async function browseBench(): Promise<void> {
  const tables = await openTables()
  const id = await tables.addSelect('flights', 'five-million.csv', manyFlights(rows))
  const browsing = new Browsing(tables)
  const target = { datasetId: id, kind: 'flights' as const }
  const page = async (part: Partial<BrowseQuery>) => {
    const { milliseconds, total } = await browsing.browse({
      ...{ target, filters: [], sort: null, offset: 0, limit: 100 },
      ...part,
    })
    if (part.filters === undefined && total !== rows) throw new Error(`${total} rows instead of ${rows}`)
    return milliseconds
  }
  print('first page of 5 million rows', await page({}), 150)
  print('a page deep in 5 million rows', await page({ offset: 4_800_000 }), 150)
  let slowest = 0
  for (const column of ['icao24', 'departed_at', 'destination', 'arrived_at', 'line'])
    for (const descending of [false, true])
      slowest = Math.max(slowest, await page({ sort: { column, descending } }))
  print('first page of 5 million rows sorted, slowest of 5 columns both ways', slowest, 800)
  const sort = { column: 'icao24', descending: true }
  print(
    'first page deep in 5 million sorted rows, with the order made',
    await page({ sort, offset: 4_000_000 }),
    null,
  )
  print('next page deep in 5 million sorted rows', await page({ sort, offset: 2_000_000 }), 800)
  const filters = [{ column: 'icao24', test: 'contains' as const, value: '0a' }]
  print('first page of a filter over 5 million rows', await page({ filters }), 800)
  const began = performance.now()
  await browsing.columnSummaries(target, [])
  print('summaries of all columns of 5 million rows', performance.now() - began, 1000)

  const console = new SqlConsole(tables)
  const running = console.run('SELECT count(*) FROM flights a, flights b WHERE a.line + b.line > 7', false)
  await new Promise((resolve) => setTimeout(resolve, 500))
  const cancelled = performance.now()
  console.cancel()
  await running.catch(() => undefined)
  print('cancel of a SQL query over 5 million rows', performance.now() - cancelled, 1000)
  await tables.database.close()
}

function print(name: string, value: number, target: number | null): void {
  console.log(JSON.stringify({ name: `${name}, Node`, value: Math.round(value), unit: 'ms', target }))
}
