import { afterEach, expect, it } from 'vitest'
import { MemoryBrowser } from '../keep/memoryBrowser.ts'
import { csv, importAll, openService, valueOf, type OpenedService } from '../openService.ts'
import { collectedFile } from './collectedFiles.ts'

const opened: OpenedService[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

/** A tab of a browser, with empty tables. */
async function visit(browser: MemoryBrowser) {
  const nothing = () => Promise.resolve(new Response('', { status: 404 }))
  const one = await openService(nothing, () => undefined, browser.tab().keep)
  opened.push(one)
  return one.service
}
const bar = { symbol: 'ACME', date: '2024-03-15', open: 1, high: 1, low: 1, close: 1, volume: 1 }
const file = csv('ACME.csv', 'Date,Open,High,Low,Close,Volume\n2024-03-14,1,1,1,1,1\n')

it('what was collected is not kept twice: it comes with the collection, the files with what is kept', async () => {
  const browser = new MemoryBrowser()
  const service = await visit(browser)
  await importAll(service, [file])
  const used = browser.used()
  valueOf(await service.takeCollected([collectedFile('prices', [bar])]))
  expect(browser.used()).toBe(used)
  const restored = valueOf(await (await visit(browser)).restore())
  expect(restored.map(({ name }) => name)).toEqual(['ACME.csv'])
})

it('a project says that it is not in it, and where it is exported', async () => {
  const service = await visit(new MemoryBrowser())
  await importAll(service, [file])
  valueOf(await service.takeCollected([collectedFile('prices', [bar])]))
  const project = new File(
    [valueOf(await service.exportProject({ link: '#v1', family: '', models: [] }))],
    'all.contrail',
  )
  const { report } = valueOf(await (await visit(new MemoryBrowser())).importProject(project))
  expect(report.datasets.map(({ name }) => name)).toEqual(['ACME.csv'])
  expect(report.failed).toMatchObject([
    {
      fileName: 'Collected prices',
      message: expect.stringContaining('Export it from the Live view') as string,
    },
  ])
})

it('forgetting everything takes it out of the tables; reading back and removing leave the kept files alone', async () => {
  const browser = new MemoryBrowser()
  const service = await visit(browser)
  await importAll(service, [file])
  const all = valueOf(await service.takeCollected([collectedFile('prices', [bar])]))
  expect(valueOf(await service.restore())).toEqual([])
  valueOf(await service.remove(all.find(({ collected }) => collected)!.id))
  expect(valueOf(await (await visit(browser)).restore())).toHaveLength(1)
  valueOf(await service.takeCollected([collectedFile('prices', [bar])]))
  valueOf(await service.forgetEverything())
  expect(valueOf(await service.datasets())).toEqual([])
})
