import { expect, optionsReport, settled, test } from './page.ts'

test.use({ provoked: /Failed to load resource|Failed to fetch|ErrorEvent|wasm/i })

test('an engine that cannot start says so, leaves the report readable, and starts when asked again', async ({
  page,
}) => {
  await page.route('**/*.wasm', (route) => route.abort())
  await page.goto(optionsReport)
  const notice = page.getByRole('alert').filter({ hasText: 'The engine could not go on' })
  await expect(notice).toBeVisible({ timeout: 60_000 })
  await expect(notice).not.toContainText(/undefined|\[object/)
  await expect(page.getByTestId('report')).toBeVisible()
  await page.unroute('**/*.wasm')
  await page.getByRole('button', { name: 'Start it again' }).click()
  await settled(page)
  await expect(notice).toHaveCount(0)
  await expect(page.getByTestId('confirmation')).toContainText('Reproduced')
})
