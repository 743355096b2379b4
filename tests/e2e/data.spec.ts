import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { copiedLink, expect, hasShared, optionsReport, realPrices, settled, test } from './page.ts'
import { chooseFiles, csvFile, pricesCsv, seeReport, upload } from './upload.ts'

test('a packed file is read as it is', async ({ page }) => {
  await page.goto(optionsReport)
  const packed = { name: 'PACK.csv.gz', mimeType: 'application/gzip', buffer: gzipSync(pricesCsv(300)) }
  await upload(page, packed)
  await expect(page.locator('#result-heading')).toHaveText('300 rows imported from 1 file')
  await expect(page.getByRole('row').filter({ hasText: 'PACK.csv.gz' })).toContainText('PACK')
})

test('dates that can be read both ways must be answered', async ({ page }) => {
  const days = pricesCsv(300, (date) =>
    [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear()].join('/'),
  )
  const [head, ...rows] = days.trimEnd().split('\n')
  const both = rows.filter((row) => Number(row.split('/')[0]) <= 12)
  await page.goto(optionsReport)
  await chooseFiles(page, csvFile('BOTH.csv', [head, ...both].join('\n')))
  await expect(page.getByText('How is', { exact: false }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0)
  await page.getByRole('button', { name: /day first/ }).click()
  await page.getByRole('button', { name: 'Import 1 file' }).click()
  await expect(page.locator('#result-heading')).toHaveText(`${both.length} rows imported from 1 file`)
  await expect(page.getByRole('row').filter({ hasText: 'BOTH.csv' })).toContainText('2 Jan 2020')
})

test('forty days of one symbol without a benchmark make no claim', async ({ page }) => {
  await page.goto(optionsReport)
  await upload(page, csvFile('SHORT.csv', pricesCsv(40)))
  await seeReport(page)
  await expect(page.getByRole('combobox', { name: 'Benchmark' })).toHaveValue('')
  await expect(page.getByTestId('verdict')).toContainText(/not assessable|too little/i)
  const rolling = page.getByRole('region', { name: 'Rolling Sharpe' })
  await rolling.scrollIntoViewIfNeeded()
  await expect(rolling).toContainText('A rolling year needs more than 252 trading days.')
})

test('a removal can be undone; then the simulated market takes the place of what is gone', async ({
  page,
}) => {
  await page.goto(optionsReport)
  await upload(page, csvFile('GONE.csv', pricesCsv(300)))
  const row = page.getByRole('rowheader', { name: /GONE\.csv/ })
  await page.getByRole('button', { name: 'Remove GONE.csv' }).click()
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo the removal of GONE.csv' }).click()
  await expect(row).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Use GONE.csv' })).toBeChecked()
  await page.getByRole('button', { name: 'Remove GONE.csv' }).click()
  await expect(row).toHaveCount(0)
  await page.getByRole('navigation').getByRole('link', { name: 'Options' }).click()
  await settled(page)
  await expect(page.getByText('Simulated data').first()).toBeVisible()
})

test('an import that takes long can be stopped, and nothing of it is left', async ({ page }) => {
  const rows = ['symbol,date,open,high,low,close,volume']
  for (let symbol = 0; symbol < 120; symbol++)
    for (let day = 0; day < 2_500; day++) {
      const iso = new Date(Date.UTC(2010, 0, 4 + day)).toISOString().slice(0, 10)
      rows.push(`S${symbol},${iso},10.5,11.25,10.25,10.75,${1_000 + day}`)
    }
  await page.goto(optionsReport)
  await chooseFiles(page, csvFile('LONG.csv', rows.join('\n')))
  await page.getByRole('button', { name: 'Import 1 file' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('region', { name: 'Import in progress' })).toHaveCount(0)
  await expect(
    page
      .locator('main')
      .getByText(/stopped|cancelled/i)
      .first(),
  ).toBeVisible()
  await expect(page.getByRole('region', { name: 'Datasets' }).getByText('LONG.csv')).toHaveCount(0)
  await expect(page.getByRole('cell', { name: /Simulated market/ })).toBeVisible()
})

test.describe('real files', () => {
  test.skip(!hasShared, 'needs the real prices beside the repository')

  test('LEAN bars are adjusted by the factors beside them', async ({ page }) => {
    await page.goto(optionsReport)
    await upload(
      page,
      ['aapl_daily', 'aapl_factors', 'qqq_daily', 'qqq_factors'].map((name) =>
        realPrices('lean', `${name}.csv`),
      ),
    )
    await expect(page.getByText(/adjusted by aapl_factors\.csv/)).toBeVisible()
    await expect(page.getByText(/adjusted by qqq_factors\.csv/)).toBeVisible()
    await seeReport(page)
    await expect(page.locator('main header p').first()).toContainText('1 symbol, ')
    await expect(page.locator('main header p').first()).toContainText('against QQQ')
  })

  test('dirty files load, every refused row and every doubt is counted', async ({ page }) => {
    const names = ['AAPL', 'NVDA', 'OXY', 'CRM']
    const expected = JSON.parse(readFileSync(realPrices('..', 'expectations.json'), 'utf8')) as Record<
      string,
      { rows_clean: number; bad_lines: number; repeated_rows: number }
    >
    await page.goto(optionsReport)
    await upload(
      page,
      names.map((name) => realPrices('dirty_yahoo', `${name}.csv`)),
    )
    for (const name of names) {
      const { bad_lines } = expected[`prices/dirty_yahoo/${name}.csv`]
      const row = page
        .getByRole('region', { name: 'Datasets' })
        .getByRole('row')
        .filter({ hasText: `${name}.csv` })
      await expect(row.locator('[data-unit="refused"]')).toHaveText(bad_lines.toLocaleString('en-US'))
    }
    const quality = page.getByRole('region', { name: 'Quality of the data in use' })
    await expect(quality.getByText('Repeated dates')).toBeVisible()
    await expect(quality.locator('small')).toHaveText(/\d+ findings, \d+ repairs? in force/)
  })

  test('a repair that is switched off changes the result and travels in the link', async ({
    page,
    browser,
  }) => {
    const file = realPrices('dirty_yahoo', 'NVDA.csv')
    await page.goto(optionsReport)
    await upload(page, file)
    await seeReport(page)
    const hash = () => page.getByTestId('confirmation').getAttribute('data-hash')
    const repaired = await hash()
    await page.getByRole('navigation').getByRole('link', { name: /^Data/ }).click()
    const quality = page.getByRole('region', { name: 'Quality of the data in use' })
    for (const summary of await quality.locator('details:not([open]) > summary').all()) await summary.click()
    const repairs = quality.getByRole('switch', { checked: true })
    await expect(repairs.first()).toBeVisible()
    for (let left = await repairs.count(); left > 0; left--) {
      await repairs.first().click()
      await expect(repairs).toHaveCount(left - 1)
    }
    await page.getByRole('navigation').getByRole('link', { name: 'Options' }).click()
    await settled(page)
    await expect.poll(hash).not.toBe(repaired)
    const raw = await hash()

    const link = await copiedLink(page)
    const other = await browser.newContext()
    const receiver = await other.newPage()
    await receiver.goto(link)
    await upload(receiver, file)
    await receiver.getByRole('button', { name: /see the report/i }).click()
    await settled(receiver)
    await expect(receiver.getByTestId('confirmation')).toContainText('identical')
    expect(await receiver.getByTestId('confirmation').getAttribute('data-hash')).toBe(raw)
    await other.close()
  })
})
