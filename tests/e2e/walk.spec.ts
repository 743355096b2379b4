import { readFileSync } from 'node:fs'
import { expectNoFaults } from './faults.ts'
import { expect, optionsReport, settled, test } from './page.ts'
import type { Page } from '@playwright/test'

async function openWalk(page: Page): Promise<void> {
  await page.goto(optionsReport)
  await settled(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Walk-forward' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Walk-forward' })).toBeVisible()
}

async function type(page: Page, label: string, value: number): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  await field.fill(String(value))
  await field.press('Enter')
}

const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true }).click()
const picture = (page: Page) => page.locator('[data-folds]')
const result = (page: Page) => page.locator('[data-walk-state="done"]')

test('the windows are seen before anything runs, and one click shows what came of the promise', async ({
  page,
}) => {
  await openWalk(page)
  await expect(picture(page)).toHaveAttribute('data-folds', '6')
  await type(page, 'Test, days', 252)
  await expect(picture(page)).toHaveAttribute('data-folds', '3')
  await expect(page.getByTestId('walk-size')).toContainText('3 tests, each after 25 combinations')
  await type(page, 'Train, days', 2000)
  await expect(page.getByRole('alert')).toContainText('do not fit into the')
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeDisabled()
  await type(page, 'Train, days', 504)

  await run(page)
  await expect(result(page)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByTestId('walk-outcome')).toContainText(/Training promised .* a year came of it\./)
  await expect(page.getByTestId('folds').getByRole('row')).toHaveCount(2 + 3)
  await expect(page.locator('[data-walk="sharpe"]')).toContainText(/to .*, promised/)
  await expect(page.locator('[data-walk="tried"] b')).toHaveText('76')

  await expectNoFaults(page, 'Walk-forward')

  // The table of the days says the same as the table of the tests: every day once, in order.
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('region', { name: 'Out of sample against' }).getByRole('button', { name: 'CSV' }).click(),
  ])
  const [head, ...rows] = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(head).toBe('date,test,out_of_sample,promised,benchmark QQQ')
  const days = rows.map((row) => row.split(',')[0])
  expect(days).toEqual([...new Set(days)].sort())
  expect(new Set(rows.map((row) => row.split(',')[1]))).toEqual(new Set(['1', '2', '3']))

  // It stays while other views are looked at, and says when the settings are no longer its own.
  await page.getByRole('navigation').getByRole('link', { name: 'Guide' }).click()
  await page.goBack()
  await expect(result(page)).toBeVisible()
  await page.getByText('Anchored', { exact: true }).click()
  await expect(page.getByText('The settings above have changed since')).toBeVisible()
  await page.goBack()
  await expect(page.getByText('The settings above have changed since')).toHaveCount(0)
})

test('a walk-forward under way is cancelled, and its settings travel in a link', async ({ page }) => {
  await openWalk(page)
  for (const [label, value] of [
    ['From, Fast average', 2],
    ['To, Fast average', 99],
    ['Step, Fast average', 1],
  ] as const)
    // prettier-ignore
    await type(page, label, value)
  await type(page, 'Embargo, days', 10)
  await expect(page.getByTestId('walk-size')).toContainText('6 tests, each after 490 combinations')
  await run(page)
  await expect(page.getByText(/Training 1 of 6/)).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.locator('[data-walk-state="cancelled"]')).toBeVisible()
  await expect(page.getByText('No walk-forward yet')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled()

  await page.reload()
  await expect(page.getByLabel('Embargo, days', { exact: true })).toHaveValue('10')
  await expect(page.getByTestId('walk-size')).toContainText('490 combinations')
})
