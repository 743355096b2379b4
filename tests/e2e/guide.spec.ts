import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expectNoFaults } from './faults.ts'
import { expect, optionsReport, test } from './page.ts'

const { dependencies } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'),
) as { dependencies: Record<string, string> }

test('a word on the page leads to the guide and back; About names what the page is made of', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(request.url()))
  await page.goto('./')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(loaded.filter((url) => /glossary|GuideView|licences/i.test(url))).toEqual([])

  await test.step('a hint leads to its entry, “back” to the report', async () => {
    await page.goto(optionsReport)
    await page.getByRole('button', { name: 'What is Sharpe ratio?' }).first().click()
    await page.getByRole('link', { name: 'More in the guide: Sharpe ratio' }).click()
    await expect(page.getByRole('heading', { level: 2, name: 'Metrics' })).toBeVisible()
    await expect(page.getByTestId('asked')).toContainText('Sharpe ratio.')
    await expect(page.locator('[data-asked]')).toBeFocused()
    await expect(page.locator('math').first()).toBeVisible()
    await expectNoFaults(page, 'a page of methods')
    await page.goBack()
    await expect(page.getByTestId('headlines')).toBeVisible()
    await page.goForward()
    await expect(page.getByTestId('asked')).toContainText('Sharpe ratio.')
  })

  await test.step('what is looked for is found in all of it', async () => {
    await page.getByRole('searchbox', { name: 'Search the guide' }).fill('ouRAirports')
    await page.getByRole('button', { name: /^Bringing real data/ }).click()
    await expect(page.getByRole('heading', { level: 2, name: 'Bringing real data' })).toBeFocused()
    await page.getByRole('link', { name: 'Files', exact: true }).last().click()
    await expect(page.getByRole('heading', { level: 2, name: 'Files' })).toBeVisible()
  })

  await test.step('every package has its licence and the text of it', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'About' }).click()
    const table = page.getByTestId('licences')
    for (const [name, licence] of [
      ['@duckdb/duckdb-wasm', 'MIT'],
      ['echarts', 'Apache-2.0'],
    ]) {
      const row = table.getByRole('row').filter({ has: page.getByRole('button', { name: `Text: ${name}` }) })
      await expect(row).toContainText(dependencies[name])
      await expect(row).toContainText(licence)
    }
    const names = await table.locator('tbody th').allTextContents()
    for (const name of Object.keys(dependencies))
      expect(
        names.some((text) => text.trim().startsWith(name)),
        name,
      ).toBe(true)
    await table.getByRole('button', { name: 'Text: echarts' }).click()
    await expect(table).toContainText('Apache License')
  })
})
