import { readFile } from 'node:fs/promises'
import { expect, optionsReport, settled, test } from './page.ts'

test('the map of flights, the calendar and the visits tell one story', async ({ page }) => {
  await page.goto(optionsReport)
  await settled(page)
  await page.getByRole('link', { name: 'Jet', exact: true }).click()
  await page.getByRole('tab', { name: 'Map' }).click()

  const flights = page.getByRole('region', { name: 'Flights' })
  const map = page.getByTestId('flight-map')
  const legs = async () => Number(/([\d,]+) legs?/.exec(await flights.innerText())![1].replace(',', ''))
  await expect(map).not.toHaveAttribute('data-drawn', '0')
  const all = await legs()
  expect(all).toBeGreaterThan(40_000)

  // A pair chosen in the matrix is shown on the map and in the calendar.
  const visits = page.getByRole('grid', { name: 'Landings of each company' })
  const cell = visits.locator('td[aria-label*=" landings; deal announced"]').first()
  const [, visitor, visited] = /^(\w+) at the headquarters of (\w+)/.exec(
    (await cell.getAttribute('aria-label'))!,
  )!
  await cell.click()
  await expect(flights.getByRole('button', { name: `Remove ${visitor}` })).toBeVisible()
  await expect(flights.getByRole('button', { name: 'Remove: at' })).toBeVisible()
  await expect.poll(legs).toBeLessThan(200)
  await expect(page.getByRole('grid', { name: `Legs a day of ${visitor}` })).toBeVisible()
  await expect(page.getByLabel('Company of the calendar')).toContainText(visitor)
  await expect(page.getByText(`at the headquarters of ${visited}`).first()).toBeVisible()

  // Time passes by the keyboard, and every leg comes back.
  await flights.getByRole('button', { name: 'Show all' }).click()
  await expect.poll(legs).toBe(all)
  await flights.getByLabel('Weeks shown').selectOption('4')
  const last = await legs()
  expect(last).toBeLessThan(all / 20)
  await flights.getByLabel('First week shown').press('Home')
  await expect.poll(legs).not.toBe(last)

  // The keyboard moves the map; what it shows can be taken away, and says that it is simulated.
  const drawn = await map.getAttribute('data-drawn')
  await map.press('+')
  await map.press('ArrowLeft')
  await expect(map).not.toHaveAttribute('data-drawn', drawn!)
  const [table] = await Promise.all([
    page.waitForEvent('download'),
    flights.getByRole('button', { name: 'CSV' }).click(),
  ])
  expect(await readFile(await table.path(), 'utf8')).toMatch(
    /^airport,other_airport,legs_out,legs_back,legs,/,
  )
  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    flights.getByRole('button', { name: 'PNG' }).click(),
  ])
  expect(picture.suggestedFilename()).toBe('flights.png')
  await expect(page.getByText('Simulated data').first()).toBeVisible()
})
