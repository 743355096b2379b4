import { defaultState } from '../../src/state/appState.ts'
import { encodeLink } from '../../src/state/link.ts'
import { expect, settled, test } from './page.ts'
import { csvFile, pricesCsv, seeReport, upload } from './upload.ts'

test.use({ serviceWorkers: 'allow' })

test('after the first visit everything works without a network', async ({ page, context }) => {
  await page.goto('./')
  const kept = page.locator('[data-offline="kept"]')
  await expect(kept).toContainText(/Works offline, [\d.]+ MB/, { timeout: 60_000 })
  // What the worker promises, and what the page says, is one thing.
  expect(await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.state))).toBe(
    'activated',
  )
  await context.setOffline(true)

  await page.reload()
  await expect(page.getByTestId('sample')).toHaveCount(3)
  // What is kept has its headers, so the page is as isolated as it was.
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  for (const system of ['Jet', 'Tickets', 'Options']) {
    await page.getByRole('navigation').getByRole('link', { name: system, exact: true }).click()
    await settled(page)
    await expect(page.getByTestId('confirmation')).toContainText('Reproduced')
  }

  await upload(page, csvFile('own.csv', pricesCsv(400)))
  await seeReport(page)

  const link = encodeLink({ ...defaultState(), seed: 7 })
  const opened = await context.newPage()
  await opened.goto('./' + link)
  await settled(opened)
  await expect(opened.getByTestId('confirmation')).toHaveAttribute('data-hash', /\w/)
})
