import { expectNoFaults } from './faults.ts'
import { expect, optionsReport, settled, test } from './page.ts'
import { saved } from './upload.ts'

test('tickets of the simulated market end in a verdict, and every unusual day can be followed', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(optionsReport)
  await settled(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Tickets' }).click()
  await settled(page)
  await expect(page.getByTestId('verdict').getByRole('heading')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByTestId('confirmation')).toContainText('Reproduced in this tab')
  await expect(page.getByRole('region', { name: 'Losses against the budget' })).toContainText(
    /within the budget/,
  )
  const signals = page.getByRole('region', { name: 'Signals and near misses' })
  await expect(signals.getByRole('img', { name: /^Confidence: 0\.50 tickets \+/ }).first()).toBeVisible()

  await page.getByRole('tab', { name: 'Report' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Wall' })).toBeFocused()
  const wall = page.getByTestId('wall')
  const cells = wall.getByRole('gridcell')
  await expect(cells.first()).toHaveAccessibleName(/help desk: \d+ unusual days?, the last on/)
  const sum = wall.getByRole('status')
  await expect(sum).toContainText(/[1-9]\d* unusual days of 27 products/)

  // A stricter threshold leaves fewer marks, at once and in place.
  const before = await sum.innerText()
  await page.getByRole('slider', { name: 'False discoveries' }).press('Home')
  await expect(sum).not.toHaveText(before)
  const days = (text: string) => Number(/^[\d,]+/.exec(text)![0].replace(',', ''))
  expect(days(await sum.innerText())).toBeLessThan(days(before))
  await page.goBack()
  await expect(sum).toHaveText(before)
  const { bytes } = await saved(page, () => wall.getByRole('button', { name: 'CSV' }).click())
  expect(bytes.toString()).toMatch(/^date,symbol,product,mood,count,expected,/)

  // The keyboard goes through the products and opens one.
  await cells.first().focus()
  await page.keyboard.press('ArrowRight')
  const name = (await wall.locator('[role=gridcell][tabindex="0"]').getAttribute('data-symbol'))!
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'Product' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByTestId('timeline')).toContainText(name)
  await expect(page.getByRole('region', { name: 'Tickets of the day' })).toContainText('counts only')
  await page.getByRole('region', { name: 'Unusual days' }).getByRole('button').first().click()
  await expect(page.getByRole('table', { name: 'What the confidence is made of' }).first()).toBeVisible()
  await page.getByText('Words', { exact: true }).click()
  await page.getByTestId('try-words').fill('<b>Login failed</b>, how do I get a refund?')
  await expect(page.getByRole('region', { name: 'Words' }).locator('mark')).toHaveText([
    'Login failed',
    'how do I',
    'refund',
  ])
  await expectNoFaults(page, 'Product', '#tickets-panel')
})
