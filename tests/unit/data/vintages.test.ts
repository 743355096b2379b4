import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csv, importAll, openService, valueOf, type OpenedService } from './openService.ts'

const head = 'Date,Open,High,Low,Close,Volume\n'
const day = (date: string, close: number) => `${date},10,20,5,${close},100\n`

describe('a file that is imported again under the same name', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  })
  afterAll(() => opened.close())
  const load = async (text: string) =>
    (await importAll(opened.service, [csv('ACME.csv', head + text)])).datasets[0]
  const all = async () => valueOf(await opened.service.datasets()).map(({ id }) => id)

  it('takes the place of the earlier one where it only goes on', async () => {
    await load(day('2024-01-02', 11) + day('2024-01-03', 12))
    const longer = await load(day('2024-01-02', 11) + day('2024-01-03', 12) + day('2024-01-04', 13))
    expect(longer.vintageOf).toMatchObject({ changed: 0, removed: 0, added: 0 })
    expect(await all()).toEqual([longer.id])
  })

  it('stands beside the earlier one where its past was rewritten, and says by how much', async () => {
    const rewritten = await load(day('2024-01-02', 11) + day('2024-01-04', 14) + day('2024-01-05', 15))
    expect(rewritten.vintageOf).toMatchObject({ changed: 1, removed: 1, added: 0 })
    expect(await all()).toHaveLength(2)
  })
})
