import { expect, optionsReport, settled, test } from './page.ts'

for (const [name, width] of [
  ['a laptop', 1280],
  ['a 4K screen', 3840],
] as const) {
  test(`on ${name} nothing is wider than the page`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(optionsReport)
    await settled(page)
    for (const view of ['Options', 'Custom', 'Sweep', 'Walk-forward', 'Data', 'Guide']) {
      await page.getByRole('navigation').getByRole('link', { name: view }).click()
      await page.waitForTimeout(300)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, view).toBeLessThanOrEqual(0)
    }
  })
}

test('the whole page can be reached by the keyboard', async ({ page }) => {
  await page.goto(optionsReport)
  await settled(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: /skip/i })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('#main')).toBeFocused()
  const names = new Set<string>()
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => {
      const element = document.activeElement ?? document.body
      const label = element.getAttribute('aria-label') ?? element.id ?? ''
      return `${element.tagName} ${label} ${(element.textContent ?? '').trim().slice(0, 30)}`
    })
    names.add(name)
  }
  expect(names.size).toBeGreaterThan(20)
})

test('the report prints as one page', async ({ page }) => {
  await page.goto(optionsReport)
  await settled(page)
  await page.emulateMedia({ media: 'print' })
  const pdf = await page.pdf({ preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
})
