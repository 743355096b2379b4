import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainTablesOf } from '../../../../datasets/chains/chainColumns.ts'
import { optionsCsv } from '../../../../datasets/chains/chainsCsv.ts'
import { drawChains } from '../../../../datasets/chains/drawChains.ts'
import { pricesCsv } from '../../../../datasets/csv.ts'
import { generateMarket } from '../../../../datasets/market.ts'
import type { DatasetSummary, PanelMessage } from '../../../../workers/data/api.ts'
import { csv, importAll, openService, valueOf, type OpenedService } from '../../data/openService.ts'

describe('the chains of a simulated market, imported', () => {
  const market = generateMarket({ seed: 12, years: 1 })
  const chains = drawChains(market)
  const file = optionsCsv(chains, market.dates)
  let opened: OpenedService
  let options: DatasetSummary
  beforeAll(async () => {
    opened = await openService()
    const report = await importAll(opened.service, [csv('chains.csv', file.text)], 'options')
    options = report.datasets[0]
    await importAll(opened.service, [csv('prices.csv', pricesCsv(market).text)], 'prices')
  }, 60_000)
  afterAll(() => opened.close())

  it('are recognised and taken in whole, no quote refused', async () => {
    const plans = valueOf(await opened.service.inspect([csv('chains.csv', file.text)], null))
    expect(plans[0].kind).toBe('options')
    expect(options).toMatchObject({ kind: 'options', rows: file.rows, refused: 0, repeated: 0 })
  })

  it('go to the backtest as the generator has them, quote by quote, the raw price of the share beside them', async () => {
    const { service } = opened
    const prices = valueOf(await service.datasets()).filter(({ kind }) => kind === 'prices')
    const { port1, port2 } = new MessageChannel()
    const arrived = new Promise<PanelMessage>((resolve) => {
      port2.onmessage = ({ data }: MessageEvent<PanelMessage>) => resolve(data)
    })
    service.connect(port1)
    const datasets = prices.map(({ id }) => id)
    valueOf(await service.buildPanel({ datasets, signals: null, flights: false, chains: [options.id] }))
    const { panel } = await arrived
    port1.close()
    port2.close()
    expect(panel.chains).toEqual(chainTablesOf(chains, market.dates))
  }, 60_000)
})
