import { expectNoFaults } from './faults.ts'
import { expect, optionsReport, settled, test } from './page.ts'

test('Jet is judged on what its model has not seen, and gives its reasons leg by leg', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(optionsReport)
  await settled(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Jet' }).click()
  await expect(page.getByTestId('seen')).toContainText(
    'is out of sample; in sample the model knew the answers',
    {
      timeout: 60_000,
    },
  )
  await expect(page.getByTestId('verdict').getByRole('heading')).not.toContainText('Could this be luck', {
    timeout: 60_000,
  })
  await expect(page.getByTestId('confirmation')).toContainText('Reproduced in this tab')
  await expect(page.getByText('Signals by threshold')).toBeVisible()

  await page.getByRole('tab', { name: 'Report' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Now' })).toBeFocused()
  await expect(page.getByTestId('scored')).toContainText(/36 companies, scored by HRM.* in \d/)
  const explanation = page.getByTestId('explanation')
  await expect(explanation).toContainText('what 95\u2009% of random legs do'.replace('\u2009', ' '))

  const second = page.locator('[data-now-row]').nth(1)
  await second.focus()
  await page.keyboard.press('Enter')
  await expect(second).toHaveAttribute('aria-pressed', 'true')
  await expect(explanation.getByRole('heading').first()).toHaveText(
    (await second.locator('b').textContent()) ?? '',
  )
  await explanation.getByRole('button', { name: 'Show the legs on the map' }).click()
  await expect(page.getByRole('tab', { name: 'Map' })).toHaveAttribute('aria-selected', 'true')

  await page.getByRole('tab', { name: 'Map' }).focus()
  await page.keyboard.press('End')
  await expect(page.getByTestId('models').getByRole('radio', { name: /^HRM/ })).toBeChecked()
  for (const box of await page
    .getByRole('group', { name: 'Models on the ladder' })
    .getByRole('checkbox')
    .all())
    await box.uncheck()
  await page.getByRole('checkbox', { name: 'Base rate' }).check()
  await page.getByRole('checkbox', { name: 'Visits to the headquarters' }).check()
  await page.getByRole('button', { name: 'Run the ladder' }).click()
  await expect(page.getByTestId('ladder').getByRole('row', { name: /^Visits.*Untouched year/ })).toBeVisible()
  await expectNoFaults(page, 'Model', '#jet-panel')

  await page.goBack()
  await expect(page.getByRole('tab', { name: 'Map' })).toHaveAttribute('aria-selected', 'true')
})
