import { expect, settled, test } from './page.ts'

test.describe('the landing page', () => {
  test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false })
    test('shows a finished, labelled report of each system with its verdict', async ({ page }) => {
      await page.goto('./')
      const samples = page.getByTestId('sample')
      await expect(samples).toHaveCount(3)
      for (const sample of await samples.all()) {
        await expect(sample.getByText('Simulated data')).toBeVisible()
        await expect(sample.getByText('Sharpe').first()).toBeVisible()
      }
    })
  })

  for (const system of ['Jet', 'Tickets', 'Options'])
    test(`recomputes the report of ${system} in the tab and confirms its hash`, async ({ page }) => {
      await page.goto('./')
      await page.getByRole('navigation').getByRole('link', { name: system, exact: true }).click()
      await expect(page.getByTestId('confirmation')).toContainText('Computed at build')
      await settled(page)
      await expect(page.getByTestId('confirmation')).toContainText('Reproduced')
    })

  test('does not move while the page comes alive', async ({ page }) => {
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(globalThis, { shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
          value: number
          hadRecentInput: boolean
        })[])
          if (!entry.hadRecentInput) shifts.push(entry.value)
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto('./')
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(500)
    const total = await page.evaluate(() =>
      (globalThis as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0),
    )
    expect(total).toBeLessThan(0.02)
  })

  test('is isolated and takes nothing from another origin', async ({ page }) => {
    await page.goto('./')
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  })
})
