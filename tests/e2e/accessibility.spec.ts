import AxeBuilder from '@axe-core/playwright'
import { expect, settled, test } from './page.ts'

for (const scheme of ['light', 'dark'] as const) {
  test(`no view has a fault that a machine can find, ${scheme}`, async ({ page }) => {
    // A number that fades is dim for a moment: what stays is looked at.
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.goto('./')
    await settled(page)
    const check = async (where: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
      )
      expect(found, where).toEqual([])
    }
    await page.getByRole('button', { name: 'Why?' }).click()
    await check('Options with its evidence')
    for (const view of ['Custom', 'Sweep', 'Walk-forward', 'Data', 'Tables', 'SQL', 'Owners', 'Guide']) {
      await page.getByRole('navigation').getByRole('link', { name: view }).click()
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForTimeout(300)
      await check(view)
    }
  })
}
