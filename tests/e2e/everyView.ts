import type { Page } from '@playwright/test'
import { routeOf } from '../../src/routes.ts'
import { defaultState, type AppState } from '../../src/state/appState.ts'
import { encodeLink } from '../../src/state/link.ts'
import { expectNoFaults } from './faults.ts'
import { expect, settled } from './page.ts'

/** Opens a view, or a tab of one, as a link does that is followed inside the page. */
export async function show(page: Page, part: Partial<AppState>): Promise<void> {
  const state = { ...defaultState(), ...part }
  await page.evaluate((link) => (location.hash = link || '#'), encodeLink(state))
  await expect(page).toHaveTitle(
    state.view === 'overview' ? /is the signal real/ : `${routeOf(state.view).label} · Contrail`,
  )
  await expect(page.locator('main h1')).toBeVisible()
  if (!routeOf(state.view).still) await settled(page)
  await expect(page.locator('main .waiting')).toHaveCount(0, { timeout: 60_000 })
  const content = page.locator('main :is(section, article, form, fieldset, table, .card, .empty)')
  await expect(content.first()).toBeVisible()
  await page.waitForLoadState('networkidle')
}

/** No fault of the view in either theme; and on the narrowest screen nothing is wider than the page. */
export async function expectSound(page: Page, where: string): Promise<void> {
  await expectNoFaults(page, where)
  const { width, height } = page.viewportSize()!
  await page.setViewportSize({ width: 320, height: 640 })
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  await expect.poll(over, { message: `${where}, 320 px` }).toBeLessThanOrEqual(0)
  await page.setViewportSize({ width, height })
}
