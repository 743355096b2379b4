import type { Page } from '@playwright/test'
import Papa from 'papaparse'
import { expect, hasShared, optionsReport, realPrices, settled, test } from './page.ts'
import { figure, metric, saved, seeReport, upload } from './upload.ts'

test.skip(!hasShared, 'needs the real files beside the repository')

const chains = (...parts: string[]) => realPrices('..', 'options', ...parts)
const chooser = (page: Page) => page.getByRole('region', { name: 'Chain', exact: true })
const counts = (page: Page) => page.getByTestId('strikemap-counts')

/** Loads chains alone and goes where the result of the import leads. */
async function seeChains(page: Page, files: string[]): Promise<void> {
  await page.goto(optionsReport)
  await upload(page, files)
  await expect(page.getByText('Strikemap and Surface read these chains without prices.')).toBeVisible()
  await page.getByRole('button', { name: 'Open the Strikemap' }).click()
  await expect(page.getByTestId('strikemap')).toBeVisible({ timeout: 40_000 })
}

/** Lowest and highest strike of the map on screen, as it is saved. */
async function strikesOf(page: Page): Promise<[number, number]> {
  const { bytes } = await saved(page, () => page.getByRole('button', { name: 'CSV' }).click())
  const { data } = Papa.parse<{ strike: string }>(bytes.toString(), { header: true, skipEmptyLines: true })
  const strikes = data.map(({ strike }) => Number(strike))
  return [Math.min(...strikes), Math.max(...strikes)]
}

test('a snapshot of SPY alone is drawn, its price told from the chain, its odd quotes counted', async ({
  page,
}) => {
  await seeChains(page, [chains('SPY_options_yf_20250826.csv')])
  await expect(chooser(page)).toContainText('26 Aug 2025')
  await expect(chooser(page)).toContainText('7,006 contracts')
  await expect(page.getByText(/SPY at \D?64\d\.\d\d, told from the chain/)).toBeVisible()
  await expect(page.locator('main').getByText('Simulated data')).toHaveCount(0)
  const tradable = Number(/of ([\d,]+) tradable/.exec(await counts(page).innerText())?.[1].replace(',', ''))
  expect(tradable).toBeGreaterThan(500)
  expect(tradable).toBeLessThan(3000)
  const quotes = page.getByTestId('quotes')
  await quotes.locator('summary').click()
  await expect(quotes).toContainText('5 contracts are listed without a price')
  await expect(quotes).toContainText('137 implied volatilities are placeholders')
})

test('days of Apple on either side of its 7:1 split, loaded together, are maps of two shares', async ({
  page,
}) => {
  const days = ['05', '06', '09', '10'].map((day) => chains('lean_aapl_universes', `aapl_201406${day}.csv`))
  await seeChains(page, days)
  const day = page.getByRole('slider', { name: 'Day with quotes' })
  await expect(chooser(page)).toContainText('10 Jun 2014')
  const price = page.getByText(/AAPL at /)
  await expect(price).toHaveText(/AAPL at \D?9\d\.\d\d,/)
  expect(await strikesOf(page)).toEqual([27.86, 150])
  await day.press('Home')
  await expect(chooser(page)).toContainText('5 Jun 2014')
  await expect(price).toHaveText(/AAPL at \D?64\d\.\d\d,/)
  expect(await strikesOf(page)).toEqual([195, 1050])
  const quotes = page.getByTestId('quotes')
  await quotes.locator('summary').click()
  await expect(quotes).toContainText('4,360 quotes are of contracts as they were before a split')
})

test('seven real symbols, 2015 to 2024, are traded in shares and in options', async ({ page }) => {
  const symbols = ['AAPL', 'MSFT', 'NVDA', 'TSLA', 'SPY', 'VOO', 'QQQ']
  await page.goto(optionsReport)
  await upload(
    page,
    symbols.map((symbol) => realPrices('benchmark', `${symbol}.csv`)),
  )
  await seeReport(page)
  const trades = async () => figure((await metric(page, 'trades')).strategy)
  expect(await trades()).toBeGreaterThan(20)
  const inShares = await page.getByTestId('confirmation').getAttribute('data-hash')

  await page.locator('[data-param="expression"]').selectOption('long-option')
  await settled(page)
  await expect(page.getByTestId('confirmation')).not.toHaveAttribute('data-hash', inShares!)
  expect(await trades()).toBeGreaterThan(20)
  await expect(page.getByTestId('parts-sum')).toContainText(/to\s+the\s+cent/)
  await expect(page.getByRole('region', { name: 'Where the prices came from' })).toContainText(
    '100 % of fills are modelled',
  )
})
