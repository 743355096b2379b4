import type { Page, Worker } from '@playwright/test'
import { defaultState } from '../../src/state/appState.ts'
import { encodeLink } from '../../src/state/link.ts'
import type { PlaygroundPlan } from '../../src/state/playgroundPlan.ts'
import { expect, test } from './page.ts'

/** A model so small that its steps take milliseconds, trained for longer than any test. */
const tiny = {
  hiddenSize: 16,
  heads: 2,
  haltMaxSteps: 2,
  batchRows: 4,
  warmUpSteps: 0,
  steps: 100_000,
  validateEvery: 10,
}

// Whoever takes a GPU away provokes what is said of it.
test.use({ provoked: /GPU was lost|device was destroyed/i })

/** What the page says when it has replaced a worker. */
const goesOn = /stopped at step [\d,]+.* started again.* goes on from step [\d,]+/

const training = (page: Page) => page.locator('[data-training]')
const storedRuns = (page: Page) => page.locator('[data-stored]')

async function openPlayground(page: Page, changes: Partial<PlaygroundPlan> = {}): Promise<void> {
  const state = defaultState()
  const { playground } = state
  const settings = { ...playground.settings, ...tiny, ...changes.settings }
  const plan: PlaygroundPlan = { ...playground, backend: 'wasm', ...changes, settings }
  await page.goto(`./${encodeLink({ ...state, view: 'playground', playground: plan })}`)
  await expect(page.getByTestId('backend-why')).not.toBeEmpty()
}

async function train(page: Page): Promise<number> {
  await page.getByRole('button', { name: /^Train/ }).click()
  return storedBeyond(page, 0)
}

/** Waits until a later step is stored, and answers it. */
async function storedBeyond(page: Page, step: number): Promise<number> {
  await expect.poll(() => storedStep(page), { timeout: 60_000 }).toBeGreaterThan(step)
  await expect(training(page)).toHaveAttribute('data-training', 'training')
  return storedStep(page)
}

const storedStep = (page: Page) => numberIn(page, /stored at step ([\d,]+)/)

/** The number that a pattern finds in what is said of the training; −1 where there is none. */
async function numberIn(page: Page, pattern: RegExp): Promise<number> {
  const found = pattern.exec((await training(page).textContent()) ?? '')
  return found ? Number(found[1].replaceAll(',', '')) : -1
}

async function trainingWorker(page: Page): Promise<Worker> {
  const named = async () => {
    for (const worker of page.workers()) if ((await worker.evaluate(() => self.name)) === 'hrm') return worker
    return null
  }
  await expect.poll(named).not.toBeNull()
  return (await named()) as Worker
}

test('a worker that dies is replaced, and the training goes on from its last checkpoint', async ({
  page,
}) => {
  await openPlayground(page)
  const stored = await train(page)
  await (await trainingWorker(page)).evaluate(() => self.close())
  await expect(page.getByText(goesOn)).toBeVisible({ timeout: 60_000 })
  expect(await storedBeyond(page, stored)).toBeGreaterThan(stored)
})

test('a full disk stops no training; reloaded, it goes on from the newest checkpoint that is good', async ({
  page,
}) => {
  await openPlayground(page)
  await train(page)

  const protocol = await page.context().newCDPSession(page)
  const { origin } = new URL(page.url())
  await protocol.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  await expect(training(page)).toContainText(
    /storage of the browser is full: nothing newer than step [\d,]+ is/,
  )
  await protocol.send('Storage.overrideQuotaForOrigin', { origin })
  await expect(training(page)).not.toContainText('full', { timeout: 60_000 })

  await page.reload()
  await expect(storedRuns(page)).toHaveCount(1)
  const damaged = await page.evaluate(damageNewest)
  await storedRuns(page).getByRole('button', { name: 'Continue' }).click()
  await expect(training(page)).toContainText(/newest checkpoint was damaged: .* goes on from step [\d,]+/)
  await storedBeyond(page, 0)
  expect(damaged).toMatch(/\.safetensors$/)
})

test('a GPU that is lost makes room for a new one, on which the training goes on', async ({ page }) => {
  const settings = { ...defaultState().playground.settings, ...tiny, batchRows: 1, validateEvery: 10_000 }
  await openPlayground(page, { modes: ['transformer-without-loop'], settings })
  const worker = await trainingWorker(page)
  await worker.evaluate(() => {
    const request = Reflect.get(GPUAdapter.prototype, 'requestDevice')
    GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
      const device = await request.call(this, descriptor)
      Object.assign(self, { taken: device })
      return device
    }
  })
  await page.getByLabel('Compute with').selectOption('webgpu')
  await page.getByRole('button', { name: /^Train/ }).click()
  await expect.poll(() => numberIn(page, /step ([\d,]+) of/), { timeout: 60_000 }).toBeGreaterThan(2)
  await worker.evaluate(() => (self as unknown as { taken: GPUDevice }).taken.destroy())
  await expect(page.getByText(goesOn)).toContainText('The GPU was lost', { timeout: 60_000 })
  await expect.poll(() => numberIn(page, /step ([\d,]+) of/), { timeout: 60_000 }).toBeGreaterThan(2)
  await expect(training(page)).toHaveAttribute('data-training', 'training')
})

/** Changes one byte in the middle of the newest checkpoint of the only run; answers its name. */
async function damageNewest(): Promise<string> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('contrail-hrm')
  const names: string[] = []
  for await (const name of folder.keys()) names.push(name)
  const numberOf = (name: string) => Number(name.split('.')[1])
  const newest = names.reduce((a, b) => (numberOf(b) > numberOf(a) ? b : a))
  const handle = await folder.getFileHandle(newest)
  const middle = (await handle.getFile()).size >> 1
  const writer = await handle.createWritable({ keepExistingData: true })
  await writer.write({ type: 'write', position: middle, data: new Uint8Array([1, 2, 3, 4]) })
  await writer.close()
  return newest
}
