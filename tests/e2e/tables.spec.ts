import type { Page } from '@playwright/test'
import { expect, optionsReport, settled, test } from './page.ts'
import { csvFile, saved, upload } from './upload.ts'

async function open(page: Page, view: 'Tables' | 'SQL'): Promise<void> {
  await page.goto(optionsReport)
  await settled(page)
  await page.getByRole('navigation').getByRole('link', { name: view }).click()
  await expect(page.getByRole('heading', { level: 1, name: view })).toBeVisible()
}

const inSight = (page: Page) => page.getByTestId('rows-in-sight')

test('a table is walked by keyboard from end to end', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, 'Tables')
  await expect(inSight(page)).toHaveText(/^Rows 1–\d+ of [\d,]{6,}$/)
  const grid = page.getByRole('grid')
  const total = Number(await grid.getAttribute('aria-rowcount')) - 1
  await grid.focus()
  await page.keyboard.press('Control+End')
  await expect(inSight(page)).toHaveText(new RegExp(`–${total.toLocaleString('en-US')} of`))
  await expect(grid.locator(`[aria-rowindex="${total + 1}"]`)).toHaveAttribute('aria-busy', 'false')
  await page.keyboard.press('PageUp')
  await page.keyboard.press('Control+Home')
  await expect(inSight(page)).toHaveText(/^Rows 1–/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Control+c')
  await expect(page.getByText('Cell copied.')).toBeVisible()
  const cell = await grid.locator('[aria-rowindex="3"] [role="gridcell"]').first().textContent()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(cell?.trim())
})

test('a head sorts, a field beneath it filters, a picture shows what the column holds', async ({ page }) => {
  await open(page, 'Tables')
  await page.getByRole('button', { name: 'volume' }).click()
  await page.getByRole('button', { name: 'volume' }).click()
  await expect(page.getByRole('columnheader', { name: 'volume' })).toHaveAttribute('aria-sort', 'descending')
  const volumes = async () => {
    const heads = await page.getByRole('columnheader').allTextContents()
    const at = heads.findIndex((head) => head.includes('volume'))
    const rows = page.locator('[role="row"][aria-rowindex]:not([aria-rowindex="1"])')
    const cells = await rows.locator(`[role="gridcell"]:nth-child(${at + 1})`).allTextContents()
    return cells.map((text) => Number(text.replaceAll(',', '')))
  }
  await expect
    .poll(async () => {
      const seen = await volumes()
      return seen.length > 5 && seen.every((value, i) => i === 0 || value <= seen[i - 1])
    })
    .toBe(true)
  await page.getByLabel('Filter volume').fill('>100000000')
  await expect.poll(async () => (await volumes()).every((value) => value > 100_000_000)).toBe(true)
  await page.getByLabel('Filter close').fill('>many')
  await expect(page.getByRole('alert')).toContainText('“many” is no number for close')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'Column summaries' }).click()
  await expect(page.getByRole('img', { name: /different values, from/ }).first()).toBeVisible()
})

test('values that try to be a page, a formula or SQL are shown as what they are', async ({ page }) => {
  const hostile = `<img src=x onerror="document.title='taken'">`
  const rows = [hostile, `=cmd()`, `x'); DROP TABLE dataset_1; --`].map((owner, i) =>
    ['a0000' + i, '', '', '', '', '', `"${owner.replaceAll('"', '""')}"`].join(','),
  )
  await page.goto(optionsReport)
  await upload(
    page,
    csvFile(
      `<b>'); DROP TABLE dataset_1; --.csv`,
      ['icao24,registration,symbol,valid_from,valid_to,type,owner', ...rows].join('\n'),
    ),
  )
  await page.getByRole('navigation').getByRole('link', { name: 'Tables' }).click()
  await page.getByLabel('Table', { exact: true }).selectOption('aircraft')
  await expect(page.getByRole('gridcell', { name: hostile })).toBeVisible()
  await page.getByLabel('Filter owner').fill(`'); DROP`)
  await expect(inSight(page)).toHaveText('Rows 1–1 of 1')
  await page.getByRole('navigation').getByRole('link', { name: 'SQL' }).click()
  await write(page, 'SELECT dataset, owner FROM aircraft ORDER BY line')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('gridcell', { name: hostile })).toBeVisible()
  const file = await saved(page, () => page.getByRole('button', { name: 'Save as CSV' }).click())
  expect(file.bytes.toString()).toContain(`,'=cmd()`)
  expect(await page.title()).not.toBe('taken')
})

async function write(page: Page, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'SQL statement' })
  await editor.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

test('a statement runs, its result is a table, a chart and a file', async ({ page }) => {
  await open(page, 'SQL')
  await write(page, `SELECT date, avg(close) AS close FROM prices GROUP BY date ORDER BY date`)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: /^[\d,]+ rows, 2 columns$/ })).toBeVisible()
  await expect(page.getByRole('gridcell', { name: '2020-01-02' })).toBeVisible()
  for (const [name, start] of [
    ['CSV', 'date,close'],
    ['Arrow', 'ARROW1'],
    ['Parquet', 'PAR1'],
  ]) {
    const file = await saved(page, () => page.getByRole('button', { name: `Save as ${name}` }).click())
    expect(file.name).toBe(`contrail-result.${name.toLowerCase()}`)
    expect(file.bytes.subarray(0, start.length).toString()).toBe(start)
  }
  await page.getByText('Chart', { exact: true }).click()
  await expect(page.getByRole('group', { name: 'close over date' }).locator('canvas')).toBeVisible()
  await page.reload()
  await page.getByLabel('History').selectOption({ index: 1 })
  await expect(page.getByRole('textbox', { name: 'SQL statement' })).toContainText('avg(close)')
})

test('columns are suggested before the statement names its tables, and only theirs after', async ({
  page,
}) => {
  await open(page, 'SQL')
  await write(page, '')
  await page.keyboard.type('SELECT strik')
  await expect(page.getByRole('option', { name: 'strike' })).toBeVisible()
  await page.keyboard.press('Escape')
  await write(page, '')
  await page.keyboard.type('SELECT c FROM prices')
  for (let back = 0; back < ' FROM prices'.length; back++) await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('l')
  await expect(page.getByRole('option', { name: /^close/ })).toBeVisible()
  await expect(page.getByRole('option', { name: /^closed|tables$/ })).toHaveCount(0)
})

test('a statement that is wrong is told where; one that would write is refused', async ({ page }) => {
  await open(page, 'SQL')
  await write(page, 'SELECT nope FROM prices')
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByRole('alert')).toContainText('There is no column nope in these tables.')
  await expect(page.getByRole('alert')).toContainText('LINE 1: SELECT nope')
  await write(page, 'CREATE TABLE mine.own AS SELECT 1 AS one')
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByRole('alert')).toContainText('Only reading is allowed now')
  await page.getByLabel('Read only').uncheck()
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await write(page, 'DROP VIEW prices')
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByRole('alert')).toContainText('The tables of your files cannot be changed here.')
})

test('a statement that would run for hours is stopped, and the next one runs', async ({ page }) => {
  await open(page, 'SQL')
  await write(page, 'SELECT count(*) FROM prices a, prices b, prices c WHERE a.close + b.close > c.close')
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByTestId('sql-status')).toHaveText(/^Running, [1-9]/)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('alert')).toContainText('Stopped', { timeout: 5_000 })
  await write(page, 'SELECT 42 AS answer')
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByRole('gridcell', { name: '42' })).toBeVisible()
})

test('on a phone nothing but the table scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 760 })
  for (const view of ['Tables', 'SQL'] as const) {
    await open(page, view)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375)
  }
})
