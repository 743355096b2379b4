import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeShared, hasShared, sharedPath } from '../shared.ts'
import { fileAt, openService, valueOf, type OpenedService } from './openService.ts'

const longest = 10_000
const folder = sharedPath('realdata', 'messy')

function filesUnder(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const full = join(path, name)
    return statSync(full).isDirectory() ? filesUnder(full) : [full]
  })
}

const files = hasShared ? filesUnder(folder).map((path) => path.slice(folder.length + 1)) : []

describeShared('messy files imported as prices', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  })
  afterAll(() => opened.close())

  it.each(files)(
    '%s ends in rows that add up or in a sentence',
    async (path) => {
      const { service } = opened
      const before = valueOf(await service.datasets()).length
      const [plan] = valueOf(await service.inspect([await fileAt(join(folder, path))], 'prices'))
      const { fileName } = plan
      for (const problem of plan.problems) expect(problem).toMatch(sentenceAbout(fileName))
      // As a person would who insists: a symbol typed, a form of date chosen.
      const insisted = { ...plan, symbol: plan.symbol === '' ? 'TEST' : plan.symbol, dateAmbiguous: false }
      const report = valueOf(await service.importFiles([insisted]))
      expect(report.datasets.length + report.failed.length).toBe(1)
      for (const { message } of report.failed) expect(message).toMatch(sentenceAbout(fileName))
      for (const dataset of report.datasets) {
        expect(dataset.rows).toBeGreaterThan(0)
        const refused = valueOf(await service.refused(dataset.id, Infinity))
        expect(refused).toHaveLength(dataset.refused)
        for (const { line, reason } of refused) {
          expect(line).toBeGreaterThan(0)
          expect(reason).toMatch(/^[A-Z].*\.$/)
        }
        valueOf(await service.remove(dataset.id))
      }
      expect(valueOf(await service.datasets())).toHaveLength(before)
    },
    longest,
  )
})

/** Names the file, begins with a capital or the file's name, ends with a full stop. */
function sentenceAbout(fileName: string): RegExp {
  return new RegExp(`${fileName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[^]*\\.$`)
}
