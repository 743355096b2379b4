import { expect, type Page } from '@playwright/test'
import { settled } from './page.ts'

/** Loads files through the data view as a person would, and waits for the result of the import. */
export async function upload(page: Page, files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]) {
  await chooseFiles(page, files)
  const start = page.getByRole('button', { name: /^Import \d/ })
  await expect(start).toBeEnabled()
  await start.click()
  await expect(page.locator('#result-heading')).toBeVisible({ timeout: 60_000 })
}

export async function chooseFiles(
  page: Page,
  files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0],
): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: /^Data/ }).click()
  await expect(page.locator('[data-phase="ready"]')).toBeVisible({ timeout: 60_000 })
  await page.locator('input[type="file"]').first().setInputFiles(files)
}

export async function seeReport(page: Page): Promise<void> {
  await page.getByRole('button', { name: /see the report/i }).click()
  await expect(page.getByTestId('report')).toBeVisible()
  await settled(page)
}

/** What one row of the metrics table says: the strategy's figure and the benchmark's. */
export async function metric(page: Page, id: string): Promise<{ strategy: string; benchmark: string }> {
  const cells = await page.locator(`tr[data-metric="${id}"] td`).allTextContents()
  return { strategy: (cells[0] ?? '').trim(), benchmark: (cells[1] ?? '').trim() }
}

/** “−1,234.5 %” as −1234.5. */
export function figure(text: string): number {
  return Number(
    text
      .replace('−', '-')
      .replaceAll(',', '')
      .replace(/[^\d.-]/g, ''),
  )
}
