import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeShared, hasShared } from '../shared.ts'
import { importMessy, messyFiles, type MessyResult } from './messyFiles.ts'
import { messyTable } from './messyTable.ts'
import { fileAt, openService, valueOf, type OpenedService } from './openService.ts'
import { messyFolder } from './messyFiles.ts'

const files = hasShared ? messyFiles() : []
const longest = 10_000

describeShared('messy files', () => {
  let opened: OpenedService
  const results: MessyResult[] = []
  beforeAll(async () => {
    opened = await openService()
  })
  afterAll(() => opened.close())

  it.each(files)(
    '%s ends in rows that add up or in a sentence',
    async (path) => {
      const result = await importMessy(opened, path)
      results.push(result)
      if (result.outcome !== 'loaded') expect(result.message).toMatch(/….*[.]$/s)
      if (result.outcome === 'told') expect(result.loaded).toBe(0)
      else expect(result.loaded + result.refused).toBe(result.recordsIn)
    },
    longest,
  )

  it('the table of results is the one in the repository', () => {
    const path = join(import.meta.dirname, '..', '..', 'messy-files.md')
    expect(existsSync(path)).toBe(true)
    expect(messyTable(results)).toBe(readFileSync(path, 'utf8'))
  })

  it('where the right records are known, no record of theirs is read as another', () => {
    const others = results.filter(({ reading }) => reading !== null && reading.other > 0)
    // An expectation that differs from its own file, a second table of the same width, and cells that the
    // collection blanked: what is read is what the file says.
    expect(others.map(({ path }) => path)).toEqual([
      'csv-spectrum/csvs/location_coordinates.csv',
      'pollock/polluted/file_multitable_same.csv',
      'pollock/survey/2004-2016.csv',
      'pollock/survey/mos-oct-dec-2014.csv',
    ])
    for (const { reading, path } of results) {
      if (reading && path.startsWith('pollock/polluted/row_'))
        expect(reading.right).toBeGreaterThanOrEqual(83)
    }
  })

  it.each(files)(
    '%s insisted on as prices ends in rows that add up or in a sentence',
    async (path) => {
      const { service } = opened
      const [plan] = valueOf(await service.inspect([await fileAt(join(messyFolder, path))], 'prices'))
      const insisted = { ...plan, symbol: plan.symbol === '' ? 'TEST' : plan.symbol, dateAmbiguous: false }
      const report = valueOf(await service.importFiles([insisted]))
      expect(report.datasets.length + report.failed.length).toBe(1)
      for (const { message } of report.failed) expect(message).toContain(plan.fileName)
      for (const dataset of report.datasets) {
        const refused = valueOf(await service.refused(dataset.id, Infinity))
        expect(refused).toHaveLength(dataset.refused)
        for (const { line, reason } of refused) {
          expect(line).toBeGreaterThan(0)
          expect(reason).toMatch(/^[A-Z].*\.$/)
        }
        valueOf(await service.remove(dataset.id))
      }
    },
    longest,
  )
})
