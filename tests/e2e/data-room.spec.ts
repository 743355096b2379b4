import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, hasShared, optionsReport, realPrices, settled, test } from './page.ts'
import { chooseFiles, csvFile, pricesCsv, saved, upload } from './upload.ts'

const datasets = (page: Page) => page.getByRole('region', { name: 'Datasets' })
const rowOf = (page: Page, file: string) => datasets(page).getByRole('row').filter({ hasText: file })
const details = (page: Page, file: string) => page.getByRole('button', { name: `Details of ${file}` })

test('columns with names of their own are mapped by hand, and the mapping is remembered', async ({
  page,
}) => {
  const text = (days: string[]) =>
    ['wann,wer,wieviele', ...days.map((day, i) => `${day},ACME,${i + 3}`)].join('\n')
  await page.goto(optionsReport)
  await chooseFiles(page, csvFile('eins.csv', text(['2024-01-02', '2024-01-03', '2024-01-04'])))
  await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0)
  await page.getByRole('combobox', { name: 'It holds' }).selectOption('tickets')
  const columns = page.getByRole('group', { name: 'What its columns mean' })
  await columns.getByRole('combobox', { name: 'Symbol', exact: true }).selectOption('wer')
  await columns.getByRole('combobox', { name: 'Date', exact: true }).selectOption('wann')
  await columns.getByRole('combobox', { name: 'Count', exact: true }).selectOption('wieviele')
  await expect(page.getByRole('cell', { name: '2 January 2024' })).toBeVisible()
  await page.getByRole('button', { name: 'Import 1 file' }).click()
  await expect(page.locator('#result-heading')).toHaveText('3 rows imported from 1 file')
  await expect(rowOf(page, 'eins.csv')).toContainText('ACME')
  await expect(rowOf(page, 'eins.csv')).toContainText('when known: assumed')

  await chooseFiles(page, csvFile('zwei.csv', text(['2024-02-01', '2024-02-02'])))
  await expect(page.getByText('Mapping remembered from last time.')).toBeVisible()
  await page.getByRole('button', { name: 'Import 1 file' }).click()
  await expect(page.locator('#result-heading')).toHaveText('2 rows imported from 1 file')
  await expect(datasets(page).getByText('Tickets', { exact: true })).toBeVisible()
})

test('rows are counted before the import, and a group stays open while a file in it is edited', async ({
  page,
}) => {
  const files = Array.from({ length: 8 }, (_, i) =>
    csvFile(`CO${i}.csv`, pricesCsv(60) + 'someday,1,1,1,1,1\n'),
  )
  await page.goto(optionsReport)
  await chooseFiles(page, files)
  await expect(page.getByText('480 rows to import, 8 to be refused.')).toBeVisible()
  await page.locator('summary').filter({ hasText: 'Prices' }).click()
  await details(page, 'CO3.csv').click()
  await expect(page.getByText('1 row will be refused and kept with the reason.').first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Symbol', exact: true }).nth(3).fill('ACME')
  await expect(page.getByText('First rows as read')).toBeVisible()
  await page.getByRole('button', { name: 'Import 8 files' }).click()
  await expect(page.locator('#result-heading')).toHaveText('480 rows imported from 8 files')
  await expect(page.locator('#result-heading')).toBeInViewport()
})

test('what is the same for the whole file is typed once', async ({ page }) => {
  const rows = Array.from(
    { length: 20 },
    (_, i) => `${i + 1},2024-03-${String(i + 1).padStart(2, '0')}T10:00:00Z,minor`,
  )
  await page.goto(optionsReport)
  await chooseFiles(page, csvFile('outages.csv', ['id,started_at,severity', ...rows].join('\n')))
  await page.getByRole('combobox', { name: 'It holds' }).selectOption('incidents')
  await page.getByRole('textbox', { name: 'Symbol', exact: true }).fill('MSFT')
  await page.getByRole('button', { name: 'Import 1 file' }).click()
  await expect(rowOf(page, 'outages.csv')).toContainText('MSFT')
})

test('refused rows are counted by reason and saved with file, line and reason', async ({ page }) => {
  const good = pricesCsv(40).trimEnd().split('\n')
  good.splice(10, 0, '2020-01-15,=1+1,1,1,1,1', 'someday,1,1,1,1,1', '2020-01-16,x,1,1,1,1')
  await page.goto(optionsReport)
  await upload(page, csvFile('PART.csv', good.join('\n')))
  await expect(page.getByText('3 rows refused, each kept with its reason.')).toBeVisible()
  const { name, bytes } = await saved(page, () =>
    page.getByRole('button', { name: 'Download refused rows of PART.csv' }).click(),
  )
  expect(name).toBe('refused-PART.csv')
  const lines = bytes.toString().trimEnd().split('\r\n')
  expect(lines[0]).toBe('file,line,column,value,reason')
  expect(lines).toHaveLength(4)
  expect(lines[1]).toMatch(/^PART\.csv,11,Open,'=1\+1,/)
})

test('names and values that try SQL or HTML are text everywhere', async ({ page }) => {
  page.on('dialog', () => expect(false, 'a script of the file ran').toBe(true))
  const evil = `"'; DROP TABLE prices; --","<img src=x onerror=alert(1)>",symbol,date,open,high,low,close`
  const cells = `"<script>alert(2)</script>","'); DELETE FROM prices; --"`
  const rows = Array.from(
    { length: 30 },
    (_, i) => `${cells},"<b>X</b>","2024-01-${String(i + 1).padStart(2, '0')}",10,11,9,10`,
  )
  await page.goto(optionsReport)
  await chooseFiles(page, csvFile(`'; DROP TABLE dataset_1; -- <i>.csv`, [evil, ...rows].join('\n')))
  await expect(page.getByText(`'; DROP TABLE prices; --`).first()).toBeVisible()
  await page.getByRole('button', { name: 'Import 1 file' }).click()
  await expect(page.locator('#result-heading')).toHaveText('30 rows imported from 1 file')
  await expect(rowOf(page, 'DROP TABLE')).toContainText('<B>X</B>')
  await expect(page.locator('main :is(img, script, main i, th b)')).toHaveCount(0)
  await expect(rowOf(page, 'Simulated market')).toContainText(/\d\d,\d\d\d/)
})

test('what was imported is there on return, and forgotten when asked for', async ({ page }) => {
  await page.goto(optionsReport)
  await upload(page, [csvFile('STAY.csv', pricesCsv(300)), csvFile('BACK.csv', pricesCsv(200))])
  await page.evaluate(() => localStorage.setItem('contrail.sql.history', '["SELECT 1"]'))
  const link = page.url()
  await page.goto('about:blank')
  await page.goto(link)
  await settled(page)
  await expect(rowOf(page, 'STAY.csv')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Use STAY.csv' })).toBeChecked()
  await expect(page.getByText('that is not here')).toHaveCount(0)

  const kept = page.getByRole('region', { name: 'Kept for your next visit' })
  await expect(kept).toContainText('2 files')
  const project = await saved(page, () => kept.getByRole('button', { name: 'Save project' }).click())
  expect(project.name).toMatch(/^contrail-.*\.contrail$/)

  await kept.getByRole('button', { name: 'Forget everything' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('2 imported files')
  await expect(dialog).toContainText('history of the SQL console')
  await dialog.getByRole('button', { name: 'Forget everything' }).click()
  await expect(rowOf(page, 'STAY.csv')).toHaveCount(0)
  await expect(kept).toContainText('Everything is forgotten')
  await page.reload()
  await settled(page)
  await expect(kept).toContainText('no files')
  await expect(rowOf(page, 'STAY.csv')).toHaveCount(0)
  expect(await page.evaluate(() => localStorage.getItem('contrail.sql.history'))).toBeNull()

  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({ name: project.name, mimeType: 'application/zip', buffer: project.bytes })
  await expect(page.locator('#result-heading')).toHaveText('500 rows imported from 2 files')
  await page.getByRole('button', { name: 'Take over its settings' }).click()
  await expect(page.getByRole('checkbox', { name: 'Use BACK.csv' })).toBeChecked()
})

test('a template of the guide is read as it is', async ({ page }) => {
  await page.goto(optionsReport)
  await page.getByRole('navigation').getByRole('link', { name: 'Guide' }).click()
  await page.getByRole('link', { name: 'Formats by table' }).click()
  await page.locator('[id="entry-table.flights"] > summary').click()
  const { name, bytes } = await saved(page, () =>
    page.getByRole('button', { name: 'Download a template of Flights' }).click(),
  )
  expect(name).toBe('flights-template.csv')
  await upload(page, csvFile(name, bytes.toString()))
  await expect(rowOf(page, name)).toContainText('a1b2c3')
  await expect(
    page.getByText('Jet reads them together with prices of your own', { exact: false }),
  ).toBeVisible()
})

test.describe('real files', () => {
  test.skip(!hasShared, 'needs the real files beside the repository')

  test('a folder of everything is sorted by table, and every row is loaded or refused', async ({ page }) => {
    const expected = JSON.parse(readFileSync(realPrices('..', 'expectations.json'), 'utf8')) as Record<
      string,
      { rows: number }
    >
    await page.goto(optionsReport)
    await page.getByRole('navigation').getByRole('link', { name: /^Data/ }).click()
    await expect(page.locator('[data-phase="ready"]')).toBeVisible({ timeout: 60_000 })
    await page.locator('input[webkitdirectory]').setInputFiles(realPrices('..', 'flights'))
    await expect(page.getByRole('heading', { name: 'Are these 6 files right?' })).toBeVisible()
    for (const table of ['Flights', 'Aircraft', 'Airports', 'Aircraft types'])
      await expect(page.getByRole('heading', { level: 3, name: table, exact: true })).toBeVisible()
    await expect(page.getByText('Reports of an aircraft will be joined into flights.')).toBeVisible()
    await page.getByRole('button', { name: 'Import 6 files' }).click()
    await expect(page.locator('#result-heading')).toContainText('from 6 files', { timeout: 60_000 })
    await expect(rowOf(page, 'plane-alert-db.csv').locator('[data-unit="rows"]')).toHaveText('17,198')
    await expect(rowOf(page, 'vrs_us_aircraft.csv').locator('[data-unit="rows"]')).toHaveText('4,233')
    await expect(rowOf(page, 'icao_aircraft_types.json').locator('[data-unit="rows"]')).toHaveText('2,700')
    await expect(rowOf(page, 'opensky_departures_LSZB.json').locator('[data-unit="rows"]')).toHaveText('29')
    const airports = await rowOf(page, 'openflights_airports.csv').locator('[data-unit]').allTextContents()
    const [rows, refused] = airports.map((text) => Number(text.replace(/\D/g, '')))
    expect(rows + refused).toBe(expected['flights/openflights_airports.csv'].rows)
    await expect(page.getByText(/3,915 records became \d+ rows/)).toBeVisible()
  })

  test('a chain whose day stands in its name only is read with calls and puts', async ({ page }) => {
    await page.goto(optionsReport)
    await upload(page, realPrices('..', 'options', 'msft_22-November-2021.csv'))
    await expect(page.locator('#result-heading')).toHaveText('1,995 rows imported from 1 file')
    await expect(rowOf(page, 'msft_22-November-2021.csv')).toContainText('22 Nov 2021')
    await expect(details(page, 'msft_22-November-2021.csv')).toHaveCount(0)
  })
})
