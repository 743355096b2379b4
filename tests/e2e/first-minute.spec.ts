import type { Locator, Page } from '@playwright/test'
import { expect, hasShared, realPrices, settled, test } from './page.ts'
import { csvFile, pricesCsv } from './upload.ts'

/** How a person acts on the page. */
interface Hand {
  press(target: Locator): Promise<void>
  /** Moves a slider by some steps. */
  nudge(slider: Locator): Promise<void>
  /** Asks for the dialog in which a file is chosen. */
  choose(page: Page): Promise<void>
}

const mouse: Hand = {
  press: (target) => target.click(),
  async nudge(slider) {
    const box = (await slider.boundingBox())!
    await slider.page().mouse.click(box.x + box.width * 0.7, box.y + box.height / 2)
  },
  choose: (page) => page.getByText('Choose files', { exact: true }).click(),
}

/** Goes to a control by Tab alone, as those do who have no mouse. */
async function reach(target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  const page = target.page()
  const there = () => target.evaluate((element) => element === document.activeElement)
  for (let step = 0; step < 400; step++) {
    if (await there()) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${String(target)} cannot be reached by Tab.`)
}

const keyboard: Hand = {
  async press(target) {
    await reach(target)
    await target.page().keyboard.press('Enter')
  },
  async nudge(slider) {
    await reach(slider)
    for (let step = 0; step < 3; step++) await slider.page().keyboard.press('ArrowRight')
  },
  choose: (page) => keyboard.press(page.getByLabel('Choose files', { exact: true })),
}

const file = hasShared ? realPrices('benchmark', 'AAPL.csv') : csvFile('AAPL.csv', pricesCsv(900))
const hashOf = (page: Page) => page.getByTestId('confirmation').getAttribute('data-hash')
const view = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })

/** Chooses the file, and agrees to how it was understood. */
async function give(page: Page, hand: Hand): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await hand.choose(page)
  await (await choosing).setFiles(file)
  const start = page.getByRole('button', { name: /^Import \d/ })
  await expect(start).toBeEnabled()
  await hand.press(start)
}

/** Reads what the link holds, then copies it. */
async function shared(page: Page, hand: Hand): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await hand.press(page.getByRole('button', { name: 'Share', exact: true }))
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('AAPL.csv')
  await hand.press(dialog.getByRole('button', { name: 'Copy the link' }))
  await expect(dialog.getByText(/copied/i)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  return page.evaluate(() => navigator.clipboard.readText())
}

for (const [name, hand] of [
  ['by mouse', mouse],
  ['by keyboard alone', keyboard],
] as const)
  test(`the first minute, ${name}: read, move a slider, bring a file, train a little, share`, async ({
    page,
    browser,
  }) => {
    test.setTimeout(240_000)
    // Open and read.
    await page.goto('./')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByTestId('sample')).toHaveCount(3)
    await expect(page.getByTestId('sample').getByText('Simulated data')).toHaveCount(3)
    await hand.press(page.locator('[data-system="options"]').getByRole('link', { name: /^Open the report/ }))
    await settled(page)
    await hand.press(page.getByRole('button', { name: 'Why?' }))
    await expect(page.getByTestId('verdict').getByTestId('trials')).toBeVisible()

    // Change a slider.
    const before = await hashOf(page)
    await hand.nudge(page.locator('aside input[type="range"]').first())
    await expect.poll(() => hashOf(page)).not.toBe(before)
    await settled(page)

    // Bring a file.
    await hand.press(page.getByRole('button', { name: 'Use your own data' }))
    await give(page, hand)
    await hand.press(page.getByRole('button', { name: /see the report/i }))
    await settled(page)
    await expect(page.getByText('Simulated data')).toHaveCount(0)
    const sent = await hashOf(page)

    // Train a little.
    await hand.press(view(page, 'Playground'))
    await hand.press(page.getByRole('button', { name: /^Train/ }))
    const training = page.locator('[data-training]')
    await expect(training).toContainText(/step [1-9]/, { timeout: 60_000 })
    await hand.press(page.getByRole('button', { name: 'Cancel' }))
    await expect(training).toHaveAttribute('data-training', 'cancelled')

    // Share.
    await hand.press(view(page, 'Options'))
    await settled(page)
    expect(await hashOf(page)).toBe(sent)
    const link = await shared(page, hand)

    // Somebody else, without the file and then with it.
    const other = await browser.newContext()
    const receiver = await other.newPage()
    await receiver.goto(link)
    await expect(receiver.getByRole('rowheader', { name: 'AAPL.csv' })).toBeVisible()
    await give(receiver, hand)
    await expect(receiver.getByTestId('confirmation')).toContainText('Reproduced, identical', {
      timeout: 60_000,
    })
    expect(await hashOf(receiver)).toBe(sent)
    await receiver.goto('about:blank')
    await receiver.goto(link)
    await expect(receiver.getByTestId('confirmation')).toContainText('Reproduced, identical', {
      timeout: 60_000,
    })
    await other.close()
  })
