import { expectNoFaults } from './faults.ts'
import { expect, optionsReport, settled, test } from './page.ts'

test('no view has a fault that a machine can find', async ({ page }) => {
  test.setTimeout(240_000)
  // A number that fades is dim for a moment: what stays is looked at.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(optionsReport)
  await settled(page)
  await page.getByRole('button', { name: 'Why?' }).click()
  await expectNoFaults(page, 'Options with its evidence')
  for (const view of ['Custom', 'Sweep', 'Walk-forward', 'Data', 'Tables', 'SQL', 'Owners', 'Guide']) {
    await page.getByRole('navigation').getByRole('link', { name: view }).click()
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectNoFaults(page, view)
  }
})
