import type { Page } from 'playwright'
import { defaultState, type AppState } from '../../src/state/appState.ts'
import { encodeLink } from '../../src/state/link.ts'
import { routes } from '../../src/routes.ts'
import { sampleSystems } from '../../src/state/samples.ts'

/**
 * Bytes of the page and all its workers after five rounds through every view, each with a run of every system, as a
 * multiple of what they were before. Two rounds come first, until what is loaded once and the bounded number of runs
 * that is remembered are there.
 */
export async function leaking(page: Page, url: string): Promise<number> {
  await page.goto(url + encodeLink(defaultState()))
  await settled(page)
  await round(page, 2)
  await round(page, 3)
  const before = await memory(page)
  for (let seed = 4; seed < 9; seed++) await round(page, seed)
  return (await memory(page)) / before
}

/** Every view once, and every system run with a seed of its own. */
async function round(page: Page, seed: number): Promise<void> {
  for (const { id } of routes) await go(page, { view: id })
  for (const view of sampleSystems) {
    await go(page, { view, seed })
    await settled(page)
    await page.locator('button:enabled', { hasText: 'Why?' }).first().waitFor({ timeout: 60_000 })
  }
}

/** Goes where a link would, without a reload. */
async function go(page: Page, state: Partial<AppState>): Promise<void> {
  const fragment = encodeLink({ ...defaultState(), ...state }) || '#'
  await page.evaluate((hash) => (location.hash = hash), fragment)
  await page.locator('h1').first().waitFor()
}

async function settled(page: Page): Promise<void> {
  await page.locator('[data-phase="ready"]').waitFor({ timeout: 60_000 })
  await page.waitForFunction(() => !document.querySelector('[data-stale="true"]'), null, { timeout: 60_000 })
}

/** Once what can be let go has been. */
function memory(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { measureUserAgentSpecificMemory } = performance as unknown as {
      measureUserAgentSpecificMemory: () => Promise<{ bytes: number }>
    }
    return (await measureUserAgentSpecificMemory.call(performance)).bytes
  })
}
