import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import type { Page } from '@playwright/test'
import { expect, optionsReport, test } from './page.ts'
import { chooseFiles, csvFile, pricesCsv, saved, upload } from './upload.ts'

/** Names in the folder where files are kept. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names: string[] = []
    const root = await navigator.storage.getDirectory()
    for await (const [name, handle] of root.entries()) {
      if (handle.kind === 'file') names.push(name)
      else for await (const inner of handle.keys()) names.push(inner)
    }
    return names
  })
}
const copies = async (page: Page) => (await kept(page)).filter((name) => name.startsWith('copy-'))

async function openData(page: Page): Promise<void> {
  await page.goto(optionsReport)
  await page.getByRole('navigation').getByRole('link', { name: /^Data/ }).click()
  await expect(page.locator('[data-phase="ready"]')).toBeVisible({ timeout: 60_000 })
}
const listed = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Datasets' }).getByRole('row').filter({ hasText: name })

/** Daily prices of many symbols, about `megabytes` long. */
async function writeLong(path: string, megabytes: number): Promise<void> {
  const out = createWriteStream(path)
  out.write('symbol,date,open,high,low,close,volume\n')
  for (let symbol = 0, bytes = 0; bytes < megabytes * 1e6; symbol++) {
    const rows: string[] = []
    for (let day = 0; day < 5_000; day++) {
      const date = new Date(Date.UTC(2004, 0, 1 + day)).toISOString().slice(0, 10)
      rows.push(`S${symbol},${date},10.5,11.25,10.25,10.75,${100_000 + day}\n`)
    }
    const text = rows.join('')
    bytes += text.length
    if (!out.write(text)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

test('an upload is there after a reload, without being asked for', async ({ page }) => {
  await page.goto(optionsReport)
  await upload(page, csvFile('KO.csv', pricesCsv(300)))
  await page.reload()
  await openData(page)
  await expect(listed(page, 'KO.csv')).toContainText('300')
  expect(await copies(page)).toHaveLength(1)
})

test('a tab killed in the middle of an import leaves the earlier state and no half copies', async ({
  page,
  context,
}, testInfo) => {
  const long = testInfo.outputPath('LONG.csv')
  await writeLong(long, 80)
  await page.goto(optionsReport)
  await upload(page, csvFile('KO.csv', pricesCsv(300)))
  await chooseFiles(page, long)
  await page.getByRole('button', { name: 'Import 1 file' }).click()
  await expect.poll(() => copies(page), { intervals: [20] }).toHaveLength(2)
  await page.close()

  const next = await context.newPage()
  await openData(next)
  await expect(listed(next, 'KO.csv')).toContainText('300')
  await expect(listed(next, 'LONG.csv')).toHaveCount(0)
  expect(await copies(next)).toHaveLength(1)
})

test('a full storage is told in a sentence, and nothing is lost', async ({ page, context }) => {
  await page.goto(optionsReport)
  await upload(page, csvFile('KO.csv', pricesCsv(300)))
  const { usage = 0 } = await page.evaluate(() => navigator.storage.estimate())
  const session = await context.newCDPSession(page)
  const { origin } = new URL(page.url())
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 20_000 })
  await upload(page, csvFile('PEP.csv', pricesCsv(3_000)))
  await expect(page.getByText(/There is no room to keep PEP\.csv for the next visit/).first()).toBeVisible()
  await expect(listed(page, 'PEP.csv')).toContainText('3,000')
  expect(await copies(page)).toHaveLength(1)
  await page.reload()
  await openData(page)
  await expect(listed(page, 'KO.csv')).toContainText('300')
  await expect(listed(page, 'PEP.csv')).toHaveCount(0)
})

test('a storage that fills up in the middle of a copy lets the import go on', async ({
  page,
  context,
}, testInfo) => {
  const long = testInfo.outputPath('LONG.csv')
  await writeLong(long, 80)
  await page.goto(optionsReport)
  await upload(page, csvFile('KO.csv', pricesCsv(300)))
  const session = await context.newCDPSession(page)
  const { origin } = new URL(page.url())
  await chooseFiles(page, long)
  await page.getByRole('button', { name: 'Import 1 file' }).click()
  await expect.poll(() => copies(page), { intervals: [20] }).toHaveLength(2)
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 })
  await expect(page.locator('#result-heading')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/There is no room to keep LONG\.csv for the next visit/).first()).toBeVisible()
  expect(await copies(page)).toHaveLength(1)
})

test('two tabs import at once, and each ends with the files of both', async ({ page, context }) => {
  const other = await context.newPage()
  await Promise.all([openData(page), openData(other)])
  await Promise.all([
    upload(page, csvFile('KO.csv', pricesCsv(300))),
    upload(other, csvFile('PEP.csv', pricesCsv(400))),
  ])
  for (const tab of [page, other]) {
    await tab.reload()
    await openData(tab)
    await expect(listed(tab, 'KO.csv')).toContainText('300')
    await expect(listed(tab, 'PEP.csv')).toContainText('400')
  }
  expect(await copies(page)).toHaveLength(2)
})

test('what another tab imports appears here', async ({ page, context }) => {
  const other = await context.newPage()
  await openData(other)
  await openData(page)
  await upload(page, csvFile('NKE.csv', pricesCsv(300)))
  await expect(listed(other, 'NKE.csv')).toContainText('300')
})

test('forgetting everything really does', async ({ page }) => {
  await page.goto(optionsReport)
  await upload(page, csvFile('KO.csv', pricesCsv(300)))
  expect(await copies(page)).toHaveLength(1)
  await page.getByRole('button', { name: 'Forget everything' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forget everything' }).click()
  await expect(listed(page, 'KO.csv')).toHaveCount(0)
  await expect(page.getByText('Everything is forgotten.', { exact: false })).toBeVisible()
  expect(await kept(page)).toEqual([])
  await page.reload()
  await openData(page)
  await expect(listed(page, 'Simulated market').first()).toBeVisible()
  await expect(listed(page, 'KO.csv')).toHaveCount(0)
})

test('a project saved here opens in another browser', async ({ page, browser }, testInfo) => {
  await page.goto(optionsReport)
  await upload(page, [csvFile('KO.csv', pricesCsv(300)), csvFile('PEP.csv', pricesCsv(400))])
  const project = await saved(page, () => page.getByRole('button', { name: 'Save project' }).click())
  const path = testInfo.outputPath(project.name)
  await writeFile(path, project.bytes)

  const elsewhere = await browser.newContext({ baseURL: testInfo.project.use.baseURL })
  const there = await elsewhere.newPage()
  await openData(there)
  await there.getByLabel('Open project').setInputFiles(path)
  await expect(listed(there, 'KO.csv')).toContainText('300')
  await expect(listed(there, 'PEP.csv')).toContainText('400')
  await there.reload()
  await openData(there)
  await expect(listed(there, 'PEP.csv')).toContainText('400')
  await elsewhere.close()
})
