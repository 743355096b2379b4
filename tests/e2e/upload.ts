import { readFileSync } from 'node:fs'
import { expect, type Download, type Page } from '@playwright/test'
import { settled } from './page.ts'

export const csvFile = (name: string, text: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
})

/** A wandering price by weekday from January 2020 on, dates as `written`. */
export function pricesCsv(
  days: number,
  written: (date: Date) => string = (date) => date.toISOString().slice(0, 10),
): string {
  const rows = ['Date,Open,High,Low,Close,Volume']
  for (let day = 0, price = 100; rows.length <= days; day++) {
    const date = new Date(Date.UTC(2020, 0, 2 + day))
    if (date.getUTCDay() % 6 === 0) continue
    const open = price
    price *= 1 + 0.02 * Math.sin(day * 1.7) + 0.0004
    const low = Math.min(open, price) * 0.99
    const high = Math.max(open, price) * 1.01
    const cells = [open, high, low, price].map((value) => value.toFixed(2))
    rows.push([written(date), ...cells, 100_000 + ((day * 7_919) % 5_000)].join(','))
  }
  return rows.join('\n') + '\n'
}

/** What a button saves to disk. */
export async function saved(
  page: Page,
  press: () => Promise<void>,
): Promise<{ name: string; bytes: Buffer }> {
  const arriving: Promise<Download> = page.waitForEvent('download')
  await press()
  const download = await arriving
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

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
