import { expect, it } from 'vitest'
import { optionsCsv } from '../../../../datasets/chains/chainsCsv.ts'
import { drawChains } from '../../../../datasets/chains/drawChains.ts'
import { generateMarket } from '../../../../datasets/market.ts'
import { DataService } from '../../../../workers/data/dataService.ts'
import { openNodeDatabase } from '../../../../workers/data/duckdbNode.ts'
import { noKeep } from '../../../../workers/data/keep/noKeep.ts'

it('option chains are recognised and imported whole, no quote refused', async () => {
  const market = generateMarket({ seed: 12, years: 1 })
  const { text, rows } = optionsCsv(drawChains(market), market.dates)
  const database = await openNodeDatabase()
  const service = new DataService(
    () => Promise.resolve(database),
    () => Promise.reject(new Error('no site here')),
    noKeep(''),
  )
  await service.start('http://localhost/', () => undefined)
  const plans = await service.inspect([new File([text], 'chains.csv')], null)
  if (!plans.ok) throw new Error(plans.message)
  const report = await service.importFiles(plans.value)
  await database.close()
  if (!report.ok) throw new Error(report.message)
  expect(report.value.datasets[0]).toMatchObject({ kind: 'options', rows, refused: 0 })
}, 120_000)
