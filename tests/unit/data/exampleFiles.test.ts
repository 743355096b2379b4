import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { tableNames } from '../../../workers/data/schema.ts'
import { exampleFile } from '../../../src/state/exampleFiles.ts'
import { fileAt, openService, valueOf, type OpenedService } from './openService.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'public')
let opened: OpenedService
beforeAll(async () => {
  opened = await openService()
})
afterAll(() => opened.close())

it('there is an example of each table, and of nothing else', () => {
  const files = readdirSync(join(folder, 'examples')).map((name) => `examples/${name}`)
  expect(files.sort()).toEqual(tableNames.map(exampleFile).sort())
})

it('all examples are recognised without being told what they are, and imported together without a complaint', async () => {
  const files = await Promise.all(tableNames.map((kind) => fileAt(join(folder, exampleFile(kind)))))
  const plans = valueOf(await opened.service.inspect(files, null))
  expect(plans.map(({ kind }) => kind)).toEqual(tableNames)
  const report = valueOf(await opened.service.importFiles(plans))
  expect(report.datasets.map(({ kind, refused }) => [kind, refused])).toEqual(
    tableNames.map((kind) => [kind, 0]),
  )
  expect(report.datasets.every(({ rows }) => rows > 2)).toBe(true)
})
