import type { Page } from '@playwright/test'
import { defaultState } from '../../src/state/appState.ts'
import { encodeLink } from '../../src/state/link.ts'
import type { PlanSettings, PlaygroundPlan } from '../../src/state/playgroundPlan.ts'
import { expectNoFaults } from './faults.ts'
import { expect, test } from './page.ts'

/** A model so small that its steps take milliseconds. */
const tiny: Partial<PlanSettings> = {
  hiddenSize: 16,
  heads: 2,
  haltMaxSteps: 3,
  batchRows: 4,
  warmUpSteps: 0,
  validateEvery: 10,
}

async function openPlayground(
  page: Page,
  settings: Partial<PlanSettings>,
  plan: Partial<PlaygroundPlan> = {},
) {
  const state = defaultState()
  const { playground } = state
  const fragment = encodeLink({
    ...state,
    view: 'playground',
    playground: {
      ...playground,
      backend: 'wasm',
      ...plan,
      settings: { ...playground.settings, ...tiny, ...settings },
    },
  })
  await page.goto(`./${fragment}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Playground' })).toBeVisible()
}

const training = (page: Page) => page.locator('[data-training]')
const train = (page: Page) => page.getByRole('button', { name: /^Train/ }).click()

/** Colours and sizes have arrived on screen, however busy the machine is. */
async function painted(page: Page): Promise<void> {
  await page.waitForTimeout(300)
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
  )
}

async function stepOf(page: Page): Promise<number> {
  const text = (await training(page).textContent()) ?? ''
  return Number(/step ([\d,]+) of/.exec(text)?.[1].replaceAll(',', ''))
}

test('a model trains in the tab, is watched, paused, stored, exported, and goes on after a reload', async ({
  page,
}) => {
  await openPlayground(page, { steps: 100_000 })
  await expect(page.getByTestId('backend-why')).toContainText('WebAssembly')
  await expect(page.getByText('Recorded from HRM')).toBeVisible()
  await expect(training(page), 'a link starts nothing').toHaveCount(0)

  await train(page)
  await expect(training(page)).toHaveAttribute('data-training', 'training')
  await expect.poll(() => stepOf(page)).toBeGreaterThan(10)
  await expect(page.getByTestId('solved')).toContainText(/of 88 unseen puzzles solved, .* \(0.*%\)/)

  const solved = page.getByRole('region', { name: 'Solved' })
  await expect(solved.getByText('Nothing to draw')).toHaveCount(0)
  await solved.getByRole('button', { name: 'Table' }).click()
  await expect.poll(() => solved.getByRole('row').count()).toBeGreaterThan(2)

  const board = page.getByTestId('board')
  await expect(board.getByRole('cell')).toHaveCount(16)
  await board.getByRole('radio', { name: /after segment 1 of 3/ }).check({ force: true })
  await expect(page.getByTestId('board-words')).toContainText('after segment 1 of 3')
  await board.getByRole('button', { name: 'Previous' }).click()
  await expect(board).toContainText('Puzzle 88 of 88')
  await board.getByRole('button', { name: 'Play' }).click()
  await expect(page.getByTestId('board-words')).toContainText('after segment 3 of 3')

  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(training(page)).toHaveAttribute('data-training', 'paused')
  const paused = await stepOf(page)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await painted(page)
  await expectNoFaults(page, 'Playground')
  await page.setViewportSize({ width: 375, height: 800 })
  await painted(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await page.setViewportSize({ width: 1360, height: 900 })
  expect(await stepOf(page)).toBe(paused)

  await page.getByRole('button', { name: 'Resume' }).click()
  await expect.poll(() => stepOf(page)).toBeGreaterThan(paused)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(training(page)).toHaveAttribute('data-training', 'cancelled')
  const cancelled = await stepOf(page)

  const runs = page.locator('[data-stored]')
  await expect(runs).toContainText(`HRM on Sudoku 4×4, step ${cancelled.toLocaleString('en-US')} of`)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    runs.getByRole('button', { name: 'Export' }).click(),
  ])
  expect(file.suggestedFilename()).toBe(`hrm-v1-sudoku-step-${cancelled}.safetensors`)
  await runs.getByRole('button', { name: 'Delete' }).click()
  await runs.getByRole('button', { name: 'Delete' }).click()
  await expect(runs).toHaveCount(0)

  const picker = page.getByLabel('Import a .safetensors file')
  await picker.setInputFiles({
    name: 'letter.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Dear model'),
  })
  await expect(page.getByRole('alert')).toContainText('“letter.txt”')
  await picker.setInputFiles(await file.path())
  await expect(runs).toHaveCount(1)
  await expect(page.getByRole('alert')).toHaveCount(0)

  await page.reload()
  await runs.getByRole('button', { name: 'Continue' }).click()
  await expect(training(page)).toHaveAttribute('data-training', 'training')
  expect(await stepOf(page)).toBeGreaterThanOrEqual(cancelled)
  await expect.poll(() => stepOf(page)).toBeGreaterThan(cancelled)
})

test('two models are trained one after the other, and stand side by side', async ({ page }) => {
  await openPlayground(page, { steps: 20 }, { task: 'maze', modes: ['hrm-v1', 'transformer-without-loop'] })
  await expect(page.getByRole('button', { name: 'Train 2 models' })).toBeEnabled()
  await train(page)
  await expect(training(page)).toContainText('then One pass')
  const rows = page.getByTestId('runs').getByRole('row')
  await expect(rows).toHaveCount(3)
  await expect(training(page)).toHaveAttribute('data-training', 'finished')
  await expect(rows.nth(1)).toContainText(/HRM.*Finished/)
  await expect(rows.nth(2)).toContainText(/One pass.*Finished/)
  await expect(page.getByText(/The intervals of|None of them has solved/)).toBeVisible()
  // Without the outer loop there is one segment, and nothing to stop.
  await expect(page.getByTestId('board').getByRole('radio')).toHaveCount(1)
  await expect(page.getByTestId('board').getByRole('cell')).toHaveCount(49)
})
