import type { Page } from '@playwright/test'
import { faultsOf } from './faults.ts'
import { expect, optionsReport, settled, test } from './page.ts'

const runs = (page: Page) => page.getByTestId('runs').locator('[data-run]')
const open = (page: Page, view: string) =>
  page.getByRole('navigation').getByRole('link', { name: view, exact: true }).click()

test('two runs of different stop are kept, named and compared; one is deleted and brought back; all of it outlives a reload', async ({
  page,
}) => {
  await page.goto(optionsReport)
  await settled(page)
  await open(page, 'Notebook')
  await expect(runs(page)).toHaveCount(1)
  await page.goBack()
  const stop = page.locator('aside').getByRole('textbox', { name: 'Stop loss' })
  await stop.fill('12')
  await stop.press('Enter')
  await open(page, 'Notebook')
  await expect(runs(page)).toHaveCount(2)
  const trials = Number(await page.getByTestId('trials').getAttribute('data-trials'))
  expect(trials).toBeGreaterThanOrEqual(2)

  await test.step('named', async () => {
    const wide = page.getByRole('textbox', { name: /^Name of the run Stop loss 12/ })
    await wide.fill('Wide stop')
    await wide.press('Enter')
    await page.getByRole('searchbox').fill('wide')
    await expect(runs(page)).toHaveCount(1)
    await page.getByRole('searchbox').fill('')
    expect(await faultsOf(page)).toEqual([])
  })

  await test.step('deleted, which takes away no trial, and brought back', async () => {
    await page.getByRole('button', { name: 'Delete Wide stop' }).click()
    await expect(runs(page)).toHaveCount(1)
    await expect(page.getByTestId('trials')).toHaveAttribute('data-trials', String(trials))
    await page.getByRole('button', { name: 'Undo the deletion of “Wide stop”' }).click()
    await expect(runs(page)).toHaveCount(2)
  })

  await test.step('there after a reload', async () => {
    await page.reload()
    await expect(runs(page)).toHaveCount(2)
    await expect(runs(page).getByRole('textbox', { name: /^Name of the run Stop loss 12/ })).toHaveValue(
      'Wide stop',
    )
    await expect(page.getByTestId('trials')).toHaveAttribute('data-trials', String(trials))
  })

  await test.step('compared: only the stop differs, and the difference has its interval', async () => {
    await page.getByRole('checkbox', { name: 'Choose all runs shown' }).check()
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await expect(page.locator('[data-compare-state="done"]')).toBeVisible()
    const settings = page.getByTestId('settings-that-differ').getByRole('row')
    await expect(settings).toHaveCount(2)
    await expect(settings.nth(1)).toContainText('Stop loss')
    const sharpe = page.locator('[data-figure="sharpe"][data-run="B"]')
    await expect(sharpe).toContainText(/chance/)
    await expect(page.locator('[data-compared]').first()).toContainText('from the notebook')
    expect(await faultsOf(page)).toEqual([])
  })
})
