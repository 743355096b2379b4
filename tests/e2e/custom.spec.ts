import { expect, hasShared, optionsReport, realPrices, settled, test } from './page.ts'
import { csvFile, figure, metric, saved, seeReport, upload } from './upload.ts'

test.skip(!hasShared, 'needs the real prices beside the repository')

const prices = ['AAPL', 'MSFT', 'QQQ'].map((symbol) => realPrices('benchmark', `${symbol}.csv`))

/** Every February AAPL is bought, every August MSFT; ZZZZ is nobody. */
function ideas(): string {
  const rows = ['symbol,date,direction,conviction,horizon']
  for (let year = 2015; year <= 2023; year++) {
    rows.push(`AAPL,${year}-02-11,long,1,60`, `MSFT,${year}-08-12,long,0.5,60`)
    if (year === 2020) rows.push('ZZZZ,2020-02-12,long,1,20', 'AAPL,someday,long,1,20')
  }
  return rows.join('\n') + '\n'
}

test('anyone’s signals on real prices come out as a report, and what cannot trade is named', async ({
  page,
}) => {
  await page.goto(optionsReport)
  await upload(page, prices)
  await page.getByRole('navigation').getByRole('link', { name: 'Custom' }).click()
  await page.locator('input[type="file"]').first().setInputFiles(csvFile('ideas.csv', ideas()))
  await page.getByRole('button', { name: 'Import 1 file' }).click()
  await expect(page.locator('#result-heading')).toHaveText('19 rows imported from 1 file')
  await expect(page.getByText(/1 of its 3 symbols have no prices in use \(ZZZZ\)/)).toBeVisible()
  await expect(page.getByRole('cell', { name: /someday/ })).toBeVisible()

  await page.getByRole('button', { name: 'Use them and see the report' }).click()
  await settled(page)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Custom')
  await expect(page.getByTestId('report')).toBeVisible()
  await expect(page.getByTestId('flags')).toContainText('ZZZZ')

  const outOfSample = figure((await metric(page, 'trades')).strategy)
  await page.getByText('In sample', { exact: true }).click()
  const inSample = figure((await metric(page, 'trades')).strategy)
  expect(inSample + outOfSample).toBe(18)

  const { bytes } = await saved(page, () => page.getByRole('button', { name: 'Trades CSV' }).click())
  const text = bytes.toString()
  expect(text).toMatch(/AAPL,long,[^\n]*2016-02-11,2016-02-12/)
  expect(text).not.toContain('ZZZZ')

  const before = await page.getByTestId('confirmation').getAttribute('data-hash')
  await page.locator('aside').getByRole('textbox', { name: 'Conviction at least' }).fill('0.8')
  await expect.poll(() => page.getByTestId('confirmation').getAttribute('data-hash')).not.toBe(before)
})

test('the example file of the page runs as it is', async ({ page }) => {
  await page.goto(optionsReport)
  await page.getByRole('navigation').getByRole('link', { name: 'Custom' }).click()
  await expect(page.locator('[data-phase="ready"]')).toBeVisible({ timeout: 60_000 })
  const { name, bytes } = await saved(page, () =>
    page.getByRole('button', { name: 'Download the example' }).click(),
  )
  await upload(page, csvFile(name, bytes.toString()))
  await seeReport(page)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Custom')
  await expect(page.getByText('Simulated data').first()).toBeVisible()
  expect(figure((await metric(page, 'trades')).strategy)).toBeGreaterThan(20)
})

test('a symbol that tries to be a formula is harmless in the exported file', async ({ page }) => {
  await page.goto(optionsReport)
  await page.getByRole('navigation').getByRole('link', { name: 'Data' }).click()
  const rows = ['symbol,date,open,high,low,close,volume']
  const signals = ['symbol,date,direction,horizon']
  for (let day = 0; day < 500; day++) {
    const date = new Date(Date.UTC(2021, 0, 4 + day))
    if (date.getUTCDay() % 6 === 0) continue
    const price = (50 + 5 * Math.sin(day / 9)).toFixed(2)
    const iso = date.toISOString().slice(0, 10)
    for (const symbol of ['=1+1', 'FLAT'])
      rows.push(`${symbol},${iso},${price},${price},${price},${price},1000000`)
    if (date.getUTCDay() === 3) signals.push(`=1+1,${iso},1,3`)
  }
  await upload(page, csvFile('formula.csv', rows.join('\n')))
  await upload(page, csvFile('formula-signals.csv', signals.join('\n')))
  await seeReport(page)
  const { bytes } = await saved(page, () => page.getByRole('button', { name: 'Trades CSV' }).click())
  expect(bytes.toString()).toMatch(/^'=1\+1,long/m)
  expect(bytes.toString()).not.toMatch(/^"?=/m)
})
