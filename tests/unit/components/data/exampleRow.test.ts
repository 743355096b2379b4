import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { templateCsv } from '../../../../src/components/guide/exampleRow.ts'
import { shapeList } from '../../../../src/components/guide/shapeList.ts'
import { tableNames } from '../../../../workers/data/schema.ts'
import { csv, openService, valueOf, type OpenedService } from '../../data/openService.ts'

describe('the template of a table', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  }, 60_000)
  afterAll(() => opened.close())

  test.each(tableNames)('of %s is recognised as what it is and read without a refused row', async (kind) => {
    const { service } = opened
    const [plan] = valueOf(await service.inspect([csv(`${kind}-template.csv`, templateCsv(kind))], null))
    expect([plan.kind, plan.content, plan.problems]).toEqual([kind, 'rows', []])
    const { datasets, failed } = valueOf(await service.importFiles([plan]))
    expect(failed).toEqual([])
    expect([datasets[0].rows, datasets[0].refused]).toEqual([1, 0])
  })

  test('comes with what else is recognised, for every table', () => {
    for (const kind of tableNames) expect(shapeList[kind].length).toBeGreaterThan(0)
  })
})
