import { expect, it } from 'vitest'
import { TableBrowser, type Tables } from '../../../../src/components/browse/tableBrowser.svelte.ts'
import type { BrowseQuery } from '../../../../workers/data/api.ts'

function tables(delay: (query: BrowseQuery) => number = () => 0) {
  const asked: BrowseQuery[] = []
  const worker: Tables = {
    async browse(query) {
      asked.push(query)
      await new Promise((resolve) => setTimeout(resolve, delay(query)))
      const value = query.filters[0]?.value ?? query.sort?.column ?? 'whole'
      return {
        ok: true,
        value: {
          columns: [
            { name: 'symbol', type: 'VARCHAR', unit: '', doc: 'Ticker.' },
            { name: 'close', type: 'DOUBLE', unit: 'currency of the file', doc: 'Close.' },
          ],
          rows: [[value, '1']],
          total: 1,
          milliseconds: 0,
        },
      }
    },
    columnSummaries: () => Promise.resolve({ ok: false, code: 'superseded', message: '' }),
  }
  return { worker, asked }
}

it('a head sorts upwards, then downwards, then as in the file', async () => {
  const { worker, asked } = tables()
  const browser = new TableBrowser(worker)
  await browser.open({ datasetId: null, kind: 'prices' })
  for (let i = 0; i < 3; i++) await browser.sortBy('close')
  expect(asked.map(({ sort }) => sort)).toEqual([
    null,
    { column: 'close', descending: false },
    { column: 'close', descending: true },
    null,
  ])
})

it('the answer to an earlier question never overwrites that to a later one', async () => {
  const { worker } = tables(({ filters }) => (filters[0]?.value === 'slow' ? 30 : 1))
  const browser = new TableBrowser(worker)
  await browser.open({ datasetId: null, kind: 'prices' })
  await Promise.all([browser.type('symbol', 'slow'), browser.type('symbol', 'fast')])
  expect(browser.rows.row(0)).toEqual(['fast', '1'])
  expect(browser.loading).toBe(false)
})

it('another table begins without the filters and the order of the last', async () => {
  const { worker, asked } = tables()
  const browser = new TableBrowser(worker)
  await browser.open({ datasetId: null, kind: 'prices' })
  await browser.type('close', '>5')
  await browser.sortBy('close')
  await browser.open({ datasetId: null, kind: 'flights' })
  expect(asked.at(-1)).toMatchObject({ target: { kind: 'flights' }, filters: [], sort: null })
})
