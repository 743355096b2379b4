import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, hasShared, optionsReport, realPrices, settled, test } from './page.ts'
import { chooseFiles, upload } from './upload.ts'

test.skip(!hasShared, 'needs the real files beside the repository')

const real = (...parts: string[]) => realPrices('..', ...parts)

/** Loads prices, then one file that belongs to a company, and reads the report of Tickets. */
async function reportOn(page: Page, prices: string[], file: string, symbol: string): Promise<void> {
  await page.goto(optionsReport)
  await upload(
    page,
    prices.map((name) => join(realPrices('benchmark'), `${name}.csv`)),
  )
  await chooseFiles(page, [file])
  const ask = page.getByLabel('Symbol', { exact: true })
  const start = page.getByRole('button', { name: /^Import \d/ })
  await expect(ask.or(start).first()).toBeVisible()
  if ((await ask.count()) > 0) await ask.first().fill(symbol)
  await expect(start).toBeEnabled()
  await start.click()
  await expect(page.locator('#result-heading')).toContainText(/rows? imported/, { timeout: 60_000 })
  await expect(page.getByText('Tickets reads these tables together with your prices.')).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Tickets', exact: true }).click()
  await expect(page.getByTestId('report')).toBeVisible({ timeout: 60_000 })
  await settled(page)
}

const verdict = (page: Page) => page.getByTestId('verdict')

/** Trades on unusual days that nothing else agrees with, since no other source is loaded. */
async function trustTicketsAlone(page: Page): Promise<void> {
  await page.locator('[data-param="unusualBy"]').selectOption('mad')
  await page.locator('[data-param="daysRaised"]').fill('0')
  await page.locator('[data-param="daysRaised"]').press('Enter')
  await page.locator('[data-param="leastConfidence"]').fill('0.5')
  await page.locator('[data-param="leastConfidence"]').press('Enter')
  await settled(page)
}

test('incidents of GitHub against Microsoft end in a report that claims nothing', async ({ page }) => {
  await reportOn(page, ['MSFT', 'QQQ'], real('incidents', 'github_downtime_windows.csv'), 'MSFT')
  await expect(verdict(page)).toContainText('There are no trades', { timeout: 60_000 })
  await trustTicketsAlone(page)
  await expect(page.getByRole('region', { name: 'Losses against the budget' })).toContainText(/in \d+ trades/)
  await expect(verdict(page)).toContainText('Consistent with luck', { timeout: 60_000 })
  await page.getByRole('tab', { name: 'Wall' }).click()
  await page.getByText('All', { exact: true }).click()
  await expect(page.getByRole('gridcell').first()).toHaveAccessibleName(/^MSFT, incidents: \d+ unusual/)
  await page.getByRole('tab', { name: 'Product' }).click()
  await expect(page.getByRole('region', { name: 'Tickets of the day' })).toContainText('made of incidents')
})

test('pull requests of a repository, one a row, are counted by day and read behind a spike', async ({
  page,
}) => {
  await reportOn(page, ['NVDA', 'QQQ'], real('tickets', 'terraform_github_prs.csv'), 'NVDA')
  await trustTicketsAlone(page)
  await expect(page.getByRole('region', { name: 'Losses against the budget' })).toContainText(
    /in \d+ trades?/,
  )
  await expect(verdict(page)).toContainText(/Only \d+ trades? do/, { timeout: 60_000 })
  await page.getByRole('tab', { name: 'Product' }).click()
  const texts = page.getByRole('region', { name: 'Tickets of the day' })
  await expect(texts).toContainText(/\d+ tickets?; sorted by words in\s+English/)
  await expect(texts.locator('mark').first()).toBeVisible()
})

test('downloads of a package alone are enough', async ({ page }) => {
  await reportOn(page, ['AAPL', 'QQQ'], real('adoption', 'pypi_dataiter_downloads.csv'), 'AAPL')
  await trustTicketsAlone(page)
  await expect(verdict(page)).toContainText(/Only \d+ trades? do/, { timeout: 60_000 })
  await page.getByRole('tab', { name: 'Product' }).click()
  await expect(page.getByTestId('timeline')).toContainText('AAPL')
})
