import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PanelMessage } from '../../../../workers/data/api.ts'
import { isoOf } from '../../../../workers/data/read/dates.ts'
import { sliceOf, type ChainSlice, type ChainTables } from '../../../../workers/quant/chainTables.ts'
import { describeShared, sharedPath } from '../../shared.ts'
import { fileAt, importAll, openService, valueOf, type OpenedService } from '../openService.ts'

const options = (...names: string[]) => sharedPath('realdata', 'options', ...names)
const prices = (...names: string[]) => sharedPath('realdata', 'prices', ...names)

describeShared('real chains of several layouts, beside prices', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  }, 60_000)
  afterAll(() => opened.close())

  async function chainsOf(files: string[], priceFile: string): Promise<ChainTables> {
    const { service } = opened
    const chains = await importAll(service, await Promise.all(files.map(fileAt)), 'options')
    expect(chains.failed).toEqual([])
    const market = await importAll(service, [await fileAt(priceFile)], 'prices')
    const { port1, port2 } = new MessageChannel()
    const arrived = new Promise<PanelMessage>((resolve) => {
      port2.onmessage = ({ data }: MessageEvent<PanelMessage>) => resolve(data)
    })
    service.connect(port1)
    const idsOf = (report: typeof chains) => report.datasets.map(({ id }) => id)
    const request = { datasets: idsOf(market), signals: null, flights: false, chains: idsOf(chains) }
    valueOf(await service.buildPanel(request))
    const { panel } = await arrived
    port1.close()
    port2.close()
    for (const { id } of [...chains.datasets, ...market.datasets]) valueOf(await service.remove(id))
    return panel.chains!
  }

  it('Apple around its 7:1 split: every day in the shares of that day, contracts of before it left out', async () => {
    const folder = 'lean_aapl_universes'
    const days = ['05', '06', '09', '10'].map((day) => options(folder, `aapl_201406${day}.csv`))
    const chains = await chainsOf(days, prices('lean', 'aapl_daily.csv'))
    const slices = new Map<string, ChainSlice>()
    chains.slices.day.forEach((day, slice) => slices.set(isoOf(day), sliceOf(chains, slice)))
    const facts = [...slices].map(([day, { spot, rows }]) => [
      day,
      spot,
      Math.min(...rows.strike),
      Math.max(...rows.strike),
    ])
    expect(facts).toEqual([
      ['2014-06-05', 647.35, 195, 1050],
      // Nothing has a price on the last day before the split.
      ['2014-06-09', 93.7, 27.86, 150],
      ['2014-06-10', 94.25, 27.86, 150],
    ])
    expect(slices.get('2014-06-09')).toMatchObject({ quoted: false, rows: { strike: { length: 2180 } } })
    const texts = chains.problems.map(({ text }) => text)
    expect(texts[0]).toMatch(
      /^4,360 quotes are of contracts as they were before a split \(AAPL 2014-06-09: 2180/,
    )
    expect(texts[1]).toMatch(/^1 chain has no price at all \(AAPL 2014-06-06\)/)
  }, 60_000)

  it('SPY, whose share has no price in use, keeps all that can be quoted and no old trade', async () => {
    const chains = await chainsOf([options('SPY_options_yf_20250826.csv')], prices('lean', 'aapl_daily.csv'))
    // Of 7,011 contracts five have neither a price nor a trade nor open interest, and a placeholder of a volatility.
    expect(chains.rows.strike).toHaveLength(7006)
    expect(chains.underlyings).toEqual({ symbol: ['SPY'], quoted: [true] })
    expect(chains.slices.spot).toEqual(Float64Array.of(NaN))
    expect(chains.problems.map(({ count }) => count)).toEqual([5, 137])
    expect(chains.rows.last.filter((price) => price > 0).length).toBeLessThanOrEqual(7011 - 3770)
  }, 60_000)

  it('Microsoft beside prices adjusted for dividends: the chain speaks for itself', async () => {
    const file = options('msft_22-November-2021.csv')
    const chains = await chainsOf([file], prices('benchmark', 'MSFT.csv'))
    expect(chains.rows.strike).toHaveLength(1995)
    expect(chains.slices.spot).toEqual(Float64Array.of(NaN))
    expect(chains.problems.map(({ text }) => text)).toEqual([
      expect.stringContaining('(MSFT 2021-11-22: 342.25, not 329.43)'),
    ])
  }, 60_000)
})
