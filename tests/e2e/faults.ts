import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/**
 * What a machine finds wrong with the page, or with parts of it, as “rule: elements”: WCAG 2.2 A and AA, the size of
 * targets included, and what axe holds to be good practice. The page has no frames, so it is asked in one go, and
 * only for what is broken: four times as fast as a list of all that was looked at.
 */
export async function faultsOf(page: Page, ...within: string[]): Promise<string[]> {
  return faults(page, within, { rules: { 'target-size': { enabled: true } } })
}

/** Only what a theme can break. */
const contrastOf = (page: Page, within: string[]): Promise<string[]> =>
  faults(page, within, { runOnly: ['color-contrast'] })

async function faults(page: Page, within: string[], options: object): Promise<string[]> {
  const builder = within.reduce((axe, part) => axe.include(part), new AxeBuilder({ page }))
  const { violations } = await builder
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'], ...options })
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** In light and in dark. Colours that go over are measured half-way, so without motion, and until they have. */
export async function expectNoFaults(page: Page, where: string, ...within: string[]): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    const message = `${where}, ${colorScheme}`
    const ask = colorScheme === 'dark' ? contrastOf(page, within) : faultsOf(page, ...within)
    if ((await ask).length === 0) continue
    await expect.poll(() => faultsOf(page, ...within), { message, timeout: 60_000 }).toEqual([])
  }
}
