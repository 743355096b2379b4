import { expect, settled, test } from './page.ts'

test.describe('the landing page', () => {
  test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false })
    test('shows a finished, labelled report', async ({ page }) => {
      await page.goto('./')
      await expect(page.getByText('Simulated data').first()).toBeVisible()
      await expect(page.locator('svg.equity-svg')).toBeVisible()
      await expect(page.getByText('Sharpe').first()).toBeVisible()
    })
  })

  test('recomputes the sample in the tab and confirms its hash', async ({ page }) => {
    await page.goto('./')
    await settled(page)
    await expect(page.getByTestId('confirmation')).toContainText('Reproduced')
  })

  test('does not move while the engine starts and the charts arrive', async ({ page }) => {
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
    await settled(page)
    await page.waitForTimeout(500)
    const total = await page.evaluate(() =>
      (globalThis as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0),
    )
    expect(total).toBeLessThan(0.02)
  })

  test('is isolated and takes nothing from another origin', async ({ page }) => {
    await page.goto('./')
    await settled(page)
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  })
})
