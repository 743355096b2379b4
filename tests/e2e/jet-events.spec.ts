import { faultsOf } from './faults.ts'
import { expect, optionsReport, test } from './page.ts'
import { saved } from './upload.ts'

test('prices around announcements are studied, listed and saved', async ({ page }) => {
  await page.goto(optionsReport)
  await page.getByRole('navigation').getByRole('link', { name: 'Jet' }).click()
  await page.getByRole('tab', { name: 'Events' }).click()

  const study = page.getByTestId('event-study')
  await expect(study).toContainText('announcements that a company is bought', { timeout: 60_000 })
  await expect(study).toContainText('unlikely to be chance')
  await expect(study).toContainText('left out')
  await expect(study.getByRole('row', { name: /Kolari/ })).toContainText('unlikely')

  await page.getByRole('radio', { name: 'Earnings' }).check({ force: true })
  await expect(study).toContainText('announcements of earnings')
  await expect(study).toContainText('may well be chance')

  const estimationTo = page.getByRole('spinbutton', { name: 'Estimation to' })
  await estimationTo.fill('-5')
  await estimationTo.press('Enter')
  await expect(page.getByRole('alert')).toContainText('has to end before the window begins')
  await estimationTo.fill('-65')
  await estimationTo.press('Enter')
  await expect(page.getByRole('alert')).toHaveCount(0)

  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Target' })
  const list = page.getByTestId('announcements')
  await list.getByRole('button', { name: 'Abnormal' }).click()
  await expect(list.getByRole('row').nth(1)).toContainText('+')
  const card = page.getByRole('region', { name: 'Announcements', exact: true })
  const { name, bytes } = await saved(page, () => card.getByRole('button', { name: 'CSV' }).click())
  expect(name).toBe('announcements.csv')
  expect(bytes.toString()).toMatch(/^symbol,announced_on,kind/)

  expect(await faultsOf(page, '#jet-panel')).toEqual([])
})
