import { serveBare } from './bareHost.ts'
import { expect, optionsReport, settled, test } from './page.ts'

// One text that may not become markup is tried.
test.use({ provoked: /requires 'TrustedHTML' assignment/ })

test('a host without headers and under a sub-path runs everything, unisolated, under the policy of the page', async ({
  page,
}) => {
  const host = await serveBare('dist', '/contrail/')
  try {
    await page.goto(host.url + optionsReport.slice(2))
    await settled(page)
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false)
    await expect(page.getByTestId('confirmation')).toContainText('Reproduced')
    const policy = page.locator('meta[http-equiv="Content-Security-Policy"]')
    await expect(policy).toHaveAttribute('content', /default-src 'none'.*require-trusted-types-for 'script'/)
    // No script stands in the page: each is a file of the site.
    const scripts = (await (await page.request.get(host.url)).text()).match(/<script[^>]*>[^<]*/g) ?? []
    expect(scripts.length).toBeGreaterThan(0)
    for (const script of scripts)
      expect(script).toMatch(/^<script type="module" crossorigin src="\.\/assets\/[^"]+"[^>]*>$/)
    // Text that is neither Svelte's nor a drawing of ours becomes no markup.
    const refused = await page.evaluate(() => {
      try {
        document.createElement('div').innerHTML = '<b>bold</b>'
        return ''
      } catch (cause) {
        return (cause as Error).name
      }
    })
    expect(refused).toBe('TypeError')

    // No memory is shared there: every worker of a sweep has the prices for itself.
    await page.getByRole('navigation').getByRole('link', { name: 'Sweep' }).click()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(page.locator('[data-sweep-state]')).toContainText('a copy of the prices each')
    await expect(page.locator('[data-sweep-state="done"]')).toBeVisible({ timeout: 60_000 })
  } finally {
    await host.close()
  }
})
