import type { Page } from '@playwright/test'
import { faultsOf } from './faults.ts'
import { expect, optionsReport, test } from './page.ts'
import { saved } from './upload.ts'

const faults = (page: Page) => faultsOf(page, '#tickets-panel')

test('what was known, held and thought of is gone through close by close and value by value', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(optionsReport)
  await page.getByRole('navigation').getByRole('link', { name: 'Tickets' }).click()

  await page.getByRole('tab', { name: 'Calendar' }).click()
  const known = page.getByTestId('known')
  await expect(known).toBeVisible({ timeout: 60_000 })
  const decided = page.getByRole('region', { name: /^Decided at the close of/ })
  await expect(decided).toContainText(/(Bought|Sold) at the next open/)
  await expect(known.getByRole('row', { name: /negative/ })).toContainText('1 day')
  const heading = page.getByRole('heading', { name: /^Known at the close of/ })
  const close = await heading.innerText()
  await page.getByRole('slider', { name: 'Close' }).press('ArrowLeft')
  await expect(heading).not.toHaveText(close)
  await expect(decided).not.toContainText(/at the next open/)
  await page.getByRole('button', { name: 'Earlier quarter' }).click()
  await expect(page.getByRole('heading', { name: /(March|June|September|December) \d{4}$/ })).toBeVisible()
  expect(await faults(page), 'Calendar').toEqual([])

  await page.getByRole('tab', { name: 'Risk' }).click()
  const lots = page.getByTestId('lots')
  await expect(lots.getByRole('rowheader').first()).toBeVisible()
  const day = page.getByRole('slider', { name: 'Day of the run' })
  await expect(day).toHaveAttribute('aria-valuetext', /, [1-9]\d* lots?$/)
  const before = await day.getAttribute('aria-valuetext')
  await day.press('ArrowLeft')
  await expect(day).not.toHaveAttribute('aria-valuetext', before!)
  await page.getByRole('button', { name: 'Lots before' }).click()
  const file = await saved(page, () => page.getByRole('button', { name: 'CSV' }).click())
  expect(file.bytes.toString()).toMatch(/^day,symbol,direction,shares,.*\r\n20\d\d-/)
  expect(await faults(page), 'Risk').toEqual([])

  await page.getByRole('tab', { name: 'What-if' }).click()
  await expect(page.getByText(/values tried in/)).toBeVisible({ timeout: 60_000 })
  const words = page.getByTestId('what-if')
  await expect(words).toContainText(/\d+ signals, .* went their way \(95.% interval/)
  const inUse = await words.innerText()
  const use = page.getByRole('button', { name: 'Use this value' })
  await expect(use).toBeDisabled()
  await page.getByRole('slider', { name: /False discoveries/ }).press('Home')
  await expect(words).not.toHaveText(inUse)
  expect(await faults(page), 'What-if').toEqual([])
  await use.click()
  await expect(use).toBeDisabled()
  await expect(page.getByText(/values tried in/)).toBeVisible()

  await page.getByRole('tab', { name: 'Study' }).click()
  const study = page.getByTestId('event-study')
  await expect(study).toContainText(/unusual days? of complaints, prices moved by/)
  await page.getByRole('radio', { name: 'Signals' }).check({ force: true })
  await expect(study).toContainText(/signals? of this system, prices moved by/)
  await expect(study.getByRole('row', { name: /Kolari/ })).toBeVisible()
  expect(await faults(page), 'Study').toEqual([])
})
