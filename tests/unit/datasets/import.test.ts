import { describe, expect, it } from 'vitest'
import { marketFiles } from '../../../datasets/files.ts'
import { generateMarket } from '../../../datasets/market.ts'
import { marketPanel } from '../../../datasets/panel.ts'
import type { Outcome, PanelMessage } from '../../../workers/data/api.ts'
import { DataService } from '../../../workers/data/dataService.ts'
import { openNodeDatabase } from '../../../workers/data/duckdbNode.ts'
import { noKeep } from '../../../workers/data/keep/noKeep.ts'

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.message} ${outcome.detail ?? ''}`)
  return outcome.value
}

describe('the files of the simulated market, imported as the page does it', () => {
  it('give the very panel that the generator gives, bit by bit', async () => {
    const market = generateMarket({ seed: 11 })
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
    const summary = valueOf(await service.loadSimulated())
    expect(summary).toMatchObject({ simulated: true, refused: 0 })

    const { port1, port2 } = new MessageChannel()
    const arrived = new Promise<PanelMessage>((resolve) => {
      port2.onmessage = ({ data }: MessageEvent<PanelMessage>) => resolve(data)
    })
    service.connect(port1)
    valueOf(await service.buildPanel({ datasets: [summary.id], signals: null }))
    const { panel } = await arrived
    port1.close()
    port2.close()
    await database.close()

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
  }, 180_000)
})
