import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { strFromU8 } from 'fflate'
import { demandColumns } from '../../../datasets/demand/demandColumns.ts'
import { marketFiles, type Manifest } from '../../../datasets/files.ts'
import { generateMarket } from '../../../datasets/market.ts'
import { marketPanel } from '../../../datasets/panel.ts'
import type { PanelMessage, PanelRequest, TableName } from '../../../workers/data/api.ts'
import type { DataService } from '../../../workers/data/dataService.ts'
import { openService, valueOf, type OpenedService } from '../data/openService.ts'

async function handedOver(
  service: DataService,
  request: Pick<PanelRequest, 'datasets' | 'flights' | 'demand'>,
): Promise<PanelMessage> {
  const { port1, port2 } = new MessageChannel()
  const arrived = new Promise<PanelMessage>((resolve) => {
    port2.onmessage = ({ data }: MessageEvent<PanelMessage>) => resolve(data)
  })
  service.connect(port1)
  valueOf(await service.buildPanel({ signals: null, ...request }))
  const message = await arrived
  port1.close()
  port2.close()
  return message
}

describe('the files of the simulated market, imported as the page does it', () => {
  const market = generateMarket({ seed: 11, years: 2 })
  const rowsOf = new Map<string, number>()
  let opened: OpenedService
  beforeAll(async () => {
    const files = marketFiles(market)
    const { files: listed } = JSON.parse(strFromU8(files.get('manifest.json')!)) as Manifest
    for (const { name, rows } of listed) rowsOf.set(name.split('.')[0], rows)
    opened = await openService((url) => {
      const bytes = files.get(url.slice(url.lastIndexOf('/') + 1))
      return Promise.resolve(
        new Response(bytes === undefined ? null : bytes.slice(), { status: bytes ? 200 : 404 }),
      )
    })
  }, 180_000)
  afterAll(() => opened.close())

  it('give the very panel that the generator gives, bit by bit', async () => {
    const { service } = opened
    const summary = valueOf(await service.loadSimulated())
    expect(summary).toMatchObject({ simulated: true, refused: 0 })

    const { panel, flights } = await handedOver(service, { datasets: [summary.id], flights: false })
    expect(flights).toBeNull()
    const own = marketPanel(market)
    expect(panel.symbols).toEqual(own.symbols)
    for (const column of [
      'dates',
      'open',
      'high',
      'low',
      'close',
      'volume',
      'rawFactor',
      'sector',
    ] as const) {
      const imported = panel[column]!
      expect(imported).toHaveLength(own[column].length)
      const differing = own[column].findIndex((value, i) => !Object.is(value, imported[i]))
      expect(differing, column).toBe(-1)
    }
  }, 60_000)

  it.each<[string, TableName[], TableName[]]>([
    ['flights', ['airports', 'aircraft', 'flights', 'events'], ['flights']],
    [
      'customers and filings',
      ['tickets', 'adoption', 'incidents', 'news', 'fundamentals'],
      ['tickets', 'adoption', 'news', 'fundamentals'],
    ],
    ['options', ['options'], []],
  ])(
    'about %s go into their tables row by row, with their own known_at',
    async (_, kinds, withKnownAt) => {
      const summaries = valueOf(await opened.service.loadSimulatedParts(kinds))
      expect(summaries.map(({ kind }) => kind)).toEqual(kinds)
      for (const { kind, rows, refused, simulated, knownAt } of summaries) {
        expect(simulated).toBe(true)
        expect(refused, kind).toBe(0)
        expect(rows, kind).toBe(rowsOf.get(kind))
        expect(rows, kind).toBeGreaterThan(50)
        if (withKnownAt.includes(kind)) expect(knownAt, kind).toBe('file')
      }
    },
    60_000,
  )

  it('about flights go to the backtest with the panel, leg by leg, and nothing is wrong with them', async () => {
    const { service } = opened
    const prices = valueOf(await service.datasets()).filter(({ kind }) => kind === 'prices')
    const { flights } = await handedOver(service, { datasets: prices.map(({ id }) => id), flights: true })
    expect(flights?.flights.tail).toHaveLength(rowsOf.get('flights')!)
    expect(flights?.events.day).toHaveLength(rowsOf.get('events')!)
    expect(flights?.companies.symbol).toHaveLength(rowsOf.get('companies')!)
    expect(flights?.problems.map(({ kind, count, examples }) => [kind, count, examples])).toEqual([
      ['no-headquarters', 1, ['QQQ']],
    ])
  }, 60_000)

  it('about customers go to the backtest as the generator has them, figure by figure', async () => {
    const { service } = opened
    const prices = valueOf(await service.datasets()).filter(({ kind }) => kind === 'prices')
    const { demand } = await handedOver(service, {
      datasets: prices.map(({ id }) => id),
      flights: false,
      demand: { words: null, weights: [] },
    })
    const own = demandColumns(market)
    // A file does not know a negative zero.
    own.news.sentiment = own.news.sentiment.map((mood) => mood + 0)
    const wrong = demand!.problems.map(({ kind }) => kind)
    expect(wrong).toEqual(own.incidents.resolved.some(Number.isNaN) ? ['no-end'] : [])
    for (const table of ['companies', 'products', 'tickets', 'adoption', 'incidents', 'news'] as const) {
      const columns: Record<string, ArrayLike<unknown>> = { ...own[table] }
      const imported: Record<string, ArrayLike<unknown>> = { ...demand![table] }
      expect(Object.keys(imported).sort()).toEqual(Object.keys(columns).sort())
      for (const [name, column] of Object.entries(columns)) {
        expect(imported[name], `${table}.${name}`).toHaveLength(column.length)
        const values = Array.from(column)
        expect(
          values.findIndex((value, i) => !Object.is(value, imported[name][i])),
          name,
        ).toBe(-1)
      }
    }
  }, 60_000)
})
