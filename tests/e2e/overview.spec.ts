import { join } from 'node:path'
import { expectNoFaults } from './faults.ts'
import { expect, settled, test } from './page.ts'
import { saved, seeReport, upload } from './upload.ts'

test('a stranger opens a report, comes back, is shown around by keyboard, and imports an example', async ({
  page,
}) => {
  await page.goto('./')
  const tickets = page.getByRole('article', { name: /^Tickets/ })
  await expect(tickets.getByRole('img', { name: /^Equity from 100/ })).toBeVisible()
  await tickets.getByText('As a table').click()
  await expect(tickets.getByRole('rowheader')).toHaveText(['2020', '2021', '2022', '2023', '2024'])

  await tickets.getByRole('link', { name: 'Open the report' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Tickets/ })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('article')).toHaveCount(3)

  await page.getByRole('button', { name: 'Take the tour' }).press('Enter')
  const tour = page.getByRole('dialog')
  await expectNoFaults(page, 'the overview with its tour')
  for (const title of ['The verdict comes first', 'Every figure has an interval', 'Move a slider']) {
    await expect(tour).toHaveAccessibleName(title)
    await expect(tour.getByRole('button', { name: 'Next' })).toBeFocused()
    await page.keyboard.press('Enter')
  }
  await expect(tour).toHaveAccessibleName('Share what you see')
  await page.keyboard.press('Escape')
  await expect(tour).toHaveCount(0)
  await expect(page.locator('main:focus, main h1:focus')).toHaveCount(1)
  await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click()
  await expect(page.getByRole('button', { name: 'Take the tour again' })).toBeVisible()

  await page.getByRole('link', { name: 'Use your own data' }).click()
  await page.getByText('Download an example file').click()
  const example = await saved(page, () => page.getByRole('link', { name: 'Prices example file' }).click())
  await upload(page, join(import.meta.dirname, '..', '..', 'public', 'examples', example.name))
  await seeReport(page)
  await settled(page)
  await expect(page.getByRole('main').getByText('2 symbols')).toBeVisible()
  await expect(page.getByRole('main').getByText('Simulated data').first()).toBeVisible()
})
