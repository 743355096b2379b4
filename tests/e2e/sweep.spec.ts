import { faultsOf } from './faults.ts'
import { expect, optionsReport, settled, test } from './page.ts'
import type { Page } from '@playwright/test'

async function openSweep(page: Page): Promise<void> {
  await page.goto(optionsReport)
  await settled(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Sweep' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sweep' })).toBeVisible()
}

/** Types the range of a swept parameter. */
async function sweepOver(page: Page, name: string, from: number, to: number, step: number): Promise<void> {
  const axis = page.getByRole('group', { name, exact: true })
  for (const [label, value] of Object.entries({ From: from, To: to, Step: step })) {
    const field = axis.getByLabel(`${label}, ${name}`)
    await field.fill(String(value))
    await field.press('Enter')
  }
}

/** Enough combinations that the sweep is still running when a person reaches for a button. */
async function sweepLong(page: Page): Promise<void> {
  await sweepOver(page, 'Fast average', 2, 100, 1)
  await sweepOver(page, 'Slow average', 101, 400, 1)
  await expect(page.getByTestId('sweep-size')).toContainText('29,700 combinations')
}

const state = (page: Page) => page.locator('[data-sweep-state]')
const map = (page: Page) => page.getByTestId('sweep-map')
const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true }).click()

/** Combinations that are done, as the progress says. */
async function done(page: Page): Promise<number> {
  const words = (await state(page).textContent()) ?? ''
  return Number(/([\d,]+) of [\d,]+ combinations/.exec(words)?.[1].replaceAll(',', ''))
}

test('a small sweep is run, its map read with the keyboard, a cell opened as a report, and “back” finds the map again', async ({
  page,
}) => {
  await openSweep(page)
  await expect(page.getByTestId('sweep-size')).toContainText('520 combinations, 36 of them impossible')
  await sweepOver(page, 'Fast average', 20, 60, 20)
  await sweepOver(page, 'Slow average', 60, 180, 60)
  await expect(page.getByTestId('sweep-size')).toContainText('9 combinations, 1 of them impossible')
  await run(page)
  await expect(state(page)).toHaveAttribute('data-sweep-state', 'done')
  await expect(map(page)).toHaveAttribute('data-computed', '8')
  await expect(page.getByRole('region', { name: 'Best by value' }).getByRole('row')).not.toHaveCount(1)
  await expect(page.getByTestId('pbo')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])

  await map(page).focus()
  for (const key of ['Home', 'PageUp', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key)
  const side = page.getByRole('region', { name: /^Sharpe ratio by/ }).locator('[aria-live]')
  await expect(side).toContainText('Fast average 40')
  await expect(side).toContainText('slow average 120')
  const sharpe = await side.locator('dd').first().textContent()
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Options')
  await settled(page)
  await expect(page.getByRole('button', { name: /^Moving averages: settings, 40, 120/ })).toBeVisible()
  await page.getByRole('radio', { name: 'In sample' }).check({ force: true })
  const headline = page.locator('[data-metric="sharpe"] b')
  await expect(headline).toHaveText((sharpe ?? '').replace('+', ''))

  await page.goBack()
  await expect(map(page)).toHaveAttribute('data-computed', '8')
  await expect(page.getByTestId('sweep-size')).toContainText('9 combinations')
})

test('a long sweep is paused, gone on with and cancelled, and what was computed stays', async ({ page }) => {
  await openSweep(page)
  await sweepLong(page)
  await run(page)
  await expect.poll(() => done(page)).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(state(page)).toHaveAttribute('data-sweep-state', 'paused')
  // What the workers have in hand is still finished, then nothing moves.
  let paused = 0
  await expect(async () => {
    paused = await done(page)
    await page.waitForTimeout(600)
    expect(await done(page)).toBe(paused)
  }).toPass({ timeout: 15_000 })
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect.poll(() => done(page)).toBeGreaterThan(paused)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(state(page)).toHaveAttribute('data-sweep-state', 'cancelled')
  await expect.poll(async () => Number(await map(page).getAttribute('data-computed'))).toBeGreaterThan(0)

  await page.reload()
  await settled(page)
  await expect(page.getByText('No sweep yet')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Go on' })).toHaveCount(0)
})

test('a worker that dies during a sweep is replaced, and the sweep goes on', async ({ page }) => {
  await openSweep(page)
  await sweepLong(page)
  const before = new Set(page.workers())
  await run(page)
  await expect.poll(() => done(page)).toBeGreaterThan(0)
  const [sweeping] = page.workers().filter((worker) => !before.has(worker))
  await sweeping.evaluate(() => self.close())
  await expect(state(page)).toContainText('1 worker replaced, their share done again')
  const then = await done(page)
  await expect.poll(() => done(page)).toBeGreaterThan(then)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(state(page)).toHaveAttribute('data-sweep-state', 'cancelled')
})

test('a sweep that a reload interrupts is offered, and goes on where it stopped', async ({ page }) => {
  await openSweep(page)
  await sweepLong(page)
  await run(page)
  await expect.poll(() => done(page)).toBeGreaterThan(100)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(state(page)).toHaveAttribute('data-sweep-state', 'paused')
  await page.waitForTimeout(500)
  await page.reload()
  const card = page.getByRole('region', { name: 'A sweep that stopped' })
  await expect(card).toContainText(/A sweep of 29,700 combinations stopped at/, { timeout: 60_000 })
  const kept = Number(/([\d,]+) are computed/.exec((await card.textContent()) ?? '')?.[1].replaceAll(',', ''))
  expect(kept).toBeGreaterThan(0)
  await card.getByRole('button', { name: 'Go on' }).click()
  await expect(state(page)).toHaveAttribute('data-sweep-state', 'running')
  expect(await done(page)).toBeGreaterThanOrEqual(kept)
  await expect.poll(() => done(page)).toBeGreaterThan(kept)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(state(page)).toHaveAttribute('data-sweep-state', 'cancelled')
})

test('more than a million combinations are refused with a sentence that says what to do', async ({
  page,
}) => {
  await openSweep(page)
  await sweepLong(page)
  await page.getByRole('button', { name: 'Add a parameter' }).click()
  await sweepOver(page, 'Stop loss', 1, 50, 0.5)
  await expect(page.getByText(/combinations are more than a sweep can hold/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeDisabled()
  await page.getByText('A Latin hypercube', { exact: true }).click()
  await expect(page.getByTestId('sweep-size')).toContainText('1,000 combinations')
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled()
})
