import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defaultState } from '../../src/state/appState.ts'
import { encodeLink } from '../../src/state/link.ts'
import { test as base, expect, type Page } from '@playwright/test'

const shared = join(import.meta.dirname, '..', '..', '..', 'shared')
export const hasShared = existsSync(join(shared, 'README.md'))

export function realPrices(...parts: string[]): string {
  return join(shared, 'realdata', 'prices', ...parts)
}

/**
 * Every test watches the page: no request to another origin, no error or warning on the console but those
 * that the test brings about itself.
 */
export const test = base.extend<{ provoked: RegExp | null; watched: Page }>({
  provoked: [null, { option: true }],
  watched: [
    async ({ page, baseURL, provoked }, use) => {
      const complaints: string[] = []
      const origin = new URL(baseURL ?? 'http://localhost:4173/').origin
      page.context().on('request', (request) => {
        const url = new URL(request.url())
        if (url.protocol.startsWith('http') && url.hostname !== new URL(origin).hostname)
          complaints.push(`request to ${url.origin}`)
      })
      page.context().on('console', (message) => {
        if (message.text() === 'Service Worker registration blocked by Playwright') return
        if (message.type() === 'error' || message.type() === 'warning')
          complaints.push(`console ${message.type()}: ${message.text()}`)
      })
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
      await use(page)
      expect(complaints.filter((complaint) => !provoked?.test(complaint))).toEqual([])
    },
    { auto: true },
  ],
})
export { expect }

/** Where the report of untouched settings is. */
export const optionsReport = `./${encodeLink(defaultState())}`

/** Waits until DuckDB is up and the newest numbers are on screen. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('[data-phase="ready"]')).toBeVisible({ timeout: 60_000 })
  await expect(page.locator('[data-stale="true"]')).toHaveCount(0, { timeout: 60_000 })
}

/** What “Copy link” puts into the clipboard. */
export async function copiedLink(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('Link copied')).toBeVisible()
  return page.evaluate(() => navigator.clipboard.readText())
}
